"""Photographs of the display corner: sent in, compared with earlier ones, taken back (S0-43, S0-46)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import PhotographCounts
from lianxue.distribution.models import DisplayCorner, DisplayPhoto, Receipt
from lianxue.distribution.operations.display.corner import lock_corner, require_staff
from lianxue.distribution.queries.corner import earliest_alike
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.files import store_picture
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

CAPTION_LENGTH = 120
MOST_AT_ONCE = 12


@operation("distribution.add_display_photo", label=_("Photograph the display corner"))
def add_display_photo(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    upload: File[bytes],
    receipt: Receipt | None = None,
    caption: str = "",
    request_key: str | None = None,
) -> DisplayPhoto:
    """Add one photograph; see ``add_display_photos``."""
    return _add(actor=actor, at=at, point=point, uploads=[upload], receipt=receipt, caption=caption)


@operation("distribution.add_display_photos", label=_("Photograph the display corner"))
def add_display_photos(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    uploads: Sequence[File[bytes]],
    receipt: Receipt | None = None,
    caption: str = "",
    request_key: str | None = None,
) -> DisplayPhoto:
    """Add photographs of the corner, for a receipt (S0-43) or as it is now; all or none; the first is returned.

    One that looks like an earlier one of the point or of its neighbours is marked (``looks_like``); the unit above sees
    the mark. Raise ``NotAllowed``, ``CornerMissing``, or ``Invalid`` when a file is not a picture we can take.
    """
    return _add(actor=actor, at=at, point=point, uploads=uploads, receipt=receipt, caption=caption)


@operation("distribution.take_back_photo", label=_("Take a photograph back"))
def take_back_photo(
    *, actor: Actor, at: datetime, photo: DisplayPhoto, request_key: str | None = None
) -> None:
    """Take a photograph back that looks like an earlier one; the file goes with it.

    Raise ``NotAllowed``, or ``PhotographCounts`` for one that bears no mark: it proves what arrived.
    """
    row = (
        DisplayPhoto.objects.select_for_update(of=("self",))
        .select_related("corner__point", "picture")
        .get(pk=photo.pk)
    )
    require_staff(actor, row.corner.point)
    if row.looks_like_id is None:
        raise PhotographCounts
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.take_back_photo",
        subject=row,
        before=audit.snapshot(row, "receipt", "picture", "caption", "looks_like"),
    )
    picture = row.picture
    row.delete()
    picture.delete()


def _add(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    uploads: Sequence[File[bytes]],
    receipt: Receipt | None,
    caption: str,
) -> DisplayPhoto:
    require_staff(actor, point)
    if receipt is not None and receipt.shipment.point_id != point.pk:
        raise NotFound
    if len(caption.strip()) > CAPTION_LENGTH:
        raise Invalid(fields={"caption": _("Please keep this under 120 characters.")})
    if not 1 <= len(uploads) <= MOST_AT_ONCE:
        raise Invalid(fields={"pictures": _("Please choose from 1 to 12 photographs at once.")})
    corner = lock_corner(point)
    photos = [
        _keep(corner=corner, actor=actor, at=at, upload=upload, receipt=receipt, caption=caption.strip())
        for upload in uploads
    ]
    return photos[0]


def _keep(
    *,
    corner: DisplayCorner,
    actor: Actor,
    at: datetime,
    upload: File[bytes],
    receipt: Receipt | None,
    caption: str,
) -> DisplayPhoto:
    picture = store_picture(upload, person_id=actor.person_id, at=at)
    photo = DisplayPhoto.objects.create(
        corner=corner,
        receipt=receipt,
        looks_like=earliest_alike(corner.point_id, picture.likeness),
        picture=picture,
        taken_by_id=actor.person_id,
        at=at,
        caption=caption,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.add_display_photo",
        subject=photo,
        after=audit.snapshot(photo, "receipt", "picture", "caption", "looks_like"),
    )
    return photo
