"""Lending, issuing and reserving a title that was chosen at the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import Audience, ReservationState
from lianxue.distribution.interfaces.web.desk.desk import show_desk, title_of
from lianxue.distribution.interfaces.web.desk.forms import IssueForm, LendForm, ReserveForm
from lianxue.distribution.interfaces.web.desk.standing import (
    ISSUE,
    LEND,
    RESERVE,
    desk_url,
    numbered,
    own_point,
)
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import row_number
from lianxue.distribution.operations.desk.issue import issue as issue_copies
from lianxue.distribution.operations.desk.lend import lend as lend_copies
from lianxue.distribution.operations.desk.reserve import reserve as reserve_title
from lianxue.distribution.queries.readers import reader_of, readers_at
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.resources.models import CatalogueEntry


@page(AT_POINT)
@require_POST
def lend(request: ActingRequest, entry_id: int) -> HttpResponseBase:
    """Lend copies of a title."""
    entry = _entry(entry_id)
    form = LendForm(_with_reader(request))
    if form.is_valid():
        try:
            loan = lend_copies(**_frame(request), entry=entry, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            data = {
                "title": entry.title,
                "name": loan.borrower_name,
                "day": date_format(loan.due_on, "DATE_FORMAT") if loan.due_on else "",
            }
            done = (
                _("Lent to %(name)s: %(title)s. Due back on %(day)s.")
                if loan.due_on
                else _("Lent to %(name)s: %(title)s.")
            )
            messages.success(request, done % data)
            return redirect(desk_url(LEND))
    return _again(request, entry_id, LEND, form)


@page(AT_POINT)
@require_POST
def issue(request: ActingRequest, entry_id: int) -> HttpResponseBase:
    """Issue copies of a title."""
    entry = _entry(entry_id)
    form = IssueForm(_with_reader(request, field="recipient_name"))
    if form.is_valid():
        data = form.cleaned_data | {"audience": Audience(form.cleaned_data["audience"])}
        try:
            row = issue_copies(**_frame(request), entry=entry, **data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            done = _("Issued to %(name)s: %(title)s.")
            messages.success(request, done % {"name": row.recipient_name, "title": entry.title})
            return redirect(desk_url(ISSUE))
    return _again(request, entry_id, ISSUE, form)


@page(AT_POINT)
@require_POST
def reserve(request: ActingRequest, entry_id: int) -> HttpResponseBase:
    """Reserve a title for a reader."""
    entry = _entry(entry_id)
    form = ReserveForm(_with_reader(request))
    if form.is_valid():
        try:
            row = reserve_title(**_frame(request), entry=entry, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            done = (
                _("A copy is put aside for %(name)s: %(title)s.")
                if row.state == ReservationState.READY
                else _("%(name)s is in the queue for: %(title)s.")
            )
            messages.success(request, done % {"name": row.borrower_name, "title": entry.title})
            return redirect(desk_url(RESERVE))
    return _again(request, entry_id, RESERVE, form)


@page(AT_POINT)
def readers(request: ActingRequest) -> HttpResponseBase:
    """Show the readers known at the point whose name begins with what is in the box, as a part of the page."""
    if "HX-Request" not in request.headers:  # a part is no page
        return redirect("distribution:desk")
    typed = next(
        (request.GET[name] for name in ("borrower_name", "recipient_name") if name in request.GET), ""
    ).replace("\0", "")
    found = readers_at(own_point(request).pk, typed.strip()[:60])
    context = {"readers": found, "shown_readers": ",".join(str(reader.loan_id) for reader in found)}
    return render(request, "distribution/desk/readers.html", context)


def _frame(request: ActingRequest) -> dict[str, Any]:
    return {
        "actor": request.actor,
        "at": clock.now(),
        "point": own_point(request),
        "request_key": request_key(request),
    }


def _entry(entry_id: int) -> CatalogueEntry:
    """Return the title by its number; whether a copy is here is found out by the operation."""
    found = _titled.first(pk=entry_id)
    if found is None:
        raise NotFound
    return found


@kept
def _titled(pk: int) -> QuerySet[CatalogueEntry]:
    return CatalogueEntry.objects.only("title").filter(pk=pk)


def _with_reader(request: ActingRequest, *, field: str = "borrower_name") -> Any:
    """Return what was sent, with a pressed or numbered reader in the place of the number."""
    typed = request.POST.get(field, "").strip()
    pressed = row_number(request.POST.get("reader", ""))
    loan_id = pressed if pressed is not None else numbered(typed, request.POST.get("readers", ""))
    if loan_id is None:
        return request.POST
    reader = reader_of(own_point(request).pk, loan_id)
    data = request.POST.copy()
    data[field] = reader.borrower_name
    if not data.get("borrower_phone"):
        data["borrower_phone"] = reader.borrower_phone
    return data


def _again(request: ActingRequest, entry_id: int, mode: str, form: forms.Form) -> HttpResponseBase:
    """Show the desk with the form that could not be taken."""
    return show_desk(request, mode, title_of(request, entry_id), form, status=422)
