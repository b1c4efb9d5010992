"""Titles of a round from a table."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.rounds.access import OFFICE
from lianxue.distribution.interfaces.web.rounds.tables import ImportPage, import_page, workbook
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.round_titles import suppliers_of
from lianxue.distribution.operations.sheets import read_titles, title_shape
from lianxue.distribution.queries.rounds import office_round
from lianxue.kernel import clock
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.tables import SheetRead, blank_sheet
from lianxue.orgs.public import ActingRequest


@page(OFFICE)
def title_import(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take titles with their copies and suppliers in from a table."""
    row = office_round(request.actor, pk)

    def take_in(content: bytes, name: str) -> tuple[SheetRead, int]:
        offers, read = read_titles(content, name=name, round=row)
        if not read.faults:
            add_titles(
                actor=request.actor,
                at=clock.now(),
                round=row,
                offers=offers,
                request_key=request_key(request),
            )
        return read, len(offers)

    words = ImportPage(
        heading=_("Titles from a table"),
        lead=_("Each row offers one catalogue title in “%(round)s”.") % {"round": row.name},
        take_label=_("Blank table"),
        take_hint=_(
            "One row for each title: its catalogue number, how many copies there are, and the supplier."
        ),
        take_url=reverse("distribution:round-titles-blank", args=[row.pk]),
        back_url=reverse("distribution:round-titles", args=[row.pk]),
        back_label=_("Titles"),
    )
    return import_page(request, words, take_in)


@page(OFFICE)
def blank(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the blank table."""
    row = office_round(request.actor, pk)
    shape = title_shape(suppliers_of(row.office_id).values())
    return workbook(blank_sheet(shape), str(shape.title))
