"""What goes wrong with parcels and is put right; copies that move on; what is sent without demand (S0-42)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    Claim,
    ClaimState,
    LotToMove,
    PlaceKind,
    Portion,
    Round,
    Route,
    Shipment,
    StockBalance,
    TransferPurpose,
    accept_answer,
    agree_to_transfer,
    answer_claim,
    choose_direct_titles,
    confirm_arrival,
    create_direct_round,
    dispatch_shipments,
    hand_out,
    request_transfer,
    send_transfer,
    settle_claim,
)
from lianxue.orgs.public import Organisation
from lianxue.resources.public import CatalogueEntry

LOOKED_AT = 30  # claims of a running round; all others wait
FATES = (ClaimState.ANSWERED, ClaimState.SETTLED, ClaimState.OPEN)


def settle_claims(player: Player, round: Round, *, at: datetime) -> None:
    """Let the office settle what suppliers left open in a round that is long over."""
    office = player.cast.actor(player.cast.office)
    claims = list(_claims(round))
    for number, claim in enumerate(claims, 1):
        settle_claim(
            actor=office, at=at, claim=claim, remedy="write_off", reason="份数很少，与供应单位商定核销。"
        )
        player.step("Claims", number, len(claims))


def answer_claims(player: Player, round: Round, *, at: datetime) -> None:
    """Let suppliers answer some claims of a running round, and points accept half of the answers."""
    suppliers = {one.pk: one for one in player.cast.suppliers}
    points = {one.pk: one for one in player.cast.points}
    for number, claim in enumerate(_claims(round)[:LOOKED_AT]):
        fate = FATES[number % len(FATES)]
        if fate == ClaimState.OPEN:
            continue
        shipment = claim.receipt_line.lot.shipment
        is_resent = bool(number % 2)
        answer_claim(
            actor=player.cast.actor(suppliers[shipment.supplier_id]),
            at=at,
            claim=claim,
            remedy="resend" if is_resent else "credit",
            answer="本周内补发。" if is_resent else "库存已无，按缺少冲减。",
        )
        if fate == ClaimState.SETTLED:
            point = points[shipment.point_id]
            accept_answer(actor=player.cast.actor(point), at=at + timedelta(hours=6), claim=claim)


def _claims(round: Round) -> QuerySet[Claim]:
    return (
        Claim.objects.filter(receipt_line__lot__shipment__round=round, state=ClaimState.OPEN)
        .select_related("receipt_line__lot__shipment")
        .order_by("pk")
    )


def hand_on(player: Player, giver: Organisation, takers: Sequence[Organisation], *, at: datetime) -> None:
    """Let a point hand copies on: those for the first taker are on their way, those for the others wait for consent."""
    for number, taker in enumerate(takers):
        balance = _plenty(giver)
        if balance is None or balance.lot_id is None:
            return
        transfer = request_transfer(
            actor=player.cast.actor(giver),
            at=at,
            giver=giver,
            taker=taker,
            purpose=TransferPurpose.TO_POINT,
            lots=[LotToMove(balance.lot_id, 1)],
            reason="本点备份较多，邻近学习点有学员预约。",
        )
        if not number:
            college = player.cast.actor(player.cast.college_of(giver))
            agree_to_transfer(actor=college, at=at + timedelta(hours=2), transfer=transfer)
            send_transfer(actor=player.cast.actor(giver), at=at + timedelta(hours=5), transfer=transfer)


def _plenty(point: Organisation) -> StockBalance | None:
    """Return the lot of which most copies stand in the store of a point."""
    return (
        StockBalance.objects.filter(
            place__organisation=point, place__kind=PlaceKind.SHELF, lot__isnull=False, quantity__gt=0
        )
        .order_by("-quantity", "pk")
        .first()
    )


def send_without_demand(
    player: Player,
    points: Sequence[Organisation],
    entries: Sequence[CatalogueEntry],
    *,
    name: str,
    at: datetime,
) -> None:
    """Let the office send a few copies to points of one college, through the college: some parcels lie there."""
    office, college = player.cast.actor(player.cast.office), player.cast.college_of(points[0])
    round = create_direct_round(
        actor=office, at=at, name=name, year=at.year, receive_until=None, route=Route.VIA_COLLEGE
    )
    choose_direct_titles(actor=office, at=at, round=round, add=[entry.pk for entry in entries])
    title_ids = list(round.titles.order_by("pk").values_list("pk", flat=True))
    portions = [Portion(point.pk, title_id, 2) for point in points for title_id in title_ids]
    hand_out(actor=office, at=at, round=round, portions=portions)
    parcels = list(Shipment.objects.filter(round=round).order_by("code"))
    dispatch_shipments(
        actor=office, at=at + timedelta(days=1), shipments=parcels, carrier_note="市学指办车队"
    )
    arrived = parcels[: (len(parcels) + 1) // 2]
    confirm_arrival(actor=player.cast.actor(college), at=at + timedelta(days=2), shipments=arrived)
