"""Reads of shipments, receipts and the photographs that prove them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.models import DisplayPhoto, ReceiptLine, Round, Shipment, ShipmentLine
from lianxue.distribution.rules.fulfilment import (
    PACKS_SHIPMENT,
    PASSES_SHIPMENT_ON,
    RECEIVES_SHIPMENT,
    SEES_LOT,
    SEES_PHOTO,
    SEES_SHIPMENT,
)
from lianxue.kernel.errors import NotFound
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor, Role


def shipments_seen(actor: Actor) -> QuerySet[Shipment]:
    """Return the shipments that ``actor`` may see, what the actor has to do first at the top.

    Each carries ``titles``, ``copies``, ``damaged``, ``missing``, ``surplus`` and ``photos`` (of its receipt).
    """
    lines = ShipmentLine.objects.filter(shipment=OuterRef("pk")).order_by().values("shipment")
    received = (
        ReceiptLine.objects.filter(receipt__shipment=OuterRef("pk")).order_by().values("receipt__shipment")
    )
    photos = (
        DisplayPhoto.objects.filter(receipt__shipment=OuterRef("pk")).order_by().values("receipt__shipment")
    )
    return (
        visible(
            Shipment.objects.select_related(
                "round", "supplier", "point", "via", "follows", "receipt__received_by"
            ),
            SEES_SHIPMENT,
            actor,
        )
        .annotate(
            titles=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
            copies=Coalesce(Subquery(lines.annotate(n=Sum("quantity")).values("n")), 0),
            damaged=Coalesce(Subquery(received.annotate(n=Sum("damaged")).values("n")), 0),
            missing=Coalesce(Subquery(received.annotate(n=Sum("missing")).values("n")), 0),
            surplus=Coalesce(Subquery(received.annotate(n=Sum("surplus")).values("n")), 0),
            photos=Coalesce(Subquery(photos.annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by(_pressing(actor), "-round_id", "point__code", "pk")
    )


def _pressing(actor: Actor) -> Case:
    """Return the order of urgency: suppliers pack, all others wait for what is on its way."""
    packs = actor.role == Role.SUPPLIER_CLERK
    first, second = ShipmentState.PREPARING, ShipmentState.DISPATCHED
    return Case(
        When(state=first if packs else second, then=Value(0)),
        When(state=ShipmentState.AT_COLLEGE, then=Value(1)),
        When(state=second if packs else first, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def shipment_seen(actor: Actor, shipment_id: int) -> Shipment:
    """Return one shipment that ``actor`` may see. Raise ``NotFound``."""
    return get_visible(shipments_seen(actor), SEES_SHIPMENT, actor, pk=shipment_id)


def shipment_of_token(actor: Actor, token: str) -> Shipment:
    """Return the shipment whose QR code was scanned, if ``actor`` may see it. Raise ``NotFound``."""
    return get_visible(shipments_seen(actor), SEES_SHIPMENT, actor, token=token)


def lots_of(shipment: Shipment) -> list[ShipmentLine]:
    """Return the lots of a shipment with titles and, once received, what was counted; in the order of the round."""
    found = _lots.rows(shipment_id=shipment.pk)
    for lot in found:
        lot.shipment = shipment
    return found


@kept
def _lots(shipment_id: int) -> QuerySet[ShipmentLine]:
    return (
        ShipmentLine.objects.filter(shipment_id=shipment_id)
        .select_related("title__entry", "receipt_line")
        .defer("title__entry__search_vector", "title__entry__description")
        .order_by("title_id")
    )


def to_pack(actor: Actor, shipment_ids: Sequence[int] | None = None) -> QuerySet[Shipment]:
    """Return the shipments that ``actor`` has to pack, or of those the chosen ones."""
    rows = visible(
        Shipment.objects.select_related("round", "supplier", "point"), PACKS_SHIPMENT, actor
    ).order_by("round_id", "point__code")
    return rows if shipment_ids is None else rows.filter(pk__in=shipment_ids)


def due_to(actor: Actor) -> QuerySet[Shipment]:
    """Return the shipments that ``actor`` has to check in: on their way to the own point, past its superior unit."""
    return visible(Shipment.objects.all(), RECEIVES_SHIPMENT, actor).filter(
        Q(via__isnull=True) | Q(forwarded_at__isnull=False), state=ShipmentState.DISPATCHED
    )


def coming_through(actor: Actor) -> QuerySet[Shipment]:
    """Return the shipments that are on their way to the actor's own organisation, to be sent on from there."""
    return _through(actor).filter(state=ShipmentState.DISPATCHED, forwarded_at__isnull=True)


