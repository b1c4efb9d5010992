"""What an office or college sends without being asked (S0-42: 市级、区级配送资源): list, name, titles."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import Route
from lianxue.distribution.flows.direct_round import DIRECT_ROUND_FLOW
from lianxue.distribution.interfaces.web.fulfilment.forms import row_number
from lianxue.distribution.interfaces.web.rounds.forms import PickFilter
from lianxue.distribution.interfaces.web.shipping.access import OFFICE, SUPERVISING
from lianxue.distribution.interfaces.web.shipping.direct_forms import ClosingForm, DirectRoundForm
from lianxue.distribution.interfaces.web.shipping.tabs import parcel_tabs
from lianxue.distribution.operations.direct.prepare import (
    choose_direct_titles,
    close_direct_round,
    create_direct_round,
)
from lianxue.distribution.queries.direct_rounds import direct_round, direct_rounds, direct_titles
from lianxue.distribution.queries.rounds import entries_to_pick
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.resources.public import ResourceKind

COLUMNS = (
    Column("name", gettext_lazy("Name"), lambda row: row.name, "name"),
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("titles", gettext_lazy("Number of titles"), lambda row: row.title_count, "title_count"),
    Column("copies", gettext_lazy("Copies"), lambda row: row.copies, "copies"),
    Column("parcels", gettext_lazy("Shipments"), lambda row: row.parcels, "parcels"),
    Column("received", gettext_lazy("Received"), lambda row: row.received, "received"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
)
PICK = (
    Column("title", gettext_lazy("Title"), lambda row: row.title, "title"),
    Column("kind", gettext_lazy("Resource type"), lambda row: row.get_kind_display(), "kind"),
    Column("provider", gettext_lazy("Provided by"), lambda row: row.provider.name, "provider__code"),
)


@page(SUPERVISING)
def rounds(request: ActingRequest) -> HttpResponseBase:
    """List what the own organisation has sent without demand, or prepares."""
    listing = Listing(request, direct_rounds(request.actor), COLUMNS)
    if listing.export_asked:
        return listing.export(_("Sent by ourselves"))
    context = {"tabs": parcel_tabs(request, "direct-rounds"), "listing": listing}
    return render(request, "distribution/direct/list.html", context)


@page(SUPERVISING)
def begin(request: ActingRequest) -> HttpResponseBase:
    """Begin a dispatch without demand."""
    form = DirectRoundForm(
        request.POST or None,
        through_others=OFFICE.allows(request),
        initial={"year": clock.today().year},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_direct_round(
                actor=request.actor,
                at=clock.now(),
                name=form.cleaned_data["name"],
                year=form.cleaned_data["year"],
                receive_until=form.cleaned_data["receive_until"],
                route=Route(form.cleaned_data.get("route") or Route.DIRECT),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("distribution:direct-titles", made.pk)
    context = {"form": form, "request_key": request_key(request)}
    return render(request, "distribution/direct/new.html", context, status=422 if form.errors else 200)


@page(SUPERVISING)
def round(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one dispatch without demand."""
    return _page(request, pk, ClosingForm())


def _page(request: ActingRequest, pk: int, closing: ClosingForm, *, status: int = 200) -> HttpResponseBase:
    row: Any = direct_round(request.actor, pk)
    offers = {o.verb: o for o in DIRECT_ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context = {
        "round": row,
        "titles": direct_titles(row),
        "offers": offers,
        "closing": closing,
        "request_key": request_key(request),
    }
    return render(request, "distribution/direct/round.html", context, status=status)


@page(SUPERVISING)
def titles(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Choose titles from the catalogue."""
    row = direct_round(request.actor, pk)
    if request.method == "POST":
        chosen = [n for text in request.POST.getlist("chosen") if (n := row_number(text)) is not None]
        removed = [n for text in request.POST.getlist("remove") if (n := row_number(text)) is not None]
        try:
            choose_direct_titles(
                actor=request.actor,
                at=clock.now(),
                round=row,
                add=chosen,
                remove=removed,
                request_key=request_key(request),
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
        return redirect("distribution:direct-round" if removed else "distribution:direct-titles", row.pk)
    search = PickFilter(request.GET or None)
    words, kind = (search.cleaned_data["q"], search.cleaned_data["kind"]) if search.is_valid() else ("", "")
    context = {
        "round": row,
        "search": search,
        "listing": Listing(
            request, entries_to_pick(row, words, kind).exclude(kind=ResourceKind.ONLINE), PICK
        ),
        "count": row.titles.count(),
        "is_filtered": bool(words or kind),
    }
    return render(request, "distribution/direct/titles.html", context)


@page(SUPERVISING)
@require_POST
def close(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Close a dispatch without demand."""
    row = direct_round(request.actor, pk)
    form = ClosingForm(request.POST)
    if form.is_valid():
        try:
            close_direct_round(
                actor=request.actor, at=clock.now(), round=row, reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("distribution:direct-round", row.pk)
    return _page(request, row.pk, form, status=422)
