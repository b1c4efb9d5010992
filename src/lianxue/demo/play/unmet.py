"""The office answers for demand that a round could not fill: carried into another round, or closed with a reason."""

from datetime import datetime

from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    Allocation,
    AllocationState,
    Round,
    carry_unmet,
    close_unmet,
    unmet_totals,
)

TOO_FEW = "供应数量不足，本轮不再补发；如仍需要，请在下一轮选订。"


def short_titles(round: Round) -> set[int]:
    """Return the catalogue entries of which ``round`` gave fewer copies than were passed on."""
    return {total.title.entry_id for total in unmet_totals(round) if total.title and total.open_lines}


def carry_over(player: Player, round: Round, into: Round, *, at: datetime) -> None:
    """Carry what ``round`` could not fill into the demand of points that have not handed theirs in yet."""
    if short_titles(round) & set(into.titles.values_list("entry_id", flat=True)):
        carry_unmet(actor=player.cast.actor(player.cast.office), at=at, round=round, to_round=into)


def close_the_rest(player: Player, round: Round, *, at: datetime) -> None:
    """Close what is still open, so that the round can end."""
    if _has_open_lines(round):
        close_unmet(actor=player.cast.actor(player.cast.office), at=at, round=round, reason=TOO_FEW)


def _has_open_lines(round: Round) -> bool:
    decided = Allocation.objects.filter(round=round, state=AllocationState.COMMITTED)
    return decided.filter(open_lines__gt=0).exists()
