"""The end of a count: reasons for what differs, the second person, or called off."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, IN_NETWORK
from lianxue.distribution.interfaces.web.fulfilment.forms import ReasonForm
from lianxue.distribution.interfaces.web.stocktaking.forms import ReasonsForm
from lianxue.distribution.interfaces.web.stocktaking.overview import (
    LINE_COLUMNS,
    PER_PAGE,
    counting_over,
    stocktake_page,
)
from lianxue.distribution.operations.stocktaking.begin import cancel_stocktake
from lianxue.distribution.operations.stocktaking.count import finish_counting
from lianxue.distribution.operations.stocktaking.settle import return_count, settle_stocktake
from lianxue.distribution.queries.corner import to_put_on_display
from lianxue.distribution.queries.stocktaking import (
    differing_lines,
    lines_of,
    own_stocktake,
    stocktake_seen,
)
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
def hand_over(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Look over what differs, give the reasons, hand over to the second person."""
    row = own_stocktake(request.actor, pk)
    if counting_over(row):
        return redirect("distribution:stocktake", row.pk)
    form = ReasonsForm(request.POST if request.method == "POST" else None, lines=differing_lines(row))
    if request.method == "POST" and form.is_valid():
        try:
            finish_counting(
                actor=request.actor,
                at=clock.now(),
                stocktake=row,
                reasons=form.reasons(),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Handed over. A second person looks at it and enters it."))
            return redirect("distribution:stocktake", row.pk)
    context = {
        "stocktake": row,
        "form": form,
        "left": lines_of(row).filter(counted__isnull=True).count(),
        "request_key": request_key(request),
    }
    return render(
        request, "distribution/stocktaking/hand_over.html", context, status=422 if form.errors else 200
    )


@page(IN_NETWORK)
@require_POST
def settle(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Enter what differs, as the second person."""
    row = stocktake_seen(request.actor, pk)
    try:
        settle_stocktake(actor=request.actor, at=clock.now(), stocktake=row, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("distribution:stocktake", row.pk)
    messages.success(request, _("Settled. The books now have what was counted."))
    bare = to_put_on_display(row.point_id).count()
    if bare:
        told = ngettext(
            "%(count)d title has no copy on display any more: please put one there from the store.",
            "%(count)d titles have no copy on display any more: please put one of each there from the store.",
            bare,
        )
        messages.warning(request, told % {"count": bare})
    return redirect("distribution:stocktake", row.pk)


@page(IN_NETWORK)
@require_POST
def send_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Send a count back to be counted again."""
    row = stocktake_seen(request.actor, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            return_count(
                actor=request.actor,
                at=clock.now(),
                stocktake=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Sent back to be counted again."))
            return redirect("distribution:stocktake", row.pk)
    listing = Listing(request, lines_of(row), LINE_COLUMNS, per_page=PER_PAGE)
    return stocktake_page(request, row, listing, return_form=form)


@page(AT_POINT)
@require_POST
def cancel(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Call a count off."""
    row = own_stocktake(request.actor, pk)
    try:
        cancel_stocktake(actor=request.actor, at=clock.now(), stocktake=row, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Called off. Nothing of it has been entered."))
    return redirect("distribution:stocktakes")
