"""The office prepares and opens a round (S0-02), later shares out and closes it."""

from collections.abc import Sequence
from datetime import datetime

from lianxue.demo.play.player import Player
from lianxue.demo.play.unmet import close_the_rest
from lianxue.distribution.public import (
    Round,
    RoundDays,
    TitleOffer,
    add_titles,
    close_round,
    commit_allocation,
    create_round,
    open_round,
    propose_allocation,
    start_allocating,
)
from lianxue.orgs.public import Organisation
from lianxue.resources.public import CatalogueEntry

FEWEST, MOST = 60, 900  # copies a supplier has of a title, in this made-up world


def prepare_round(
    player: Player,
    *,
    name: str,
    at: datetime,
    entries: Sequence[tuple[CatalogueEntry, Organisation]],
    days: RoundDays,
) -> Round:
    """Create a round over ``entries`` (each with its supplier), and open it."""
    office = player.cast.actor(player.cast.office)
    round = create_round(actor=office, at=at, name=name, year=at.year, days=days)
    offers = [
        TitleOffer(entry.pk, supplier.pk, player.chance.randrange(FEWEST, MOST, 20))
        for entry, supplier in entries
    ]
    add_titles(actor=office, at=at, round=round, offers=offers)
    return open_round(actor=office, at=at, round=round)


def share_out(player: Player, round: Round, *, at: datetime, policy: str = "coverage_first") -> None:
    """End the demand and decide: from here on every point has its parcels coming."""
    office = player.cast.actor(player.cast.office)
    start_allocating(actor=office, at=at, round=round)
    allocation = propose_allocation(actor=office, at=at, round=round, policy=policy)
    commit_allocation(actor=office, at=at, allocation=allocation)
    player.step("Allocation", 1, 1)


def finish_round(player: Player, round: Round, *, at: datetime, reason: str = "") -> None:
    """Close a round, and what it could not fill with it."""
    close_the_rest(player, round, at=at)
    close_round(actor=player.cast.actor(player.cast.office), at=at, round=round, reason=reason)