def waiting_here(actor: Actor) -> QuerySet[Shipment]:
    """Return the shipments that lie at the actor's own organisation until they are sent on."""
    return _through(actor).filter(state=ShipmentState.AT_COLLEGE)


def sent_on(actor: Actor) -> QuerySet[Shipment]:
    """Return the shipments that the actor's own organisation has sent on to its points."""
    return _through(actor).filter(forwarded_at__isnull=False)


def _through(actor: Actor) -> QuerySet[Shipment]:
    lines = ShipmentLine.objects.filter(shipment=OuterRef("pk")).order_by().values("shipment")
    return (
        visible(Shipment.objects.select_related("round", "supplier", "point"), PASSES_SHIPMENT_ON, actor)
        .annotate(
            titles=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
            copies=Coalesce(Subquery(lines.annotate(n=Sum("quantity")).values("n")), 0),
        )
        .order_by("round_id", "point__code", "pk")
    )


def following(shipment: Shipment) -> list[Shipment]:
    """Return the parcels that follow a shipment directly."""
    return list(shipment.followed_by.order_by("pk"))


def without_photo(actor: Actor) -> QuerySet[Shipment]:
    """Return the own point's received shipments of which no photograph was sent in yet (S0-43)."""
    return visible(Shipment.objects.all(), RECEIVES_SHIPMENT, actor).filter(
        state=ShipmentState.RECEIVED, receipt__photos__isnull=True
    )


def overdue_at(day: date) -> Q:
    """Return the filter for shipments that should have been confirmed before ``day`` and were not."""
    return ~Q(state=ShipmentState.RECEIVED) & Q(round__receive_until__lt=day)


FAULTY = (
    Q(receipt__lines__damaged__gt=0) | Q(receipt__lines__missing__gt=0) | Q(receipt__lines__surplus__gt=0)
)


def faulty(rows: QuerySet[Shipment]) -> QuerySet[Shipment]:
    """Return those shipments of which copies arrived damaged, did not arrive, or were too many."""
    return rows.filter(pk__in=Shipment.objects.filter(FAULTY).values("pk"))


def photos_seen(actor: Actor) -> QuerySet[DisplayPhoto]:
    """Return the photographs of display corners that ``actor`` may see, newest first."""
    return visible(
        DisplayPhoto.objects.select_related(
            "corner__point", "receipt__shipment__round", "picture", "taken_by"
        ),
        SEES_PHOTO,
        actor,
    ).order_by("-at", "-pk")


def lot_of_allocation(actor: Actor, line_id: int) -> ShipmentLine:
    """Return the lot that an allocation line became (the first, when it was sent in parts), if ``actor`` may see it. Raise ``NotFound``."""
    first = (
        visible(ShipmentLine.objects.filter(allocation_line_id=line_id), SEES_LOT, actor)
        .order_by("pk")
        .first()
    )
    if first is None:
        raise NotFound
    return first


def lot_seen(actor: Actor, lot_id: int) -> ShipmentLine:
    """Return one lot that ``actor`` may see. Raise ``NotFound``."""
    rows = ShipmentLine.objects.select_related(
        "title__entry",
        "title__round",
        "shipment__supplier",
        "shipment__point",
        "shipment__via",
        "shipment__receipt__received_by",
    )
    return get_visible(rows, SEES_LOT, actor, pk=lot_id)


def rounds_to_pack(actor: Actor) -> QuerySet[Round]:
    """Return the rounds of which the actor's own organisation has parcels to pack, or had; newest first."""
    packed = visible(Shipment.objects.all(), PACKS_SHIPMENT, actor)
    return Round.objects.filter(pk__in=packed.order_by().values("round_id"))


def packed_by(actor: Actor, round_id: int) -> list[Shipment]:
    """Return the parcels of a round for the actor's packing list: those that wait, or when none waits, all.

    Their lines are at hand. Raise ``NotFound`` when the actor's organisation sends nothing in this round.
    """
    lines = (
        ShipmentLine.objects.select_related("title__entry")
        .defer("title__entry__search_vector", "title__entry__description")
        .order_by("title_id")
    )
    rows = list(to_pack(actor).filter(round_id=round_id).prefetch_related(Prefetch("lines", lines)))
    if not rows:
        raise NotFound
    return [row for row in rows if row.state == ShipmentState.PREPARING] or rows
