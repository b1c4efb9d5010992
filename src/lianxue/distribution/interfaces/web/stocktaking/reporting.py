"""A single copy that is damaged, gone, or found again."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.enums import CopyFate, PlaceKind
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.stocktaking.forms import CopyReportForm
from lianxue.distribution.operations.stocktaking.report_copies import report_copies
from lianxue.distribution.queries.shipments import lot_seen
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
def report(request: ActingRequest, lot_id: int) -> HttpResponseBase:
    """Report copies of a lot; a second person settles it."""
    lot = lot_seen(request.actor, lot_id)
    if lot.shipment.point_id != request.actor.organisation_id:
        raise NotFound
    form = CopyReportForm(
        request.POST if request.method == "POST" else None, initial={"kind": PlaceKind.SHELF.value}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            line = report_copies(
                actor=request.actor,
                at=clock.now(),
                lot=lot,
                kind=PlaceKind(data["kind"]),
                fate=CopyFate(data["fate"]),
                quantity=data["quantity"],
                reason=data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Reported. A second person looks at it and enters it."))
            return redirect("distribution:stocktake", line.stocktake_id)
    context = {"lot": lot, "form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/stocktaking/report.html", context, status=422 if form.errors else 200
    )
