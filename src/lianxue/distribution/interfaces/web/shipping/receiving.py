"""Checking what arrived against what was due (S0-42), at a desk or on a phone beside the parcel."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.shipping.forms import ReceiveForm
from lianxue.distribution.models import Receipt
from lianxue.distribution.operations.shipping.receive import receive as receive_shipment
from lianxue.distribution.queries.shipments import lots_of, shipments_seen
from lianxue.distribution.rules.fulfilment import RECEIVES_SHIPMENT
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, WrongState
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
def receive(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take in what was counted, lot by lot, or that all arrived in good order."""
    row = get_visible(shipments_seen(request.actor), RECEIVES_SHIPMENT, request.actor, pk=pk)
    if request.method != "POST" and row.state != ShipmentState.DISPATCHED:
        return redirect("distribution:shipment", row.pk)
    form = ReceiveForm(request.POST if request.method == "POST" else None, lots=lots_of(row))
    all_good = request.POST.get("all_good") == "yes"
    if request.method == "POST" and (all_good or form.is_valid()):
        try:
            receipt: Receipt = receive_shipment(
                actor=request.actor,
                at=clock.now(),
                shipment=row,
                counts=None if all_good else form.counts(),
                note=request.POST.get("note", ""),
                request_key=request_key(request),
            )
        except WrongState:
            messages.warning(request, _("This shipment is not on its way, or has been checked already."))
            return redirect("distribution:shipment", row.pk)
        except Refused as refusal:
            form.is_valid()
            add_refusal(form, refusal)
        else:
            return _done(request, receipt)
    context = {"shipment": row, "form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/receipts/receive.html", context, status=422 if form.is_bound else 200
    )


def _done(request: ActingRequest, receipt: Receipt) -> HttpResponseBase:
    faults = sum(line.damaged + line.missing for line in receipt.lines.all())
    if faults:
        messages.warning(
            request,
            _(
                "The receipt is written down. College, office and supplier see which copies are damaged or missing."
            ),
        )
    else:
        messages.success(
            request, _("The receipt is written down. One copy of each title stands in the display corner.")
        )
    return redirect("distribution:shipment", receipt.shipment_id)
