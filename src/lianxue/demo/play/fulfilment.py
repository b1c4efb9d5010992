"""Suppliers send, points check and put away, the display corner is photographed (S0-42, S0-43, S0-29)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxue.demo.pictures import draw_corner, find_typefaces, view_of_corner
from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    LotCount,
    Receipt,
    Round,
    Shipment,
    ShipmentState,
    add_display_photo,
    dispatch_shipments,
    receive,
    set_up_corner,
)
from lianxue.orgs.public import Organisation

DAMAGED_SHARE = 0.03  # of lots, in this made-up world
SHORT_SHARE = 0.02
SCENES = 12  # different pictures of shelves


def set_up_corners(player: Player, *, at: datetime) -> None:
    """Give every point its display corner with the sign posted (S0-54, S0-55)."""
    points = player.cast.points
    for number, point in enumerate(points, 1):
        set_up_corner(
            actor=player.cast.actor(point),
            at=at,
            point=point,
            location=player.chance.choice(player.remarks.corner_locations),
            sign_posted_on=at.date(),
        )
        player.step("Display corners", number, len(points))


def dispatch_round(
    player: Player, round: Round, *, at: datetime, share: float = 1.0, first: Collection[str] = ()
) -> None:
    """Let each supplier send its parcels; with ``share`` below 1 the last ones are still being packed.

    Parcels to points in the districts whose codes (six digits) are in ``first`` are packed before all others.
    """
    for number, supplier in enumerate(player.cast.suppliers, 1):
        packed = list(
            Shipment.objects.filter(round=round, supplier=supplier, state=ShipmentState.PREPARING)
            .select_related("point")
            .order_by("code")
        )
        packed.sort(key=lambda shipment: _district(shipment.point) not in first)
        leaving = packed[: round_half_up(len(packed) * share)]
        if leaving:
            dispatch_shipments(
                actor=player.cast.actor(supplier),
                at=at,
                shipments=leaving,
                carrier_note=player.chance.choice(player.remarks.dispatched),
            )
        player.step("Dispatch", number, len(player.cast.suppliers))


def _district(point: Organisation) -> str:
    """Return the six-digit code of the district that a point lies in."""
    return (point.division_id or "")[:6]


def round_half_up(value: float) -> int:
    """Return the nearest whole number."""
    return int(value + 0.5)


def receive_round(
    player: Player,
    round: Round,
    *,
    at: datetime,
    share: float = 1.0,
    photo_share: float = 1.0,
    waiting: Collection[str] = (),
    first: Collection[str] = (),
) -> None:
    """Let points confirm what came, over the days after ``at``.

    With ``share`` below 1 some have not looked yet; nor have those whose codes are in ``waiting``. In the
    districts whose codes are in ``first`` everybody has.
    """
    points = {point.pk: point for point in player.cast.points}
    due = list(
        Shipment.objects.filter(round=round, state=ShipmentState.DISPATCHED, point_id__in=points)
        .order_by("code")
        .prefetch_related("lines")
    )
    arriving = [
        shipment
        for shipment in due
        for point in [points[shipment.point_id]]
        if point.code not in waiting and (_district(point) in first or player.happens(share))
    ]
    scenes = [_scene(number) for number in range(SCENES)] if photo_share else []
    photographed: set[int] = set()
    for number, shipment in enumerate(arriving, 1):
        point = points[shipment.point_id]
        when = at + timedelta(minutes=9 * number)
        receipt = _receive(player, shipment, point, when)
        if point.pk not in photographed and player.happens(photo_share):
            photographed.add(point.pk)
            _photograph(player, point, receipt, when + timedelta(minutes=20), scenes)
        player.step("Receipt", number, len(arriving))


def _receive(player: Player, shipment: Shipment, point: Organisation, at: datetime) -> Receipt:
    counts, damaged, missing = [], 0, 0
    for lot in shipment.lines.all():
        broken = 1 if player.happens(DAMAGED_SHARE) else 0
        lost = 1 if lot.quantity > broken and player.happens(SHORT_SHARE) else 0
        counts.append(LotCount(lot.pk, lot.quantity - broken - lost, broken, lost))
        damaged, missing = damaged + broken, missing + lost
    remarks = player.remarks
    words = (
        remarks.received_damaged
        if damaged
        else remarks.received_short
        if missing
        else remarks.received_in_order
    )
    return receive(
        actor=player.cast.actor(point),
        at=at,
        shipment=shipment,
        counts=counts,
        note=player.chance.choice(words),
    )


def _photograph(
    player: Player, point: Organisation, receipt: Receipt, at: datetime, scenes: Sequence[bytes]
) -> None:
    add_display_photo(
        actor=player.cast.actor(point),
        at=at,
        point=point,
        receipt=receipt,
        upload=SimpleUploadedFile(
            "display-corner.jpg",
            view_of_corner(player.chance.choice(scenes), f"{point.code} {at:%Y%m%d}"),
            content_type="image/jpeg",
        ),
    )


def _scene(number: int) -> bytes:
    return draw_corner(number, find_typefaces(settings.FONT_DIRS))
