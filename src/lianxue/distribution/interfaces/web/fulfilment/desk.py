"""The desk: one box to find a title or a borrower, then lend, issue or take back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import Audience
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, RUNS_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import DeskForm, IssueForm, LendForm, row_number
from lianxue.distribution.operations.desk.issue import issue as issue_copies
from lianxue.distribution.operations.desk.lend import lend as lend_copies
from lianxue.distribution.queries.lending import find_loans, find_titles, loan_days, loans_out, overdue
from lianxue.distribution.queries.stock import TitleStock, point_seen, title_at
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation

OVERDUE_SHOWN = 8
LOANS_SHOWN = 12
LEND, ISSUE = "lend", "issue"


@page(AT_POINT)
def desk(request: ActingRequest) -> HttpResponseBase:
    """Show the desk, with what was looked for."""
    search = DeskForm(request.GET if "q" in request.GET else None)
    text = search.cleaned_data["q"].strip() if search.is_valid() else ""
    titles = find_titles(_point(request).pk, text) if text else []
    loans = list(find_loans(_point(request).pk, text)[:LOANS_SHOWN]) if text else []
    chosen = _chosen(request)
    if chosen is None and len(titles) == 1 and not loans:
        chosen = titles[0]
    act = ISSUE if request.GET.get("do") == ISSUE else LEND
    form = _form(request, act) if chosen else None
    context = {
        "text": text,
        "search": search,
        "titles": titles,
        "loans": loans,
        **_hand_out(chosen, act, form),
    }
    return render(request, "distribution/desk/desk.html", _context(request, context))


@page(AT_POINT)
@require_POST
def lend(request: ActingRequest, entry_id: int) -> HttpResponseBase:
    """Lend copies of a title."""
    title = _title(request, entry_id)
    form = LendForm(request.POST)
    if form.is_valid():
        try:
            loan = lend_copies(
                actor=request.actor,
                at=clock.now(),
                point=_point(request),
                entry=title.entry,
                request_key=request_key(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            data = {"title": title.entry.title, "name": loan.borrower_name, "day": loan.due_on}
            done = (
                _("Lent to %(name)s: %(title)s. Due back on %(day)s.")
                if loan.due_on
                else _("Lent to %(name)s: %(title)s.")
            )
            messages.success(request, done % data)
            return redirect("distribution:desk")
    return _again(request, title, LEND, form)


@page(AT_POINT)
@require_POST
def issue(request: ActingRequest, entry_id: int) -> HttpResponseBase:
    """Issue copies of a title."""
    title = _title(request, entry_id)
    form = IssueForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"audience": Audience(form.cleaned_data["audience"])}
        try:
            row = issue_copies(
                actor=request.actor,
                at=clock.now(),
                point=_point(request),
                entry=title.entry,
                request_key=request_key(request),
                **data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            done = _("Issued to %(name)s: %(title)s.")
            messages.success(request, done % {"name": row.recipient_name, "title": title.entry.title})
            return redirect("distribution:desk")
    return _again(request, title, ISSUE, form)


def _again(request: ActingRequest, title: TitleStock, act: str, form: forms.Form) -> HttpResponseBase:
    """Show the desk with the form that could not be taken."""
    context = _context(
        request, {"text": "", "search": DeskForm(), "titles": [], "loans": [], **_hand_out(title, act, form)}
    )
    return render(request, "distribution/desk/desk.html", context, status=422)


def _context(request: ActingRequest, found: dict[str, Any]) -> dict[str, Any]:
    point, today = _point(request), clock.today()
    out = loans_out(point.pk)
    late = out.filter(overdue(today))
    searching = bool(found["text"] or found["chosen"])
    _focus(found["form"] if found["chosen"] else found["search"])
    return {
        **found,
        "point": point,
        "today": today,
        "overdue_count": late.count(),
        "overdue": list(late[:OVERDUE_SHOWN]),
        "out_count": out.count(),
        "out": [] if searching else list(out[:LOANS_SHOWN]),
        "may_set_terms": RUNS_POINT.allows(request),
        "request_key": request_key(request),
    }


def _hand_out(title: TitleStock | None, act: str, form: forms.Form | None) -> dict[str, Any]:
    if title is None:
        return {"chosen": None, "form": None}
    here = f"{reverse('distribution:desk')}?title={title.entry.pk}&do="
    return {
        "chosen": title,
        "act": act,
        "form": form,
        "free": title.free_to_lend if act == LEND else title.free_to_issue,
        "tabs": [
            {"label": _("Lend"), "url": f"{here}{LEND}", "current": act == LEND, "count": title.free_to_lend},
            {
                "label": _("Issue"),
                "url": f"{here}{ISSUE}",
                "current": act == ISSUE,
                "count": title.free_to_issue,
            },
        ],
        "action": reverse(f"distribution:desk-{act}", args=[title.entry.pk]),
    }


def _focus(form: forms.Form) -> None:
    """Let the desk start in the first box of ``form``."""
    next(iter(form.fields.values())).widget.attrs["data-desk-focus"] = ""


def _form(request: ActingRequest, act: str) -> forms.Form:
    today = clock.today()
    if act == ISSUE:
        return IssueForm(initial={"issued_on": today})
    days = loan_days(_point(request).pk)
    return LendForm(initial={"lent_on": today, "due_on": today + timedelta(days=days) if days else None})


def _chosen(request: ActingRequest) -> TitleStock | None:
    asked = row_number(request.GET.get("title", ""))
    return _title(request, asked) if asked is not None else None


def _title(request: ActingRequest, entry_id: int) -> TitleStock:
    title = title_at(_point(request).pk, entry_id)
    if title is None:
        raise NotFound
    return title


def _point(request: ActingRequest) -> Organisation:
    """Return the actor's own point; looked up once a request."""
    known: Organisation | None = request.__dict__.get("desk_point")
    if known is None:
        known = request.__dict__["desk_point"] = point_seen(request.actor, request.actor.organisation_id or 0)
    return known
