"""Checking what arrived against what was due (S0-42), at a desk or on a phone beside the parcel."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, EVERYBODY_CONCERNED
from lianxue.distribution.interfaces.web.shipping.forms import CodeForm, CorrectionForm, CountForm
from lianxue.distribution.models import Receipt, Shipment
from lianxue.distribution.operations.shipping.correct_receipt import correct_receipt
from lianxue.distribution.operations.shipping.counting import count_of
from lianxue.distribution.operations.shipping.receive import receive as receive_shipment
from lianxue.distribution.queries.shipments import due_to, lots_of, shipments_seen
from lianxue.distribution.queries.transfers import transfers_seen
from lianxue.distribution.rules.fulfilment import RECEIVES_SHIPMENT
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused, WrongState
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import add_refusal, page, request_key, scanned_code
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import ActingRequest, Actor

TO_CHECK = (ShipmentState.DISPATCHED, ShipmentState.AT_COLLEGE)
SHOWN = 20


@page(EVERYBODY_CONCERNED)
def entry(request: ActingRequest) -> HttpResponseBase:
    """Find a parcel by its number, typed or scanned, and go to what is to be done with it."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = scanned_code(form.cleaned_data["code"])
        if found := _page_of(request, code):
            return redirect(found)
        form.add_error("code", _("No parcel of yours has this number."))
    due = due_to(request.actor).select_related("supplier", "round").order_by("dispatched_at", "pk")
    context = {"form": form, "due": due[:SHOWN]}
    return render(request, "distribution/receipts/entry.html", context, status=422 if form.errors else 200)


def _page_of(request: ActingRequest, code: str) -> str:
    """Return the address of the parcel or transfer with this number or token, or nothing."""
    row = shipments_seen(request.actor).filter(Q(code__iexact=code) | Q(token=code)).order_by().first()
    if row is not None:
        return reverse("distribution:scan", args=[row.token])
    transfer = transfers_seen(request.actor).filter(Q(code__iexact=code) | Q(token=code)).order_by().first()
    return reverse("distribution:transfer-scan", args=[transfer.token]) if transfer else ""


@page(AT_POINT)
def receive(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take in what was not right, lot by lot, or that all arrived in good order."""
    row = _to_receive.first(actor=request.actor, pk=pk)
    if row is None:
        raise NotFound
    if request.method != "POST" and row.state not in TO_CHECK:
        return redirect("distribution:shipment", row.pk)
    form = CountForm(request.POST if request.method == "POST" else None, lots=lots_of(row))
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


@kept
def _to_receive(actor: Actor, pk: int) -> QuerySet[Shipment]:
    return visible(shipments_seen(actor), RECEIVES_SHIPMENT, actor).filter(pk=pk)


def _done(request: ActingRequest, receipt: Receipt) -> HttpResponseBase:
    if any(line.damaged or line.missing or line.surplus for line in receipt.lines.all()):
        messages.warning(
            request,
            _(
                "The receipt is written down. The supplier has been asked to answer; college and office see it too."
            ),
        )
    else:
        messages.success(
            request, _("The receipt is written down. One copy of each title stands in the display corner.")
        )
    return redirect("distribution:shipment", receipt.shipment_id)


@page(AT_POINT)
def correct(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Put right what was counted wrongly."""
    row: Shipment = get_visible(shipments_seen(request.actor), RECEIVES_SHIPMENT, request.actor, pk=pk)
    receipt: Receipt | None = getattr(row, "receipt", None)
    if receipt is None:
        return redirect("distribution:shipment", row.pk)
    lots = lots_of(row)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        lots=lots,
        counted={lot.pk: count_of(lot.receipt_line) for lot in lots},
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_receipt(
                actor=request.actor,
                at=clock.now(),
                receipt=receipt,
                counts=form.counts(),
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The count has been corrected."))
            return redirect("distribution:shipment", row.pk)
    context = {"shipment": row, "form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/receipts/correct.html", context, status=422 if form.is_bound else 200
    )
