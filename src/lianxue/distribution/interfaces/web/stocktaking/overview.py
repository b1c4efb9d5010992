"""The counts of a point or of those below, and one count with its lines."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import StocktakeState
from lianxue.distribution.flows.stocktake import STOCKTAKE_FLOW
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, IN_NETWORK, SUPERVISING
from lianxue.distribution.interfaces.web.fulfilment.forms import ReasonForm
from lianxue.distribution.interfaces.web.stocktaking.forms import FindForm, LineFilter, StocktakeFilter
from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.distribution.operations.stocktaking.count import MOST_COUNTED
from lianxue.distribution.queries.lending import LOT_CODE
from lianxue.distribution.queries.stock import point_seen
from lianxue.distribution.queries.stocktaking import (
    DIFFERS,
    lines_of,
    open_stocktake,
    stocktake_seen,
    stocktakes_seen,
)
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50
POINT = Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code")
COLUMNS = (
    Column("begun", gettext_lazy("Begun on"), lambda row: local_date(row.begun_at), "begun_at"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
    Column("lines", gettext_lazy("Lots on the list"), lambda row: row.in_all, "in_all"),
    Column("differing", gettext_lazy("Differing from the books"), lambda row: row.differing, "differing"),
    Column("counted", gettext_lazy("Counted by"), lambda row: _name(row.counted_by)),
    Column("settled", gettext_lazy("Settled by"), lambda row: _name(row.settled_by)),
)
LINE_COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title.entry.title, "title__entry__title"),
    Column("lot", gettext_lazy("Lot"), lambda row: row.lot.code, "lot_id"),
    Column("place", gettext_lazy("Place"), lambda row: row.get_kind_display(), "kind"),
    Column("counted", gettext_lazy("Counted"), lambda row: row.counted, "counted"),
    # What the books have is not told before somebody has counted, so that nobody counts towards it.
    Column(
        "expected",
        gettext_lazy("In the books"),
        lambda row: None if row.counted is None else row.expected,
    ),
    Column(
        "difference", gettext_lazy("Difference"), lambda row: None if row.counted is None else row.difference
    ),
    Column("damaged", gettext_lazy("Damaged"), lambda row: row.damaged or None),
    Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
)


def _name(person: Any) -> str:
    return person.full_name if person else ""


@page(IN_NETWORK)
def stocktakes(request: ActingRequest) -> HttpResponseBase:
    """List the counts of the own point, or of all points below."""
    rows = stocktakes_seen(request.actor)
    is_above = SUPERVISING.allows(request)
    form = StocktakeFilter(request.GET or None)
    if form.is_valid():
        words, state = form.cleaned_data["q"].strip(), form.cleaned_data["state"]
        rows = rows.filter(point__name__icontains=words) if words else rows
        rows = rows.filter(state=state) if state else rows
    listing = Listing(request, rows, (POINT, *COLUMNS) if is_above else COLUMNS)
    if listing.export_asked:
        return listing.export(_("Stock-taking"))
    context = {
        "listing": listing,
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "is_above": is_above,
        "open": None if is_above else open_stocktake(request.actor.organisation_id or 0),
    }
    return render(request, "distribution/stocktaking/stocktakes.html", context)


@page(AT_POINT)
@require_POST
def begin(request: ActingRequest) -> HttpResponseBase:
    """Begin to count the own point."""
    point = point_seen(request.actor, request.actor.organisation_id or 0)
    try:
        row = begin_stocktake(
            actor=request.actor, at=clock.now(), point=point, request_key=request_key(request)
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("distribution:stocktakes")
    return redirect("distribution:stocktake", row.pk)


@page(IN_NETWORK)
def stocktake(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one count with its lines."""
    row = stocktake_seen(request.actor, pk)
    lines = narrowed(lines_of(row), request.GET)
    listing = Listing(request, lines, LINE_COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Count of %(point)s") % {"point": row.point.name})
    return stocktake_page(request, row, listing)


def stocktake_page(
    request: ActingRequest,
    row: Stocktake,
    listing: Listing[StocktakeLine],
    *,
    faults: dict[str, Text] | None = None,
    return_form: ReasonForm | None = None,
) -> HttpResponseBase:
    """Show a count, perhaps with what was wrong in what was sent."""
    offers = {o.verb: o for o in STOCKTAKE_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    settle = offers.get("settle_stocktake") or offers.get("settle_from_above")
    form = LineFilter(request.GET or None)
    context = {
        "stocktake": row,
        "is_above": row.point_id != request.actor.organisation_id,
        "offers": offers,
        "settle": settle,
        "may_count": "save_counts" in offers,
        "listing": listing,
        "rows": list(shown(row, listing.page, request.POST, faults or {})),
        "form": form,
        "find_form": FindForm(),
        "return_form": return_form or ReasonForm(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "has_faults": bool(faults),
        "most": MOST_COUNTED,
        "request_key": request_key(request),
    }
    is_faulty = bool(faults) or bool(return_form and return_form.errors)
    return render(
        request, "distribution/stocktaking/stocktake.html", context, status=422 if is_faulty else 200
    )


def shown(
    row: Stocktake, lines: Iterable[StocktakeLine], data: QueryDict, faults: dict[str, Text]
) -> Iterable[dict[str, Any]]:
    """Yield the lines with what was typed for them before."""
    for line in lines:
        yield {
            "line": line,
            "name": f"counted_{line.pk}",
            "typed": data.get(f"counted_{line.pk}", line.counted),
            "fault": faults.get(f"counted_{line.pk}") or faults.get(f"damaged_{line.pk}", ""),
            "post": reverse("distribution:stocktake-line-save", args=[row.pk, line.pk]),
            "target": f"line-{line.pk}",
        }


def narrowed(lines: QuerySet[StocktakeLine], asked: QueryDict) -> QuerySet[StocktakeLine]:
    """Return the lines that the reader asked for."""
    form = LineFilter(asked or None)
    if not form.is_valid():
        return lines
    words, place, show = (form.cleaned_data[name].strip() for name in ("q", "place", "show"))
    if words:
        code = LOT_CODE.fullmatch(words)
        lines = lines.filter(Q(title__entry__title__icontains=words) | Q(lot_id=int(code[1]) if code else 0))
    if place:
        lines = lines.filter(kind=place)
    if show:
        lines = lines.filter(DIFFERS if show == "differs" else Q(counted__isnull=True))
    return lines


def counting_over(row: Stocktake) -> bool:
    """Tell whether nothing is counted here any more."""
    return row.state != StocktakeState.COUNTING
