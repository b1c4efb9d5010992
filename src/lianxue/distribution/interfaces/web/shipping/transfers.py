"""Transfers: the list, and asking for one."""

from django.contrib import messages
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.enums import TransferPurpose
from lianxue.distribution.interfaces.web.fulfilment.forms import row_number
from lianxue.distribution.interfaces.web.shipping.access import CONCERNED
from lianxue.distribution.interfaces.web.shipping.tabs import parcel_tabs
from lianxue.distribution.interfaces.web.shipping.transfer_forms import TransferFilter, TransferForm
from lianxue.distribution.models import Transfer
from lianxue.distribution.operations.transfers.request_transfer import request_transfer
from lianxue.distribution.queries.transfers import (
    lots_to_hand_on,
    points_to_give_to,
    returns_to,
    transfers_seen,
)
from lianxue.distribution.rules.fulfilment import ORDERS_TRANSFER, REQUESTS_TRANSFER
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest, Organisation, Role, acting_as

PER_PAGE = 50
ADMINISTRATORS = acting_as(Role.TIER_ADMIN)
COLUMNS = (
    Column("code", gettext_lazy("Number"), lambda row: row.code, "pk"),
    Column("purpose", gettext_lazy("Purpose"), lambda row: row.get_purpose_display(), "purpose"),
    Column("giver", gettext_lazy("Giver"), lambda row: row.giver.name, "giver__code"),
    Column("taker", gettext_lazy("Taker"), lambda row: row.taker.name, "taker__code"),
    Column("titles", gettext_lazy("Number of titles"), lambda row: row.titles, "titles"),
    Column("copies", gettext_lazy("Copies"), lambda row: row.copies, "copies"),
    Column(
        "requested", gettext_lazy("Asked for on"), lambda row: local_date(row.requested_at), "requested_at"
    ),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
)


@page(CONCERNED)
def transfers(request: ActingRequest) -> HttpResponseBase:
    """List the transfers that concern the actor."""
    rows = transfers_seen(request.actor)
    form = TransferFilter(request.GET or None)
    if form.is_valid():
        if words := form.cleaned_data["q"].strip():
            rows = rows.filter(
                Q(code__icontains=words) | Q(giver__name__icontains=words) | Q(taker__name__icontains=words)
            )
        if state := form.cleaned_data["state"]:
            rows = rows.filter(state=state)
    listing = Listing(request, rows, COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Transfers and returns"))
    context = {
        "tabs": parcel_tabs(request, "transfers"),
        "form": form,
        "listing": listing,
        "is_filtered": form.is_bound,
        "may_ask": ADMINISTRATORS.allows(request) and request.actor.tier is not None,
    }
    return render(request, "distribution/transfers/list.html", context)


@page(ADMINISTRATORS)
def begin(request: ActingRequest) -> HttpResponseBase:
    """Choose copies that are at a place and ask that they go to another."""
    giver = _giver(request)
    purpose = TransferPurpose.SURPLUS if request.GET.get("back") else TransferPurpose.TO_POINT
    there = lots_to_hand_on(giver.pk)
    goes_back = purpose == TransferPurpose.SURPLUS
    takers = returns_to(giver.pk, there) if goes_back else list(points_to_give_to(giver.pk))
    form = TransferForm(request.POST or None, takers=takers, there=there)
    if request.method == "POST" and form.is_valid():
        taker = next(one for one in takers if str(one.pk) == form.cleaned_data["taker"])
        try:
            made: Transfer = request_transfer(
                actor=request.actor,
                at=clock.now(),
                giver=giver,
                taker=taker,
                purpose=purpose,
                lots=form.lots(),
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Transfer %(code)s has been written down.") % {"code": made.code})
            return redirect("distribution:transfer", made.pk)
    context = {
        "giver": giver,
        "is_own": giver.pk == request.actor.organisation_id,
        "goes_back": goes_back,
        "form": form,
        "there": there,
        "request_key": request_key(request),
    }
    return render(request, "distribution/transfers/new.html", context, status=422 if form.errors else 200)


def _giver(request: ActingRequest) -> Organisation:
    asked = request.GET.get("giver", "")
    pk = row_number(asked) if asked else request.actor.organisation_id
    if pk is None:
        raise NotFound
    return get_visible(Organisation.objects.all(), REQUESTS_TRANSFER | ORDERS_TRANSFER, request.actor, pk=pk)
