"""One transfer: what it holds, how far it is, and what can be done with it now."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import TransferState
from lianxue.distribution.flows.transfer import TRANSFER_FLOW
from lianxue.distribution.interfaces.web.shipping.access import CONCERNED, IN_NETWORK, SUPERVISING
from lianxue.distribution.interfaces.web.shipping.forms import ReasonForm
from lianxue.distribution.interfaces.web.shipping.transfer_forms import TransferCountForm
from lianxue.distribution.interfaces.web.shipping.transfers import ADMINISTRATORS
from lianxue.distribution.models import Transfer
from lianxue.distribution.operations.transfers.decide_transfer import agree_to_transfer, cancel_transfer
from lianxue.distribution.operations.transfers.receive_transfer import receive_transfer
from lianxue.distribution.operations.transfers.send_transfer import send_transfer
from lianxue.distribution.queries.transfers import lines_of, transfer_seen, transfers_seen
from lianxue.distribution.rules.fulfilment import RECEIVES_TRANSFER, SEES_TRANSFER
from lianxue.documents.public import DeliveryLine, DeliveryNote, PrintedKind, delivery_note
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ANY_POST, ActingRequest


@page(CONCERNED)
def transfer(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one transfer."""
    return _page(request, transfer_seen(request.actor, pk), ReasonForm())


@page(SUPERVISING)
@require_POST
def agree(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Agree to a transfer of a point below."""
    row = transfer_seen(request.actor, pk)
    return _pressed(
        request,
        row,
        lambda: agree_to_transfer(
            actor=request.actor, at=clock.now(), transfer=row, request_key=request_key(request)
        ),
        _("The giver can send the copies now."),
    )


@page(IN_NETWORK)
@require_POST
def send(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Mark a transfer as sent."""
    row = transfer_seen(request.actor, pk)
    return _pressed(
        request,
        row,
        lambda: send_transfer(
            actor=request.actor, at=clock.now(), transfer=row, request_key=request_key(request)
        ),
        _("Transfer %(code)s is on its way.") % {"code": row.code},
    )


@page(ADMINISTRATORS)
@require_POST
def cancel(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Call a transfer off, with a reason."""
    row = transfer_seen(request.actor, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            cancel_transfer(
                actor=request.actor,
                at=clock.now(),
                transfer=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The transfer has been called off."))
            return redirect("distribution:transfer", row.pk)
    return _page(request, row, form, status=422)


@page(CONCERNED)
def receive(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take in what was not right with a transfer, or that all arrived in good order."""
    row = get_visible(transfers_seen(request.actor), RECEIVES_TRANSFER, request.actor, pk=pk)
    if request.method != "POST" and row.state != TransferState.SENT:
        return redirect("distribution:transfer", row.pk)
    form = TransferCountForm(request.POST if request.method == "POST" else None, lines=lines_of(row))
    all_good = request.POST.get("all_good") == "yes"
    if request.method == "POST" and (all_good or form.is_valid()):
        try:
            receive_transfer(
                actor=request.actor,
                at=clock.now(),
                transfer=row,
                counts=None if all_good else form.counts(),
                note=request.POST.get("note", ""),
                request_key=request_key(request),
            )
        except Refused as refusal:
            form.is_valid()
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The receipt is written down."))
            return redirect("distribution:transfer", row.pk)
    context = {"transfer": row, "form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/transfers/receive.html", context, status=422 if form.is_bound else 200
    )


@page(ANY_POST)
def scan(request: ActingRequest, token: str) -> HttpResponseBase:
    """Open what the QR code of a transfer stands for: the check of what arrived, or the transfer."""
    row = get_visible(transfers_seen(request.actor), SEES_TRANSFER, request.actor, token=token)
    may_check = row.state == TransferState.SENT and RECEIVES_TRANSFER.holds(request.actor, row)
    return redirect("distribution:transfer-receive" if may_check else "distribution:transfer", row.pk)


@page(CONCERNED)
def note(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the note that travels with a transfer as PDF."""
    row = transfer_seen(request.actor, pk)
    paper = DeliveryNote(
        code=row.code,
        round_name=row.get_purpose_display(),
        supplier=row.giver.name,
        point=row.taker.name,
        url=request.build_absolute_uri(reverse("distribution:transfer-scan", args=[row.token])),
        dispatched_on=local_date(row.sent_at) if row.sent_at else None,
        lines=[
            DeliveryLine(
                lot=line.lot.code,
                title=line.lot.title.entry.title,
                kind=PrintedKind.of(line.lot.title.entry.kind),
                quantity=line.quantity,
            )
            for line in lines_of(row)
        ],
    )
    response = HttpResponse(delivery_note(paper), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{row.code}.pdf") or ""
    return response


def _pressed(
    request: ActingRequest, row: Transfer, act: Callable[[], object], done: Text
) -> HttpResponseBase:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(done))
    return redirect("distribution:transfer", row.pk)


def _page(request: ActingRequest, row: Any, form: ReasonForm, *, status: int = 200) -> HttpResponseBase:
    offered = {o.verb for o in TRANSFER_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context = {
        "transfer": row,
        "lines": lines_of(row),
        "offered": offered,
        "steps": _steps(row),
        "form": form,
        "request_key": request_key(request),
    }
    return render(request, "distribution/transfers/transfer.html", context, status=status)


def _steps(row: Transfer) -> list[dict[str, object]]:
    moments = (
        (_("Requested"), row.requested_at),
        (_("Agreed to"), row.agreed_at),
        (_("Sent off"), row.sent_at),
        (_("Received"), row.received_at),
    )
    reached = sum(moment is not None for _label, moment in moments)
    is_off = row.state == TransferState.CANCELLED
    return [
        {
            "label": label,
            "detail": local_date(moment) if moment else "",
            "state": "done" if moment else ("current" if at == reached and not is_off else "todo"),
        }
        for at, (label, moment) in enumerate(moments)
    ]
