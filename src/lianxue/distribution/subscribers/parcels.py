"""What follows from the way of parcels, claims and transfers: whoever has to do something next is told."""

from collections.abc import Iterable

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.events import (
    ClaimAnswered,
    ClaimDeclined,
    ClaimOpened,
    ClaimSettled,
    ShipmentAtCollege,
    ShipmentReceived,
    ShipmentsDispatched,
    ShipmentSentOn,
    TransferAgreed,
    TransferReceived,
    TransferRequested,
    TransferSent,
)
from lianxue.distribution.models import Claim, Receipt, Shipment, Transfer
from lianxue.kernel import clock
from lianxue.kernel.events import subscribe
from lianxue.notices.public import Telling, notify, notify_each, register_kind
from lianxue.notices.public import Words as Said
from lianxue.orgs.public import Role, superior_of

PARCEL, CLAIM, TRANSFER = "distribution.parcel", "distribution.claim", "distribution.transfer"
POINT_STAFF = (Role.TIER_ADMIN, Role.DESK_CLERK)
# S0-42: what office or college send by themselves, their administrators answer for.
SUPPLIER_STAFF = (Role.SUPPLIER_CLERK, Role.TIER_ADMIN)
WHOEVER_KEEPS_COPIES = (Role.TIER_ADMIN, Role.DESK_CLERK, Role.SUPPLIER_CLERK)


def connect_parcels() -> None:
    """Register the kinds of messages and listen."""
    register_kind(
        PARCEL,
        gettext_lazy("Parcels"),
        gettext_lazy("When a parcel is on its way, and when copies are missing or damaged."),
    )
    register_kind(
        CLAIM, gettext_lazy("Claims"), gettext_lazy("When a claim is made, answered, declined or settled.")
    )
    register_kind(
        TRANSFER,
        gettext_lazy("Copies handed on"),
        gettext_lazy("When copies are to go to another point or back, and when they have arrived."),
    )
    subscribe(ShipmentsDispatched, lambda event: _tell_of_parcels(event.shipment_ids))
    subscribe(ShipmentSentOn, lambda event: _tell_of_parcels([event.shipment_id]))
    subscribe(ShipmentAtCollege, _tell_of_parcel_at_college)
    subscribe(ShipmentReceived, _tell_of_faults)
    subscribe(ClaimOpened, _tell_of_claim)
    subscribe(ClaimAnswered, _tell_of_answer)
    subscribe(ClaimDeclined, _tell_of_declined)
    subscribe(ClaimSettled, _tell_of_settled)
    subscribe(TransferRequested, _tell_of_request)
    subscribe(TransferAgreed, _tell_of_agreed)
    subscribe(TransferSent, _tell_of_sent)
    subscribe(TransferReceived, _tell_of_received)


def _tell_of_parcels(shipment_ids: Iterable[int]) -> None:
    """Tell the points that their parcels are on the way; those that go through a college, the college."""
    rows = Shipment.objects.filter(pk__in=shipment_ids).select_related("point", "supplier")
    notify_each(
        at=clock.now(),
        kind=PARCEL,
        tellings=[_on_its_way(row) for row in rows.annotate(copies=Sum("lines__quantity"))],
        roles=POINT_STAFF,
    )


def _on_its_way(shipment: Shipment) -> Telling:
    values = {
        "code": shipment.code,
        "copies": getattr(shipment, "copies", 0) or 0,
        "supplier": shipment.supplier.name,
        "point": shipment.point.name,
    }
    stops = shipment.via_id is not None and shipment.forwarded_at is None
    body: Said = (
        (lambda: _("%(copies)d copies from %(supplier)s, to be passed on to %(point)s.") % values)
        if stops
        else (lambda: _("%(copies)d copies from %(supplier)s. Please check them when they arrive.") % values)
    )
    return Telling(
        title=lambda: _("A parcel is on its way: %(code)s") % values,
        body=body,
        url=reverse("distribution:shipment", args=[shipment.pk]),
        once_key=f"parcel:{shipment.pk}:{'college' if stops else 'point'}",
        organisation_ids=[(shipment.via_id if stops else None) or shipment.point_id],
    )


