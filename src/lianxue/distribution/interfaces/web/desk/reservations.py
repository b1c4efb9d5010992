"""Who waits for what at the own point."""

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import ReservationState
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.operations.desk.reserve import cancel_reservation
from lianxue.distribution.queries.reservations import OPEN, own_reservation, reservations_of
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50
COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.entry.title, "entry__title"),
    Column("reader", gettext_lazy("Reader"), lambda row: row.borrower_name, "borrower_name"),
    Column("reserved", gettext_lazy("Reserved on"), lambda row: row.reserved_at, "reserved_at"),
    Column("keep_until", gettext_lazy("Kept until"), lambda row: row.keep_until, "keep_until"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
)


class ReservationFilter(forms.Form):
    """What to look for among reservations."""

    q = forms.CharField(label=gettext_lazy("Title or name"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("Not ended")), *ReservationState.choices],
    )


@page(AT_POINT)
def reservations(request: ActingRequest) -> HttpResponseBase:
    """Show the reservations of the own point."""
    rows = reservations_of(request.actor)
    form = ReservationFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "state": ""}
    rows = rows.filter(state=asked["state"]) if asked["state"] else rows.filter(state__in=OPEN)
    if text := asked["q"].strip():
        rows = rows.filter(entry__title__icontains=text) | rows.filter(borrower_name__icontains=text)
    listing = Listing(request, rows, COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Reservations"))
    context = {
        "listing": listing,
        "form": form,
        "open": OPEN,
        "is_filtered": form.is_bound,
        "request_key": request_key(request),
    }
    return render(request, "distribution/desk/reservations.html", context)


@page(AT_POINT)
@require_POST
def cancel(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Call a reservation off."""
    row = own_reservation(request.actor, pk)
    try:
        cancel_reservation(
            actor=request.actor, at=clock.now(), reservation=row, request_key=request_key(request)
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The reservation has been called off."))
    return redirect("distribution:reservations")
