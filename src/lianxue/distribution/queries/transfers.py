"""Reads of transfers: lists, what can be handed on, and where it can go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import PlaceKind, TransferPurpose, TransferState
from lianxue.distribution.models import ShipmentLine, StockBalance, Transfer, TransferLine
from lianxue.distribution.queries.network import is_point, points_of, superior_id_of, top_of
from lianxue.distribution.rules.fulfilment import (
    AGREES_TO_TRANSFER,
    RECEIVES_TRANSFER,
    SEES_TRANSFER,
    SENDS_TRANSFER,
)
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Chain, Organisation


def transfers_seen(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers that ``actor`` may see, newest first, with ``titles`` and ``copies``."""
    lines = TransferLine.objects.filter(transfer=OuterRef("pk")).order_by().values("transfer")
    return (
        visible(Transfer.objects.select_related("giver", "taker", "requested_by"), SEES_TRANSFER, actor)
        .annotate(
            titles=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
            copies=Coalesce(Subquery(lines.annotate(n=Sum("quantity")).values("n")), 0),
        )
        .order_by("-requested_at", "-pk")
    )


def transfer_seen(actor: Actor, transfer_id: int) -> Transfer:
    """Return one transfer that ``actor`` may see. Raise ``NotFound``."""
    return get_visible(transfers_seen(actor), SEES_TRANSFER, actor, pk=transfer_id)


def lines_of(transfer: Transfer) -> list[TransferLine]:
    """Return the lots of a transfer with their titles."""
    return list(
        transfer.lines.select_related("lot__title__entry")
        .defer("lot__title__entry__search_vector", "lot__title__entry__description")
        .order_by("pk")
    )


def to_agree(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers that wait for the actor's consent: of givers directly below."""
    directly = ChainNode.objects.filter(
        chain=Chain.DISTRIBUTION, superior_id=actor.organisation_id or 0
    ).values("organisation_id")
    return visible(Transfer.objects.all(), AGREES_TO_TRANSFER, actor).filter(
        state=TransferState.REQUESTED, giver_id__in=directly
    )


def to_send(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers that the actor's own organisation may send now."""
    return visible(Transfer.objects.all(), SENDS_TRANSFER, actor).filter(state=TransferState.AGREED)


def to_receive(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers that are on their way to the actor's own organisation."""
    return visible(Transfer.objects.all(), RECEIVES_TRANSFER, actor).filter(state=TransferState.SENT)


@dataclass(frozen=True)
class LotThere:
    """A lot of which copies can be handed on from where they are."""

    lot: ShipmentLine
    shelf: int
    display: int

    @property
    def free(self) -> int:
        """Copies that may go: all but one on display (S0-29)."""
        return self.shelf + max(self.display - 1, 0)


def lots_to_hand_on(organisation_id: int, words: str = "") -> list[LotThere]:
    """Return the lots at an organisation of which copies may leave, by title."""
    rows = StockBalance.objects.filter(
        place__organisation_id=organisation_id,
        place__kind__in=(PlaceKind.SHELF, PlaceKind.DISPLAY),
        lot__isnull=False,
        quantity__gt=0,
    )
    if words:
        rows = rows.filter(title__entry__title__icontains=words)
    found: dict[int, dict[str, int]] = {}
    lots: dict[int, ShipmentLine] = {}
    for balance in (
        rows.select_related("place", "lot__title__entry", "lot__shipment__supplier")
        .defer("lot__title__entry__search_vector", "lot__title__entry__description")
        .order_by("title__entry__title", "lot_id")
    ):
        if balance.lot is not None:
            lots[balance.lot.pk] = balance.lot
            found.setdefault(balance.lot.pk, {})[balance.place.kind] = balance.quantity
    there = (
        LotThere(lot, found[pk].get(PlaceKind.SHELF, 0), found[pk].get(PlaceKind.DISPLAY, 0))
        for pk, lot in lots.items()
    )
    return [one for one in there if one.free]


def points_to_give_to(giver_id: int) -> QuerySet[Organisation]:
    """Return the points of the same network to which copies may go."""
    office_id = top_of(giver_id)
    if office_id is None:
        return Organisation.objects.none()
    return points_of(office_id).exclude(pk=giver_id)


def returns_to(giver_id: int, lots: Sequence[LotThere]) -> list[Organisation]:
    """Return to whom surplus may go back: the superior unit, and the suppliers of what is there."""
    suppliers = {one.lot.shipment.supplier_id for one in lots}
    wanted = {superior_id_of(giver_id), *suppliers} - {None, giver_id}
    return list(Organisation.objects.filter(pk__in=[pk for pk in wanted if pk]).order_by("code"))


def is_taker(taker_id: int, *, giver_id: int, purpose: TransferPurpose, lot_ids: Iterable[int]) -> bool:
    """Tell whether copies of these lots may go from ``giver`` to ``taker``."""
    if taker_id == giver_id:
        return False
    if purpose == TransferPurpose.TO_POINT:
        office_id = top_of(giver_id)
        return office_id is not None and is_point(taker_id) and top_of(taker_id) == office_id
    if taker_id == superior_id_of(giver_id):
        return True
    lots = ShipmentLine.objects.filter(pk__in=list(lot_ids))
    return not lots.exclude(shipment__supplier_id=taker_id).exists()


def ways_of(lot: ShipmentLine) -> list[Transfer]:
    """Return the transfers by which copies of a lot moved on, in the order in which they went."""
    return list(
        Transfer.objects.filter(Q(lines__lot=lot), sent_at__isnull=False)
        .select_related("giver", "taker")
        .annotate(copies=Sum("lines__quantity", filter=Q(lines__lot=lot)))
        .order_by("sent_at", "pk")
    )
