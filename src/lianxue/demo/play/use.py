"""Copies are lent, returned and given out (S0-44, S0-45), within what must stay on display (S0-29)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time, timedelta

from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    Audience,
    Loan,
    LoanState,
    PlaceKind,
    Round,
    StockBalance,
    issue,
    lend,
    return_loan,
    set_lending_terms,
)
from lianxue.kernel.clock import SHANGHAI, local_date
from lianxue.resources.public import CatalogueEntry

LENDING_SHARE = 0.22  # of titles at a point that somebody borrows
BUSY_SHARE = 0.9
ISSUING_SHARE = 0.35  # of titles of which some copies are given out
RETURN_SHARE = 0.7


def set_terms(player: Player, *, at: datetime, days: int, share: float) -> None:
    """Let some points agree on a loan period; the others lend without one (the sources give none)."""
    for point in player.cast.points:
        if player.happens(share):
            set_lending_terms(actor=player.cast.actor(point), at=at, point=point, loan_days=days)


def use_copies(player: Player, round: Round, *, at: datetime, days: int, busy: Collection[str] = ()) -> None:
    """Lend and give out copies of a round during ``days`` days from ``at``; at ``busy`` points more than elsewhere."""
    points = player.cast.points
    for number, point in enumerate(points, 1):
        actor = player.cast.actor(point)
        lending_share = BUSY_SHARE if point.code in busy else LENDING_SHARE
        for entry, spare in _spare_copies(round, point.pk):
            when = at + timedelta(days=player.chance.randrange(days), minutes=player.chance.randrange(300))
            if spare > 1 and player.happens(ISSUING_SHARE):
                issue(
                    actor=actor,
                    at=when,
                    point=point,
                    entry=entry,
                    recipient_name=player.names.elder(),
                    audience=player.chance.choice(list(Audience)),
                    quantity=player.chance.randint(1, spare - 1),
                )
            if player.happens(lending_share):
                lend(actor=actor, at=when, point=point, entry=entry, borrower_name=player.names.elder())
        player.step("Lending and issuing", number, len(points))


def return_loans(player: Player, round: Round, *, at: datetime, share: float = RETURN_SHARE) -> None:
    """Bring loans of a round back, each some days after it was lent and not after ``at``."""
    actors = {point.pk: player.cast.actor(point) for point in player.cast.points}
    loans = list(
        Loan.objects.filter(title__round=round, state=LoanState.ON_LOAN)
        .select_related("title")
        .order_by("pk")
    )
    for number, loan in enumerate(loans, 1):
        back = loan.lent_on + timedelta(days=player.chance.randint(3, 28))
        if player.happens(share) and back <= local_date(at):
            when = datetime.combine(back, time(15), SHANGHAI)
            return_loan(actor=actors[loan.point_id], at=when, loan=loan)
        player.step("Returns", number, len(loans))


def _spare_copies(round: Round, point_id: int) -> list[tuple[CatalogueEntry, int]]:
    """Return the titles of a round at a point with the number of copies in the store."""
    spare: dict[int, int] = defaultdict(int)
    entries: dict[int, CatalogueEntry] = {}
    balances = (
        StockBalance.objects.filter(
            place__organisation_id=point_id, place__kind=PlaceKind.SHELF, title__round=round, quantity__gt=0
        )
        .select_related("title__entry")
        .order_by("title_id")
    )
    for balance in balances:
        entries[balance.title.entry_id] = balance.title.entry
        spare[balance.title.entry_id] += balance.quantity
    return [(entries[key], quantity) for key, quantity in spare.items()]
