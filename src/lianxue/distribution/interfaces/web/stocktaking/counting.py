"""Counting on a phone or at a desk: a page of lines, or one after another; every number is kept as it comes."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import CountChanged
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.stocktaking.forms import PLACES, FindForm, typed_counts
from lianxue.distribution.interfaces.web.stocktaking.overview import (
    LINE_COLUMNS,
    PER_PAGE,
    counting_over,
    narrowed,
    stocktake_page,
)
from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.stocktaking.begin import add_counted_lot
from lianxue.distribution.operations.stocktaking.count import MOST_COUNTED, LineCount, save_counts
from lianxue.distribution.queries.lending import LOT_CODE
from lianxue.distribution.queries.shipments import lot_seen
from lianxue.distribution.queries.stocktaking import lines_of, next_to_count, own_stocktake
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused, Text
from lianxue.kernel.pages import Listing, page, request_key, scanned_code
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
@require_POST
def save(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Keep the numbers of a whole page, those that this person changed."""
    row = own_stocktake(request.actor, pk)
    listing = Listing(request, narrowed(lines_of(row), request.GET), LINE_COLUMNS, per_page=PER_PAGE)
    lines = {line.pk: line for line in listing.page}
    counts, faults = typed_counts(request.POST, lines, changed_only=True)
    faults = faults or _keep(request, row, counts)
    if faults:
        return stocktake_page(request, row, listing, faults=faults)
    messages.success(request, _("Saved."))
    return redirect(f"{row_url(row)}?{request.GET.urlencode()}" if request.GET else row_url(row))


@page(AT_POINT)
@require_POST
def save_line(request: ActingRequest, pk: int, line_id: int) -> HttpResponseBase:
    """Keep one number as soon as it was typed; answer with how the line stands."""
    row = own_stocktake(request.actor, pk)
    line = _line(row, line_id)
    counts, faults = typed_counts(request.POST, {line.pk: line}, changed_only=False)
    faults = faults or _keep(request, row, counts)
    line = _line(row, line_id)
    fault = faults.get(f"counted_{line.pk}") or faults.get(f"damaged_{line.pk}") or faults.get("", "")
    context = {"line": line, "fault": fault, "saved_at": None if fault else clock.now()}
    return render(request, "distribution/stocktaking/line_state.html", context, status=422 if fault else 200)


@page(AT_POINT)
def line(request: ActingRequest, pk: int, line_id: int) -> HttpResponseBase:
    """Count one lot: one large number, then the next."""
    row = own_stocktake(request.actor, pk)
    there = _line(row, line_id)
    faults: dict[str, Text] = {}
    if request.method == "POST":
        counts, faults = typed_counts(request.POST, {there.pk: there}, changed_only=False)
        faults = faults or _keep(request, row, counts, reason=request.POST.get("reason", ""))
        if not faults:
            kept = _line(row, line_id)
            asks_again = kept.difference and not kept.reason and "confirmed" not in request.POST
            if asks_again:
                return redirect("distribution:stocktake-line", row.pk, kept.pk)
            return _to_next(request, row, kept)
        there = _line(row, line_id)
    if counting_over(row):
        return redirect("distribution:stocktake", row.pk)
    return _line_page(request, row, there, faults)


@page(AT_POINT)
def next_line(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Go to the lot to be counted next; ``after`` names the one that was left out."""
    row = own_stocktake(request.actor, pk)
    after = request.GET.get("after", "")
    left_out = lines_of(row).filter(pk=int(after)).first() if after.isdecimal() and len(after) < 18 else None  # noqa: PLR2004
    return _to_next(request, row, left_out)


@page(AT_POINT)
def find(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Jump to the lot whose label was scanned or whose number was typed."""
    row = own_stocktake(request.actor, pk)
    form = FindForm(request.GET)
    code = LOT_CODE.fullmatch(scanned_code(form.cleaned_data["code"])) if form.is_valid() else None
    lines = list(lines_of(row).filter(lot_id=int(code[1]))) if code else []
    if lines:
        todo = [one for one in lines if one.counted is None]
        return redirect("distribution:stocktake-line", row.pk, (todo or lines)[0].pk)
    if code:
        try:
            lot = lot_seen(request.actor, int(code[1]))
        except NotFound:
            lot = None
        if lot is not None and lot.shipment.point_id == row.point_id:
            return redirect("distribution:stocktake-add", row.pk, lot.pk)
    if form.is_valid():
        messages.warning(request, _("No lot of this point has this number."))
    return redirect("distribution:stocktake", row.pk)


@page(AT_POINT)
def add(request: ActingRequest, pk: int, lot_id: int) -> HttpResponseBase:
    """Put a lot on the list that the books do not have there."""
    row = own_stocktake(request.actor, pk)
    lot = lot_seen(request.actor, lot_id)
    if lot.shipment.point_id != row.point_id:
        raise NotFound
    kind = request.POST.get("kind", "")
    if request.method == "POST" and kind in dict(PLACES):
        try:
            added = add_counted_lot(
                actor=request.actor,
                at=clock.now(),
                stocktake=row,
                lot=lot,
                kind=PlaceKind(kind),
                request_key=request_key(request),
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("distribution:stocktake", row.pk)
        return redirect("distribution:stocktake-line", row.pk, added.pk)
    context = {"stocktake": row, "lot": lot, "places": PLACES}
    return render(request, "distribution/stocktaking/add.html", context)


def row_url(row: Stocktake) -> str:
    """Return the address of a count."""
    return redirect("distribution:stocktake", row.pk).url


def _keep(
    request: ActingRequest, row: Stocktake, counts: list[LineCount], *, reason: str = ""
) -> dict[str, Text]:
    """Keep numbers; return what is wrong with them by field, or under no name for the whole."""
    if not counts:
        return {}
    try:
        save_counts(
            actor=request.actor,
            at=clock.now(),
            stocktake=row,
            counts=counts,
            reasons={count.line_id: reason for count in counts} if reason.strip() else None,
        )
    except CountChanged as changed:
        return changed.fields
    except Refused as refusal:
        return refusal.fields or {"": refusal.message}
    return {}


def _to_next(request: ActingRequest, row: Stocktake, after: StocktakeLine | None) -> HttpResponseBase:
    following = next_to_count(row, after)
    if following is None:
        messages.success(request, _("Everything on the list has been counted."))
        return redirect("distribution:stocktake", row.pk)
    return redirect("distribution:stocktake-line", row.pk, following.pk)


def _line(row: Stocktake, line_id: int) -> StocktakeLine:
    found = lines_of(row).filter(pk=line_id).first()
    if found is None:
        raise NotFound
    return found


def _line_page(
    request: ActingRequest, row: Stocktake, there: StocktakeLine, faults: dict[str, Text]
) -> HttpResponseBase:
    beside = lines_of(row).filter(Q(lot_id=there.lot_id)).exclude(pk=there.pk).first()
    data: Any = request.POST
    context = {
        "stocktake": row,
        "line": there,
        "beside": beside,
        "typed": data.get(f"counted_{there.pk}", there.counted),
        "typed_damaged": data.get(f"damaged_{there.pk}", there.damaged),
        "reason": data.get("reason", there.reason),
        "fault": faults.get(f"counted_{there.pk}", ""),
        "damage_fault": faults.get(f"damaged_{there.pk}", ""),
        "whole_fault": faults.get("") or faults.get(f"reason_{there.pk}", ""),
        "find_form": FindForm(),
        "most": MOST_COUNTED,
    }
    return render(request, "distribution/stocktaking/line.html", context, status=422 if faults else 200)
