"""Rounds in which copies are packed, on their way or received, for tests of what happens after the allocation.

Round, titles and parcels are plain rows; every copy moves through the same operations as on the pages.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from lianxue.distribution.enums import RoundState
from lianxue.distribution.models import Round, RoundTitle, Shipment, ShipmentLine
from lianxue.distribution.operations.ledger import supply_round
from lianxue.distribution.operations.shipping.dispatch import dispatch_shipments
from lianxue.distribution.operations.shipping.pass_on import confirm_arrival
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.orgs.public import Actor, Organisation, Role
from lianxue.resources.models import CatalogueEntry
from tests.factories.orgs import AT, Network
from tests.factories.resources import make_entry

_numbers = itertools.count(1)


@dataclass
class StockedRound:
    """A round, its titles, and one shipment for each point concerned."""

    network: Network
    round: Round
    titles: list[RoundTitle]
    shipments: list[Shipment]

    @property
    def point(self) -> Organisation:
        return self.shipments[0].point

    @property
    def entry(self) -> CatalogueEntry:
        return self.titles[0].entry

    @property
    def lot(self) -> ShipmentLine:
        return self.lots[0]

    @property
    def lots(self) -> list[ShipmentLine]:
        """The lots of the first point's shipment, in the order of the titles."""
        return list(self.shipments[0].lines.order_by("title_id"))

    @property
    def admin(self) -> Actor:
        return self.network.actor(self.point)

    @property
    def desk(self) -> Actor:
        return self.network.actor(self.point, Role.DESK_CLERK)


def packed_round(
    network: Network,
    copies: Mapping[str, int] | Sequence[int] = (3,),
    *,
    points: Sequence[Organisation] | None = None,
    entries: Sequence[CatalogueEntry] | None = None,
    spare: int = 0,
    via: Organisation | None = None,
    at: datetime = AT,
) -> StockedRound:
    """Make a round whose shipments wait at the supplier; they go through ``via``, or straight to the points.

    ``copies`` says how many of each title go to each of ``points`` (None: the first only), by title or in order of
    ``entries``; ``spare`` more of each stay with the supplier.
    """
    wanted = copies if isinstance(copies, Mapping) else {f"资源{n}": c for n, c in enumerate(copies, start=1)}
    receivers = [network.points[0]] if points is None else list(points)
    round_ = Round.objects.create(
        name=f"第{next(_numbers)}轮",
        year=at.year,
        office=network.office,
        state=RoundState.ALLOCATED,
        created_at=at,
        opened_at=at,
        allocated_at=at,
    )
    rows = list(entries) if entries is not None else [make_entry(title) for title in wanted]
    titles = [
        RoundTitle.objects.create(
            round=round_,
            entry=entry,
            supplier=network.supplier,
            copies_available=count * len(receivers) + spare,
        )
        for entry, count in zip(rows, wanted.values(), strict=True)
    ]
    shipments = [_pack(round_, network.supplier, point, titles, list(wanted.values())) for point in receivers]
    if via is not None:
        for shipment in shipments:
            shipment.via = via
            shipment.save(update_fields=["via"])
    with transaction.atomic():
        supply_round(round=round_, actor=network.office_admin, at=at)
    return StockedRound(network, round_, titles, shipments)


def _pack(
    round_: Round,
    supplier: Organisation,
    point: Organisation,
    titles: Sequence[RoundTitle],
    quantities: Sequence[int],
) -> Shipment:
    number = next(_numbers)
    shipment = Shipment.objects.create(
        round=round_, supplier=supplier, point=point, code=f"S{number:05d}", token=f"token-{number:012d}"
    )
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, title=title, quantity=quantity)
        for title, quantity in zip(titles, quantities, strict=True)
    )
    return shipment


def dispatched_round(
    network: Network,
    copies: Mapping[str, int] | Sequence[int] = (3,),
    *,
    points: Sequence[Organisation] | None = None,
    entries: Sequence[CatalogueEntry] | None = None,
    spare: int = 0,
    via: Organisation | None = None,
    at: datetime = AT,
) -> StockedRound:
    """Make a round whose shipments are on their way."""
    stocked = packed_round(network, copies, points=points, entries=entries, spare=spare, via=via, at=at)
    dispatch_shipments(
        actor=network.supplier_clerk, at=at, shipments=stocked.shipments, carrier_note="申通 776012"
    )
    for shipment in stocked.shipments:
        shipment.refresh_from_db()
    return stocked


def delivered_round(
    network: Network,
    copies: Mapping[str, int] | Sequence[int] = (3,),
    *,
    points: Sequence[Organisation] | None = None,
    entries: Sequence[CatalogueEntry] | None = None,
    at: datetime = AT,
) -> StockedRound:
    """Make a round whose shipments arrived in good order: one copy of each lot on display, the rest in the store."""
    stocked = dispatched_round(network, copies, points=points, entries=entries, at=at - timedelta(days=1))
    for shipment in stocked.shipments:
        receive(actor=network.actor(shipment.point), at=at, shipment=shipment)
        shipment.refresh_from_db()
    return stocked


def round_at_college(
    network: Network,
    copies: Mapping[str, int] | Sequence[int] = (3,),
    *,
    points: Sequence[Organisation] | None = None,
    at: datetime = AT,
) -> StockedRound:
    """Make a round whose shipments lie at the first college, through which they go."""
    college = network.colleges[0]
    stocked = dispatched_round(network, copies, points=points, via=college, at=at - timedelta(days=1))
    confirm_arrival(actor=network.actor(college), at=at, shipments=stocked.shipments)
    for shipment in stocked.shipments:
        shipment.refresh_from_db()
    return stocked


def claimed_round(
    network: Network, counts: Sequence[int] = (5, 1, 2, 0), *, spare: int = 0, at: datetime = AT
) -> StockedRound:
    """Make a round of one lot at the first point of which so many copies were good, damaged, missing, too many."""
    good, damaged, missing, surplus = counts
    stocked = dispatched_round(network, (good + damaged + missing,), spare=spare, at=at - timedelta(days=1))
    receive(
        actor=stocked.admin,
        at=at,
        shipment=stocked.shipments[0],
        counts=[LotCount(stocked.lot.pk, good, damaged, missing, surplus)],
        note="外箱压坏",
    )
    stocked.shipments[0].refresh_from_db()
    return stocked
