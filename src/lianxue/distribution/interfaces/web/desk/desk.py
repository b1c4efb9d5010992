"""The desk: one box for a scanner or the keyboard, then lend, take back, issue or reserve."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from lianxue.distribution.interfaces.web.desk.forms import DeskForm, IssueForm, LendForm, ReserveForm
from lianxue.distribution.interfaces.web.desk.standing import (
    ISSUE,
    LEND,
    RESERVE,
    RETURN,
    mode_of,
    mode_tabs,
    own_point,
)
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, RUNS_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import row_number
from lianxue.distribution.models import Loan, Reservation
from lianxue.distribution.queries.feedback import loan_to_ask_about
from lianxue.distribution.queries.lending import (
    find_loans,
    find_titles,
    lately_handed_out,
    loans_of_title,
    loans_out,
    overdue,
)
from lianxue.distribution.queries.readers import readers_at
from lianxue.distribution.queries.reservations import open_reservations, put_aside_for, ready_at
from lianxue.distribution.queries.stock import TitleStock, title_at
from lianxue.distribution.queries.terms import terms_of
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.plans import planned_with_values
from lianxue.orgs.public import ActingRequest

OVERDUE_SHOWN = READY_SHOWN = 8
LOANS_SHOWN = 12
FORMS: dict[str, type[forms.Form]] = {LEND: LendForm, ISSUE: IssueForm, RESERVE: ReserveForm}


@page(AT_POINT)
def desk(request: ActingRequest) -> HttpResponseBase:
    """Show the desk, with what was looked for."""
    point_id, mode = own_point(request).pk, mode_of(request.GET.get("do"))
    search = DeskForm(request.GET if "q" in request.GET else None)
    text = search.cleaned_data["q"].strip() if search.is_valid() else ""
    found: dict[str, Any] = {"text": text, "titles": [], "loans": []}
    if text:
        found["titles"] = find_titles(point_id, text) if mode != RETURN else []
        with planned_with_values():
            found["loans"] = list(find_loans(point_id, text)[:LOANS_SHOWN])
    chosen = _chosen(request, mode)
    if chosen is None and len(found["titles"]) == 1 and not found["loans"]:
        chosen = found["titles"][0]
    form = _empty_form(point_id, mode) if chosen else None
    return show_desk(request, mode, chosen, form, search=search, **found)


def show_desk(
    request: ActingRequest,
    mode: str,
    chosen: TitleStock | None,
    form: forms.Form | None,
    *,
    search: forms.Form | None = None,
    status: int = 200,
    **found: Any,
) -> HttpResponseBase:
    """Show the desk with a title chosen or not, and with what was found."""
    point, today = own_point(request), clock.today()
    search = search or DeskForm()
    focused = form if chosen and form else search
    next(iter(focused.fields.values())).widget.attrs["data-desk-focus"] = ""
    late = loans_out(point.pk).filter(overdue(today))
    with planned_with_values():  # a plan for all days reckons with a third of all loans
        overdue_count = late.count()
        first_overdue = list(late[:OVERDUE_SHOWN]) if overdue_count else []
    context = {
        "text": "",
        "titles": [],
        "loans": [],
        **found,
        "mode": mode,
        "search": search,
        "point": point,
        "today": today,
        "tabs": mode_tabs(mode, chosen),
        "overdue_count": overdue_count,
        "overdue": first_overdue,
        "ready": list(ready_at(point.pk)[:READY_SHOWN]),
        "put_aside": _put_aside(request, point.pk),
        "came_back": _came_back(request, point.pk),
        "may_set_terms": RUNS_POINT.allows(request),
        "request_key": request_key(request),
        **(_of_title(point.pk, mode, chosen, form) if chosen else _of_nothing(point.pk, mode, found)),
    }
    return render(request, "distribution/desk/desk.html", context, status=status)


def _of_title(point_id: int, mode: str, title: TitleStock, form: forms.Form | None) -> dict[str, Any]:
    """Return what is shown beside the form for a title."""
    readers = readers_at(point_id)
    queue: list[Reservation] = list(open_reservations(point_id, title.entry.pk))
    return {
        "chosen": title,
        "form": form,
        "free": title.free_to_issue if mode == ISSUE else title.free_to_lend,
        "action": reverse(f"distribution:desk-{mode}", args=[title.entry.pk]),
        "readers": readers,
        "shown_readers": ",".join(str(reader.loan_id) for reader in readers),
        "queue": queue,
        "some_put_aside": any(row.state == "ready" for row in queue),
        "out_of_title": list(loans_of_title(point_id, title.entry.pk)[:LOANS_SHOWN]),
        "keeps_reserved": bool(terms_of(point_id).hold_days),
    }


def _of_nothing(point_id: int, mode: str, found: dict[str, Any]) -> dict[str, Any]:
    """Return what is shown while no title is chosen, and the rows to which numbers lead."""
    is_searching = bool(found.get("text"))
    out = loans_out(point_id)
    loans: list[Loan] = found.get("loans", []) if is_searching else list(out[:LOANS_SHOWN])
    lately = [] if is_searching or mode == RETURN else lately_handed_out(point_id)
    titles = [title.entry for title in found.get("titles", [])] if is_searching else lately
    rows = loans if mode == RETURN else titles
    return {
        "chosen": None,
        "out": [] if is_searching else loans,
        "out_count": out.count(),
        "lately": lately,
        "shown": ",".join(str(row.pk) for row in rows),
    }


def _put_aside(request: ActingRequest, point_id: int) -> Reservation | None:
    """Return for whom the copy that just came back is put aside, if it is."""
    back = row_number(request.GET.get("done", ""))
    return put_aside_for(point_id, back) if back is not None else None


def _came_back(request: ActingRequest, point_id: int) -> Loan | None:
    """Return the loan that just came back, as long as nobody has asked its reader what they think."""
    back = row_number(request.GET.get("done", ""))
    return loan_to_ask_about(point_id, back) if back is not None else None


def _empty_form(point_id: int, mode: str) -> forms.Form:
    today = clock.today()
    if mode == ISSUE:
        return IssueForm(initial={"issued_on": today})
    if mode == RESERVE:
        return ReserveForm()
    days = terms_of(point_id).loan_days
    return LendForm(initial={"lent_on": today, "due_on": today + timedelta(days=days) if days else None})


def _chosen(request: ActingRequest, mode: str) -> TitleStock | None:
    asked = row_number(request.GET.get("title", ""))
    if asked is None or mode == RETURN:
        return None
    return title_of(request, asked)


def title_of(request: ActingRequest, entry_id: int) -> TitleStock:
    """Return a title at the own point. Raise ``NotFound`` when no copy of it ever came."""
    title = title_at(own_point(request).pk, entry_id)
    if title is None:
        raise NotFound
    return title
