"""One loan: take it back, give it up, or see whom to call."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.loan import LOAN_FLOW
from lianxue.distribution.interfaces.web.desk.forms import ReturnForm
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, IN_NETWORK
from lianxue.distribution.interfaces.web.fulfilment.forms import ReasonForm
from lianxue.distribution.models import Feedback, Loan
from lianxue.distribution.operations.desk.renew_loan import renew_loan
from lianxue.distribution.operations.desk.return_loan import report_loss, return_loan
from lianxue.distribution.operations.desk.reveal_borrower_phone import reveal_borrower_phone
from lianxue.distribution.operations.desk.undo_loan import undo_loan
from lianxue.distribution.queries.lending import loan_seen, loan_to_take_back, own_loan
from lianxue.distribution.queries.registers import name_for
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.sealing import mask_phone
from lianxue.orgs.public import ActingRequest


@page(IN_NETWORK)
def loan(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one loan."""
    return _show(request, loan_seen(request.actor, pk))


@page(AT_POINT)
@require_POST
def take_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take the copies back: today by one key, or on the day that was typed."""
    row = loan_to_take_back(request.actor, pk)
    form = ReturnForm(request.POST)
    day: date | None = None
    if "returned_on" in request.POST:
        if not form.is_valid():
            return _show(request, own_loan(request.actor, pk), return_form=form)
        day = form.cleaned_data["returned_on"]
    try:
        row = return_loan(
            actor=request.actor, at=clock.now(), loan=row, returned_on=day, request_key=request_key(request)
        )
    except Refused as refusal:
        add_refusal(form, refusal)
        return _show(request, own_loan(request.actor, pk), return_form=form)
    back = _("Back from %(name)s: %(title)s.") % {"name": row.borrower_name, "title": row.title}
    messages.success(request, back)
    return redirect(f"{reverse('distribution:desk')}?done={row.pk}")


@page(AT_POINT)
@require_POST
def renew(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Prolong a loan by one loan period."""
    row = own_loan(request.actor, pk)
    try:
        renewed = renew_loan(actor=request.actor, at=clock.now(), loan=row, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("Renewed until %(day)s.")
            % {"day": date_format(renewed.due_on or clock.today(), "DATE_FORMAT")},
        )
    return redirect("distribution:loan", row.pk)


@page(AT_POINT)
@require_POST
def undo(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Undo a loan that was written down by mistake."""
    row = own_loan(request.actor, pk)
    form = ReasonForm(request.POST, prefix="undo")
    if form.is_valid():
        try:
            undo_loan(
                actor=request.actor,
                at=clock.now(),
                loan=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The loan has been undone; the copies are back."))
            return redirect("distribution:desk")
    return _show(request, row, undo_form=form)


@page(AT_POINT)
@require_POST
def give_up(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Report the copies of a loan as lost."""
    row = own_loan(request.actor, pk)
    form = ReasonForm(request.POST, prefix="loss")
    if form.is_valid():
        try:
            report_loss(
                actor=request.actor,
                at=clock.now(),
                loan=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The loan has been reported as lost."))
            return redirect("distribution:loan", row.pk)
    return _show(request, row, loss_form=form)


@page(AT_POINT)
@require_POST
def show_phone(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the borrower's telephone number once; the look is written down."""
    row = own_loan(request.actor, pk)
    form = ReasonForm(request.POST, prefix="phone")
    if form.is_valid():
        try:
            phone = reveal_borrower_phone(
                actor=request.actor, at=clock.now(), loan=row, reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return _show(request, row, phone=phone)
    return _show(request, row, phone_form=form)


def _show(request: ActingRequest, row: Loan, *, phone: str = "", **faulty: forms.Form) -> HttpResponseBase:
    """Show a loan; ``faulty`` are forms that could not be taken, under their names in the page."""
    offers = {o.verb: o for o in LOAN_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    is_own = KEEPS_RECORD.holds(request.actor, row)
    context: dict[str, Any] = {
        "loan": row,
        "borrower": name_for(request.actor, row.borrower_name, row.point_id),
        "masked_phone": mask_phone(row.borrower_phone) if is_own else "",
        "phone": phone,
        "is_own": is_own,
        "feedback": Feedback.objects.filter(loan=row).first() if is_own else None,
        "offered": offers.keys(),
        "renewal": offers.get("renew_loan"),
        "return_form": ReturnForm(initial={"returned_on": clock.today()}),
        "loss_form": ReasonForm(prefix="loss"),
        "undo_form": ReasonForm(prefix="undo"),
        "phone_form": ReasonForm(prefix="phone"),
        **faulty,
        "request_key": request_key(request),
    }
    is_faulty = any(form.errors for form in faulty.values())
    return render(request, "distribution/desk/loan.html", context, status=422 if is_faulty else 200)
