"""The addresses of parcels, claims, transfers and the way of a lot."""

from typing import Any

from lianxue.distribution.models import Claim, Round, Shipment, Transfer
from lianxue.distribution.operations.direct.prepare import create_direct_round
from lianxue.kernel import clock
from lianxue.orgs.public import Organisation
from tests.factories.distribution_stock import StockedRound, claimed_round, delivered_round
from tests.factories.orgs import Network
from tests.factories.transfers import asked_transfer, sent_transfer
from tests.walk.fulfilment import (
    ABOVE,
    CONCERNED,
    IN_NETWORK,
    STAFF,
    _of_another_supplier,
    _pressed,
    decided_line,
    fixed,
    lot,
    on_its_way,
    scanned,
    shipment,
)
from tests.walk.world import ADMINISTRATORS, OFFICE, SUPPLIER, Address, Kwargs, World

PACKING = ABOVE | {SUPPLIER}


def _network_seen_from(world: World, point: Organisation) -> Network:
    """Return the network with ``point`` as its first point, so that what is made is made there."""
    network = world.network
    others = [one for one in network.points if one != point]
    return Network(
        network.office,
        network.colleges,
        network.elder_university,
        [point, *others],
        network.supplier,
        network._actors,
    )


def _claim(world: World, point: Organisation) -> Claim:
    def make() -> Claim:
        stocked = claimed_round(_network_seen_from(world, point), (2, 1, 0, 0), at=clock.now())
        return Claim.objects.get(receipt_line__lot=stocked.lot)

    return world.once(f"claim at {point.pk}", make)


def _transfer(world: World, point: Organisation) -> Transfer:
    """Return a transfer from the point, on which nobody has decided."""

    def make() -> Transfer:
        stocked = delivered_round(_network_seen_from(world, point), (3,), at=clock.now())
        points = world.network.points
        taker = points[4] if point == points[3] else points[1]  # of the same college
        return asked_transfer(stocked, taker, 1, at=clock.now())

    return world.once(f"transfer from {point.pk}", make)


def _to_receive(world: World, point: Organisation) -> Transfer:
    """Return a transfer on its way to the point."""

    def make() -> Transfer:
        giver = world.network.points[1]
        stocked: StockedRound = delivered_round(_network_seen_from(world, giver), (3,), at=clock.now())
        return sent_transfer(stocked, point, 1, at=clock.now())

    return world.once(f"transfer to {point.pk}", make)


def a_claim(world: World, role: str, own: bool) -> Kwargs | None:
    if role == SUPPLIER and not own:
        return None
    point = world.point(role, own)
    return {"pk": _claim(world, point).pk} if point else None


def a_transfer(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    return {"pk": _transfer(world, point).pk} if point and role != SUPPLIER else None


def scanned_transfer(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    return {"token": _transfer(world, point).token} if point and role != SUPPLIER else None


def transfer_to_receive(world: World, role: str, own: bool) -> Kwargs | None:
    if role not in STAFF:
        return None
    point = world.point(role, own)
    return {"pk": _to_receive(world, point).pk} if point else None


def received(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a received parcel, which can be corrected."""
    return shipment(world, role, own)


def packed_round(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a round in which the supplier has parcels; all others send nothing in it."""
    if role == SUPPLIER:
        row = (
            Shipment.objects.get(pk=shipment(world, role, own=True)["pk"])  # type: ignore[index]  # there is one
            if own
            else _of_another_supplier(world)
        )
    elif own:
        return None
    else:
        row = _of_another_supplier(world)
    return {"round_id": row.round_id, "shape": "parcels", "ending": "pdf"}


def a_direct_round(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a dispatch without demand of the role's own organisation, or of another."""
    if role not in ABOVE:
        return {"pk": _direct(world, world.network.colleges[0]).pk} if not own else None
    mine = world.organisation_of(role)
    other = world.network.colleges[1]
    return {"pk": _direct(world, mine if own else other).pk}


def _direct(world: World, sender: Organisation) -> Round:
    def make() -> Round:
        return create_direct_round(
            actor=world.network.actor(sender), at=clock.now(), name="读书月", year=clock.today().year
        )

    return world.once(f"direct round of {sender.pk}", make)


def _seen(opens_to: frozenset[str], example: Any, answer: int = 200) -> Address:
    return Address(opens_to=opens_to, example=example, answer=answer)


ADDRESSES = {
    "distribution:shipments": Address(opens_to=CONCERNED),
    "distribution:shipments-many": _pressed(PACKING, fixed()),
    "distribution:parcel-entry": Address(opens_to=CONCERNED),
    "distribution:through": Address(opens_to=ABOVE),
    "distribution:through-many": _pressed(ABOVE, fixed()),
    "distribution:packing-list": _seen(PACKING, packed_round),
    "distribution:shipment": _seen(CONCERNED, shipment),
    "distribution:dispatch": _pressed(PACKING, shipment),
    "distribution:delivery-note": _seen(CONCERNED, shipment),
    "distribution:receive": _seen(STAFF, on_its_way),
    "distribution:receipt-correct": _seen(STAFF, received),
    "distribution:scan": _seen(CONCERNED, scanned, 302),
    "distribution:claims": Address(opens_to=CONCERNED),
    "distribution:claim": _seen(CONCERNED, a_claim),
    "distribution:claim-answer": _pressed(PACKING, a_claim),
    "distribution:claim-accept": _pressed(STAFF, a_claim),
    "distribution:claim-decline": _pressed(STAFF, a_claim),
    "distribution:claim-settle": _pressed(frozenset({OFFICE}), a_claim),
    "distribution:transfers": Address(opens_to=CONCERNED),
    "distribution:transfer-new": Address(opens_to=ADMINISTRATORS),
    "distribution:transfer": _seen(IN_NETWORK | {SUPPLIER}, a_transfer),
    "distribution:transfer-agree": _pressed(ABOVE, a_transfer),
    "distribution:transfer-send": _pressed(IN_NETWORK, a_transfer),
    "distribution:transfer-cancel": _pressed(ADMINISTRATORS, a_transfer),
    "distribution:transfer-receive": _seen(CONCERNED, transfer_to_receive),
    "distribution:transfer-note": _seen(IN_NETWORK | {SUPPLIER}, a_transfer),
    "distribution:transfer-scan": _seen(CONCERNED, scanned_transfer, 302),
    "distribution:direct-rounds": Address(opens_to=ABOVE),
    "distribution:direct-new": Address(opens_to=ABOVE),
    "distribution:direct-round": _seen(ABOVE, a_direct_round),
    "distribution:direct-titles": _seen(ABOVE, a_direct_round),
    "distribution:direct-close": _pressed(ABOVE, a_direct_round),
    "distribution:direct-portions": _seen(ABOVE, a_direct_round),
    "distribution:direct-portions-import": _seen(ABOVE, a_direct_round),
    "distribution:direct-portions-blank": _seen(ABOVE, a_direct_round),
    "distribution:trace": _seen(CONCERNED, lot),
    "distribution:trace-allocation": _seen(CONCERNED, decided_line, 302),
}
