"""Filling a point's demand in all at once: as last time, as people wished, or from a table."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.rounds.access import POINT
from lianxue.distribution.interfaces.web.rounds.demand import found
from lianxue.distribution.interfaces.web.rounds.tables import ImportPage, import_page, workbook
from lianxue.distribution.operations.demand.copy_last_demand import copy_last_demand
from lianxue.distribution.operations.demand.demand_sheet import DEMAND_SHAPE, demand_rows, read_demand
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.demand.take_over_wishes import take_over_wishes
from lianxue.distribution.queries.demand import point_demand
from lianxue.kernel import clock
from lianxue.kernel.pages import page
from lianxue.kernel.pages.pressing import acted
from lianxue.kernel.tables import SheetRead, blank_sheet
from lianxue.orgs.public import ActingRequest


@page(POINT)
@require_POST
def copy_last(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Fill what is still empty with what was asked last time."""
    row, _request_row = found(request, pk)
    return acted(
        request,
        lambda: copy_last_demand(actor=request.actor, at=clock.now(), round=row),
        done=_(
            "The numbers of last time have been filled in. Titles that are not on offer again are named below."
        ),
        back=reverse("distribution:demand", args=[row.pk]),
    )


@page(POINT)
@require_POST
def take_wishes(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Raise the numbers to what people wished for."""
    row, _request_row = found(request, pk)
    return acted(
        request,
        lambda: take_over_wishes(actor=request.actor, at=clock.now(), round=row),
        done=_("The numbers now cover all wishes for titles on offer."),
        back=reverse("distribution:demand", args=[row.pk]),
    )


@page(POINT)
def table(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give every title on offer as a table to fill in."""
    row, request_row = found(request, pk)
    shown = point_demand(row, request.actor.organisation_id or 0, request_row if request_row.pk else None)
    return workbook(
        blank_sheet(DEMAND_SHAPE, demand_rows(shown)), _("Demand in %(round)s") % {"round": row.name}
    )


@page(POINT)
def table_import(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take the demand in from a table."""
    row, request_row = found(request, pk)

    def take_in(content: bytes, name: str) -> tuple[SheetRead, int]:
        asked = request_row.lines.values_list("title_id", flat=True) if request_row.pk else ()
        quantities, read = read_demand(content, name=name, round=row, asked=asked)
        if not read.faults:
            save_demand(actor=request.actor, at=clock.now(), round=row, quantities=quantities)
        return read, len(quantities)

    words = ImportPage(
        heading=_("Demand from a table"),
        lead=_("Each row says how many copies of one title your point needs in “%(round)s”.")
        % {"round": row.name},
        take_label=_("The titles as a table"),
        take_hint=_(
            "All titles on offer, with the wishes left at your point and what you have asked for so far."
        ),
        take_url=reverse("distribution:demand-table", args=[row.pk]),
        back_url=reverse("distribution:demand", args=[row.pk]),
        back_label=_("Order titles"),
    )
    return import_page(request, words, take_in)
