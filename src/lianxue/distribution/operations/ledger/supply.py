"""Copies come into the world of the ledger: a supplier has them ready for a round."""

from datetime import datetime

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import Round, StockEntry
from lianxue.distribution.operations.ledger.legs import Leg, Spot, move
from lianxue.distribution.operations.ledger.posting import post, reference_to
from lianxue.orgs.public import Actor


def supply_round(*, round: Round, actor: Actor, at: datetime) -> StockEntry | None:
    """Enter the copies of every title of ``round`` as being at its supplier, inside the caller's transaction.

    Called once, when the allocation of the round is decided. Return None when no title has a copy.
    """
    legs: list[Leg] = []
    for title in round.titles.filter(copies_available__gt=0).order_by("pk"):
        legs += move(
            title.copies_available,
            title_id=title.pk,
            source=Spot(title.supplier_id, PlaceKind.OUTSIDE),
            target=Spot(title.supplier_id, PlaceKind.SUPPLIER),
        )
    if not legs:
        return None
    return post(verb="supply", at=at, person_id=actor.person_id, legs=legs, reference=reference_to(round))
