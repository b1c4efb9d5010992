"""Covers, each under the rule of what it covers."""

from django.http.response import HttpResponseBase

from lianxue.kernel.errors import NotFound
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import PUBLIC, page
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.resources.interfaces.web.access import CONTRIBUTION_READERS
from lianxue.resources.models import CatalogueEntry, Contribution
from lianxue.resources.queries.catalogue import published_entries
from lianxue.resources.rules.contributions import SEES_CONTRIBUTION
from lianxue.resources.rules.entries import SEES_ENTRY


@page(PUBLIC)
def entry_cover(request: ActingRequest, code: str, size: str = "") -> HttpResponseBase:
    """Give the cover of an entry: of a published one to everybody, for points show theirs to people without account."""
    entry = published_entries().select_related("cover").filter(code=code).first()
    if entry is None:
        rows = CatalogueEntry.objects.select_related("cover").defer("search_vector")
        entry = get_visible(rows, SEES_ENTRY, request.actor, code=code)
    return _picture(entry, size)


@page(CONTRIBUTION_READERS)
def contribution_cover(request: ActingRequest, pk: int, size: str = "") -> HttpResponseBase:
    """Give the cover of a contribution to those who may see it."""
    rows = Contribution.objects.select_related("cover")
    return _picture(get_visible(rows, SEES_CONTRIBUTION, request.actor, pk=pk), size)


def _picture(row: CatalogueEntry | Contribution, size: str) -> HttpResponseBase:
    if row.cover is None:
        raise NotFound
    return file_response(row.cover, thumbnail=size == "small")
