"""How photographs are shown on a page, and how their files are given out."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.fulfilment.access import IN_NETWORK
from lianxue.distribution.models import DisplayPhoto
from lianxue.distribution.queries.shipments import photos_seen
from lianxue.distribution.rules.fulfilment import SEES_PHOTO
from lianxue.kernel.clock import local_date
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import page
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest


def shown(photo: DisplayPhoto, *, with_point: bool = False, query: str = "") -> dict[str, str]:
    """Return what the photo component needs; ``query`` is what the wall was narrowed to."""
    day = local_date(photo.at)
    mark = _("looks like an earlier one") if photo.looks_like_id else ""
    parts = [photo.corner.point.name if with_point else "", photo.caption, f"{day:%Y-%m-%d}", mark]
    return {
        "url": reverse("distribution:photo-view", args=[photo.pk]) + query,
        "thumbnail": reverse("distribution:photo-small", args=[photo.pk]),
        "caption": " · ".join(part for part in parts if part),
    }


@page(IN_NETWORK)
def photo(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give a photograph."""
    row = get_visible(photos_seen(request.actor), SEES_PHOTO, request.actor, pk=pk)
    return file_response(row.picture)


@page(IN_NETWORK)
def photo_small(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the thumbnail of a photograph."""
    row = get_visible(photos_seen(request.actor), SEES_PHOTO, request.actor, pk=pk)
    return file_response(row.picture, thumbnail=True)