def _tell_of_parcel_at_college(event: ShipmentAtCollege) -> None:
    shipment = Shipment.objects.select_related("via").get(pk=event.shipment_id)
    values = {"code": shipment.code, "college": shipment.via.name if shipment.via else ""}
    notify(
        at=clock.now(),
        kind=PARCEL,
        title=lambda: _("Your parcel has reached %(college)s: %(code)s") % values,
        url=reverse("distribution:shipment", args=[shipment.pk]),
        once_key=f"parcel:{shipment.pk}:at-college",
        organisation_ids=[shipment.point_id],
        roles=POINT_STAFF,
    )


def _tell_of_faults(event: ShipmentReceived) -> None:
    """Tell the supplier and the superior unit when copies were missing or damaged (S0-42)."""
    if not event.damaged and not event.missing:
        return
    shipment = Receipt.objects.select_related("shipment__point").get(pk=event.receipt_id).shipment
    values = {
        "code": shipment.code,
        "point": shipment.point.name,
        "missing": event.missing,
        "damaged": event.damaged,
    }
    above = superior_of(shipment.point_id)
    for place, roles in (
        ([shipment.supplier_id], SUPPLIER_STAFF),
        ([above.pk] if above else [], (Role.TIER_ADMIN,)),
    ):
        notify(
            at=clock.now(),
            kind=PARCEL,
            title=lambda: _("Not everything arrived in order: %(code)s") % values,
            body=lambda: _("%(point)s: %(missing)d missing, %(damaged)d damaged.") % values,
            url=reverse("distribution:shipment", args=[shipment.pk]),
            organisation_ids=place,
            roles=roles,
        )


def _tell_of_claim(event: ClaimOpened) -> None:
    _about_claim(
        event.claim_id, lambda: _("A claim waits for your answer"), event.supplier_id, SUPPLIER_STAFF
    )


def _tell_of_answer(event: ClaimAnswered) -> None:
    _about_claim(
        event.claim_id, lambda: _("The supplier has answered your claim"), event.point_id, POINT_STAFF
    )


def _tell_of_declined(event: ClaimDeclined) -> None:
    _about_claim(
        event.claim_id,
        lambda: _("Your answer to a claim was not accepted"),
        event.supplier_id,
        SUPPLIER_STAFF,
    )


def _tell_of_settled(event: ClaimSettled) -> None:
    _about_claim(event.claim_id, lambda: _("A claim is settled"), event.point_id, POINT_STAFF)
    _about_claim(event.claim_id, lambda: _("A claim is settled"), event.supplier_id, SUPPLIER_STAFF)


def _about_claim(claim_id: int, title: Said, organisation_id: int, roles: tuple[Role, ...]) -> None:
    claim = Claim.objects.select_related("receipt_line__lot__title__entry").get(pk=claim_id)
    notify(
        at=clock.now(),
        kind=CLAIM,
        title=title,
        body=lambda: str(claim),
        url=reverse("distribution:claim", args=[claim.pk]),
        organisation_ids=[organisation_id],
        roles=roles,
    )


def _tell_of_request(event: TransferRequested) -> None:
    above = superior_of(event.giver_id)
    _about_transfer(
        event.transfer_id,
        lambda: _("A transfer waits for your consent"),
        above.pk if above else event.giver_id,
    )


def _tell_of_agreed(event: TransferAgreed) -> None:
    _about_transfer(
        event.transfer_id, lambda: _("A transfer is agreed: please send the copies"), event.giver_id
    )


def _tell_of_sent(event: TransferSent) -> None:
    _about_transfer(event.transfer_id, lambda: _("Copies are on their way to you"), event.taker_id)


def _tell_of_received(event: TransferReceived) -> None:
    _about_transfer(event.transfer_id, lambda: _("Your copies have arrived"), event.giver_id)


def _about_transfer(transfer_id: int, title: Said, organisation_id: int) -> None:
    transfer = Transfer.objects.select_related("giver", "taker").get(pk=transfer_id)
    notify(
        at=clock.now(),
        kind=TRANSFER,
        title=title,
        body=lambda: f"{transfer.code} · {transfer.giver.name} → {transfer.taker.name}",
        url=reverse("distribution:transfer", args=[transfer.pk]),
        organisation_ids=[organisation_id],
        roles=WHOEVER_KEEPS_COPIES,
    )
