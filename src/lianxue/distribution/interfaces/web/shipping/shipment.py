"""One shipment: what is in it, how far it is, and what can be done with it now."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.interfaces.web.fulfilment.access import AT_SUPPLIER, EVERYBODY_CONCERNED
from lianxue.distribution.interfaces.web.fulfilment.pictures import shown
from lianxue.distribution.interfaces.web.shipping.forms import DispatchForm
from lianxue.distribution.interfaces.web.shipping.notes import notes_of
from lianxue.distribution.models import Shipment
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.queries.shipments import lots_of, photos_seen, shipment_of_token, shipment_seen
from lianxue.distribution.rules.fulfilment import RECEIVES_SHIPMENT
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ANY_POST, ActingRequest


@page(EVERYBODY_CONCERNED)
def shipment(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one shipment."""
    row = shipment_seen(request.actor, pk)
    return render(request, "distribution/shipments/shipment.html", _context(request, row, DispatchForm()))


@page(AT_SUPPLIER)
@require_POST
def send(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Mark one shipment as dispatched."""
    row = shipment_seen(request.actor, pk)
    form = DispatchForm(request.POST)
    if form.is_valid():
        try:
            dispatch(
                actor=request.actor,
                at=clock.now(),
                shipment=row,
                carrier_note=form.cleaned_data["carrier_note"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Shipment %(code)s is on its way.") % {"code": row.code})
            return redirect("distribution:shipment", row.pk)
    return render(request, "distribution/shipments/shipment.html", _context(request, row, form), status=422)


@page(EVERYBODY_CONCERNED)
def note(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the delivery note as PDF."""
    row = shipment_seen(request.actor, pk)
    response = HttpResponse(notes_of(request, [row]), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{row.code}.pdf") or ""
    return response


@page(ANY_POST)
def scan(request: ActingRequest, token: str) -> HttpResponseBase:
    """Open what the QR code of a delivery note stands for: the check of what arrived, or the shipment."""
    row = shipment_of_token(request.actor, token)
    may_check = row.state == ShipmentState.DISPATCHED and RECEIVES_SHIPMENT.holds(request.actor, row)
    return redirect("distribution:receive" if may_check else "distribution:shipment", row.pk)


def _context(request: ActingRequest, row: Shipment, form: DispatchForm) -> dict[str, Any]:
    offered = {o.verb for o in SHIPMENT_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    receipt = getattr(row, "receipt", None)
    photos = photos_seen(request.actor).filter(receipt=receipt) if receipt else ()
    return {
        "shipment": row,
        "receipt": receipt,
        "lots": lots_of(row),
        "steps": _steps(row),
        "may_send": "dispatch" in offered,
        "may_receive": "receive" in offered,
        "may_photograph": row.state == ShipmentState.RECEIVED
        and not row.photos  # type: ignore[attr-defined]  # counted by shipments_seen
        and RECEIVES_SHIPMENT.holds(request.actor, row),
        "photos": [shown(photo) for photo in photos],
        "photo_url": f"{reverse('distribution:photo-add')}?receipt={receipt.pk}" if receipt else "",
        "form": form,
        "request_key": request_key(request),
    }


def _steps(row: Any) -> list[dict[str, object]]:
    """Return how far the shipment is, from the packing table to the display corner."""
    receipt = getattr(row, "receipt", None)
    order = [ShipmentState.PREPARING, ShipmentState.DISPATCHED, ShipmentState.RECEIVED]
    reached = order.index(ShipmentState(row.state))
    faulty = bool(row.damaged or row.missing)
    return [
        {"label": _("Packing"), "detail": row.supplier.name, "state": "done" if reached else "current"},
        {
            "label": _("Dispatch"),
            "detail": clock.local_date(row.dispatched_at) if row.dispatched_at else "",
            "state": "done" if reached > 0 else "todo",
        },
        {
            "label": _("Receipt"),
            "detail": clock.local_date(receipt.received_at) if receipt else "",
            "state": ("problem" if faulty else "done")
            if receipt
            else ("current" if reached == 1 else "todo"),
        },
        {
            "label": _("Display and photograph"),
            "detail": "",
            "state": "done" if row.photos else ("current" if receipt else "todo"),
        },
    ]
