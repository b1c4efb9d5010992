"""One shipment: what is in it, how far it is, and what can be done with it now."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.interfaces.web.display.pictures import shown
from lianxue.distribution.interfaces.web.fulfilment.access import EVERYBODY_CONCERNED
from lianxue.distribution.interfaces.web.shipping.access import PACKING, READS_WHY
from lianxue.distribution.interfaces.web.shipping.forms import NO_NUMBER, Box, DispatchForm, boxes
from lianxue.distribution.interfaces.web.shipping.notes import notes_of
from lianxue.distribution.models import Shipment, ShipmentLine
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.queries.claims import claims_of
from lianxue.distribution.queries.shipments import (
    following,
    lots_of,
    photos_seen,
    shipment_of_token,
    shipment_seen,
    shipments_seen,
)
from lianxue.distribution.rules.fulfilment import PACKS_SHIPMENT, RECEIVES_SHIPMENT
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused, Text
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import visible
from lianxue.orgs.public import ANY_POST, ActingRequest, Actor


@page(EVERYBODY_CONCERNED)
def shipment(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one shipment."""
    row = shipment_seen(request.actor, pk)
    return render(request, "distribution/shipments/shipment.html", _context(request, row, DispatchForm()))


@page(PACKING)
@require_POST
def send(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Mark one shipment as dispatched, whole or in part."""
    row = _to_send.first(actor=request.actor, pk=pk)
    if row is None:
        raise NotFound
    form = DispatchForm(request.POST)
    typed = boxes(request.POST, "quantity")
    faults: dict[str, Text] = {f"quantity_{n}": NO_NUMBER for n, value in typed.items() if value is None}
    if form.is_valid() and not faults:
        try:
            dispatch(
                actor=request.actor,
                at=clock.now(),
                shipment=row,
                quantities={n: value or 0 for n, value in typed.items()} or None,
                carrier_note=form.cleaned_data["carrier_note"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            faults = refusal.fields
            add_refusal(form, refusal)
        else:
            _tell(request, row)
            return redirect("distribution:shipment", row.pk)
    context = _context(request, row, form, faults)
    return render(request, "distribution/shipments/shipment.html", context, status=422)


@kept
def _to_send(actor: Actor, pk: int) -> QuerySet[Shipment]:
    return visible(shipments_seen(actor), PACKS_SHIPMENT, actor).filter(pk=pk)


def _tell(request: ActingRequest, row: Shipment) -> None:
    rest = row.followed_by.filter(state=ShipmentState.PREPARING).order_by("pk").last()
    if rest is None:
        messages.success(request, _("Shipment %(code)s is on its way.") % {"code": row.code})
    else:
        messages.success(
            request,
            _("Shipment %(code)s is on its way. The rest waits as shipment %(rest)s.")
            % {"code": row.code, "rest": rest.code},
        )


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
    offered = {o.verb for o in SHIPMENT_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    may_check = "receive" in offered
    return redirect("distribution:receive" if may_check else "distribution:shipment", row.pk)


def _context(
    request: ActingRequest, row: Shipment, form: DispatchForm, faults: Mapping[str, Text] | None = None
) -> dict[str, Any]:
    offered = {o.verb for o in SHIPMENT_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    receipt = getattr(row, "receipt", None)
    lots = lots_of(row)
    photos = photos_seen(request.actor).filter(receipt=receipt) if receipt else ()
    return {
        "shipment": row,
        "receipt": receipt,
        "lots": lots,
        "sees_why": READS_WHY.allows(request),
        "parts": _parts(request, lots, faults or {}) if "dispatch" in offered else [],
        "in_part": bool(faults),
        "steps": _steps(row),
        "followers": following(row),
        "claims": claims_of(request.actor, row) if receipt else (),
        "may_confirm": "confirm_arrival" in offered and row.forwarded_at is None,
        "may_send_on": "send_on" in offered,
        "may_correct": "correct_receipt" in offered,
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


def _parts(
    request: ActingRequest, lots: list[ShipmentLine], faults: Mapping[str, Text]
) -> list[tuple[ShipmentLine, Box]]:
    """Return each lot with the stepper of how much of it goes now."""
    made = []
    for lot in lots:
        name = f"quantity_{lot.pk}"
        value = request.POST.get(name, lot.quantity)
        made.append((lot, Box(name, value, lot.quantity, faults.get(name, ""))))
    return made


def _steps(row: Any) -> list[dict[str, object]]:
    """Return how far the shipment is, from the packing table to the display corner."""
    receipt = getattr(row, "receipt", None)
    is_sent = row.state != ShipmentState.PREPARING
    faulty = bool(row.damaged or row.missing or row.surplus)
    through = [_through(row, receipt is not None)] if row.via_id else []
    is_due = is_sent and (not row.via_id or row.forwarded_at is not None)
    return [
        {"label": _("Packing"), "detail": row.supplier.name, "state": "done" if is_sent else "current"},
        {"label": _("Dispatch"), "detail": _day(row.dispatched_at), "state": "done" if is_sent else "todo"},
        *through,
        {
            "label": _("Receipt"),
            "detail": _day(receipt.received_at) if receipt else "",
            "state": ("problem" if faulty else "done") if receipt else ("current" if is_due else "todo"),
        },
        {
            "label": _("Display and photograph"),
            "detail": "",
            "state": "done" if row.photos else ("current" if receipt else "todo"),
        },
    ]


def _through(row: Any, is_received: bool) -> dict[str, object]:
    """Return how far the parcel is at the superior unit through which it goes."""
    is_past = row.forwarded_at is not None or is_received
    is_current = row.state in (ShipmentState.DISPATCHED, ShipmentState.AT_COLLEGE)
    return {
        "label": row.via.name,
        "detail": _day(row.forwarded_at or row.arrived_at_college_at),
        "state": "done" if is_past else ("current" if is_current else "todo"),
    }


def _day(moment: Any) -> object:
    return clock.local_date(moment) if moment else ""
