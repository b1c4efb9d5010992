"""What a decided round could not fill: by title, line by line, and what becomes of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxue.distribution.enums import RoundState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import COLLEGE, OFFICE, OFFICE_READERS, POINT
from lianxue.distribution.interfaces.web.rounds.forms import WordFilter, row_number
from lianxue.distribution.interfaces.web.rounds.listing import FigureListing
from lianxue.distribution.interfaces.web.rounds.menu import college_tabs, point_tabs, round_tabs
from lianxue.distribution.interfaces.web.rounds.reporting_forms import (
    CollegeUnmetFilter,
    UnmetFilter,
    UnmetForm,
)
from lianxue.distribution.models import AllocationLine, Round
from lianxue.distribution.operations.demand.carry_unmet import carry_unmet
from lianxue.distribution.operations.rounds.close_unmet import UnmetOutcome, close_unmet
from lianxue.distribution.queries.rounds import colleges_of_round, office_round
from lianxue.distribution.queries.unmet import (
    UnmetChoice,
    in_state,
    rounds_to_carry_into,
    together,
    unmet_lines,
    unmet_totals,
    visible_unmet,
    with_whom,
)
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

TITLE_COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title.entry.title, "title"),
    Column("lines", gettext_lazy("Points affected"), lambda row: row.lines, "lines"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
    Column("allocated", gettext_lazy("Allocated"), lambda row: row.allocated, "allocated"),
    Column("open", gettext_lazy("Still open"), lambda row: row.open, "open"),
    Column("carried", gettext_lazy("Carried over"), lambda row: row.carried, "carried"),
    Column("closed", gettext_lazy("Closed with a reason"), lambda row: row.closed, "closed"),
)


def state_of(row: AllocationLine) -> str:
    """Return what became of the copies that a line did not get, in words."""
    answer = getattr(row, "unmet_answer", None)
    if answer is None:
        return _("open")
    if answer.to_round:
        return _("carried into %(round)s") % {"round": answer.to_round.name}
    return _("closed: %(reason)s") % {"reason": answer.reason}


TITLE = Column(
    "title",
    gettext_lazy("Title"),
    lambda row: row.demand_line.title.entry.title,
    "demand_line__title__entry__title",
)
POINT_NAME = Column(
    "point",
    gettext_lazy("Point"),
    lambda row: row.demand_line.request.point.name,
    "demand_line__request__point__code",
)
COLLEGE_NAME = Column(
    "college",
    gettext_lazy("Gathered by"),
    lambda row: row.demand_line.request.batch.college.name,
    "demand_line__request__batch__college__code",
)
ROUND_NAME = Column(
    "round", gettext_lazy("Round"), lambda row: row.allocation.round.name, "allocation__round"
)
NUMBERS = (
    Column(
        "agreed", gettext_lazy("Number passed on"), lambda row: row.demand_line.agreed, "demand_line__agreed"
    ),
    Column("quantity", gettext_lazy("Allocated"), lambda row: row.quantity, "quantity"),
    Column("missing", gettext_lazy("Missing"), lambda row: row.missing, "missing"),
    Column("state", gettext_lazy("What became of it"), state_of),
)


@page(OFFICE_READERS)
def by_title(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what a round left open of each title; answer it for the ticked titles or for all."""
    row = _decided(request, pk)
    search = WordFilter(request.GET or None)
    totals = everything = unmet_totals(row)
    if search.is_valid() and (words := search.cleaned_data["q"].strip().casefold()):
        totals = [
            one
            for one in totals
            if one.title
            and (words in one.title.entry.title.casefold() or words == one.title.entry.code.casefold())
        ]
    form = _form(request, row)
    if _is_answer(request) and form.is_valid():
        shown = tuple(one.title.pk for one in totals if one.title)
        ticked = _ticked(request)
        titles = shown if form.cleaned_data["everything"] else tuple(pk for pk in ticked if pk in shown)
        if _answer(request, row, form, UnmetChoice(title_ids=titles) if titles else None):
            return redirect(request.get_full_path())
    listing = FigureListing(request, totals, TITLE_COLUMNS)
    if listing.export_asked:
        return listing.export(_("Unmet demand in %(round)s") % {"round": row.name})
    context = _around(request, row, form) | {
        "listing": listing,
        "search": search,
        "total": together(everything),
        "is_filtered": bool(request.GET.get("q")),
    }
    return render(request, "distribution/unmet/by_title.html", context, status=422 if form.errors else 200)


@page(OFFICE_READERS)
def lines(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the lines that fell short, of a title or of all; answer the ticked ones or all that are shown."""
    row = _decided(request, pk)
    search = CollegeUnmetFilter(request.GET or None, colleges=colleges_of_round(row))
    narrowing = _narrowing(search)
    form = _form(request, row)
    if _is_answer(request) and form.is_valid():
        ticked = _ticked(request)
        chosen = (
            narrowing if form.cleaned_data["everything"] else UnmetChoice(line_ids=ticked) if ticked else None
        )
        if _answer(request, row, form, chosen):
            return redirect(request.get_full_path())
    rows = narrowing.narrow(with_whom(unmet_lines(row.pk))).order_by(
        "demand_line__title_id", "demand_line__request__point__code"
    )
    if search.is_valid():
        rows = in_state(rows, search.cleaned_data["state"])
    columns = (POINT_NAME, COLLEGE_NAME, TITLE, *NUMBERS)
    listing = Listing(request, rows, columns, per_page=50)
    if listing.export_asked:
        return listing.export(_("Unmet demand in %(round)s") % {"round": row.name})
    context = _around(request, row, form) | {
        "listing": listing,
        "search": search,
        "is_filtered": any(request.GET.get(name) for name in search.fields),
    }
    return render(request, "distribution/unmet/lines.html", context, status=422 if form.errors else 200)


@page(POINT)
def own(request: ActingRequest) -> HttpResponseBase:
    """Show a point what no round could fill for it, and what became of it."""
    return _seen(request, (TITLE, ROUND_NAME, *NUMBERS), {"at_point": True, "tabs": point_tabs("unmet")})


@page(COLLEGE)
def below(request: ActingRequest) -> HttpResponseBase:
    """Show a college what no round could fill for its points, and what became of it."""
    columns = (TITLE, POINT_NAME, ROUND_NAME, *NUMBERS)
    return _seen(request, columns, {"at_point": False, "tabs": college_tabs("unmet-below")})


def _seen(request: ActingRequest, columns: Sequence[Column], context: dict[str, Any]) -> HttpResponseBase:
    rows = visible_unmet(request.actor)
    search = UnmetFilter(request.GET or None)
    if search.is_valid():
        rows = in_state(_narrowing(search).narrow(rows), search.cleaned_data["state"])
    listing = Listing(request, rows, columns, per_page=50)
    if listing.export_asked:
        return listing.export(_("Unmet demand"))
    context |= {
        "listing": listing,
        "search": search,
        "is_filtered": any(request.GET.get(name) for name in search.fields),
    }
    return render(request, "distribution/unmet/own.html", context)


def _decided(request: ActingRequest, pk: int) -> Round:
    row = office_round(request.actor, pk)
    if row.state not in (RoundState.ALLOCATED, RoundState.CLOSED):
        raise NotFound
    return row


def _narrowing(search: UnmetFilter) -> UnmetChoice:
    """Return what a filter leaves of the lines, their state apart."""
    if not search.is_valid():
        return UnmetChoice()
    found = search.cleaned_data
    return UnmetChoice(
        title_ids=(found["title"],) if found["title"] else (),
        college_id=row_number(found.get("college") or ""),
        words=found["q"],
    )


def _is_answer(request: ActingRequest) -> bool:
    return request.method == "POST" and OFFICE.allows(request)


def _ticked(request: ActingRequest) -> tuple[int, ...]:
    numbers = map(row_number, request.POST.getlist("chosen"))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def _form(request: ActingRequest, row: Round) -> UnmetForm:
    data = request.POST if _is_answer(request) else None
    return UnmetForm(data, rounds=rounds_to_carry_into(request.actor, row))


def _answer(request: ActingRequest, row: Round, form: UnmetForm, choice: UnmetChoice | None) -> bool:
    """Carry over or close what was chosen and say what was done; put what is wrong on the form."""
    if choice is None:
        form.add_error(None, _("Please tick at least one, or choose all."))
        return False
    carries = request.POST.get("then") == "carry"
    if carries and not form.cleaned_data["to_round"]:
        form.add_error("to_round", _("Please choose a round."))
        return False
    at, actor = clock.now(), request.actor
    try:
        if carries:
            target = Round.objects.get(pk=int(form.cleaned_data["to_round"]))
            outcome = carry_unmet(actor=actor, at=at, round=row, to_round=target, choice=choice)
        else:
            reason = form.cleaned_data["reason"]
            outcome = close_unmet(actor=actor, at=at, round=row, reason=reason, choice=choice)
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    _tell(request, outcome, is_carried=carries)
    return True


def _tell(request: ActingRequest, outcome: UnmetOutcome, *, is_carried: bool) -> None:
    numbers = {"count": outcome.lines, "copies": outcome.copies}
    if is_carried:
        done = ngettext(
            "%(count)d line with %(copies)d copies has been carried over.",
            "%(count)d lines with %(copies)d copies have been carried over.",
            outcome.lines,
        )
    else:
        done = ngettext(
            "%(count)d line with %(copies)d copies has been closed.",
            "%(count)d lines with %(copies)d copies have been closed.",
            outcome.lines,
        )
    messages.success(request, done % numbers)
    if outcome.left:
        left = ngettext(
            "%(count)d line stays open: its title is not offered there, or its point has submitted already.",
            "%(count)d lines stay open: their titles are not offered there, or their points have submitted already.",
            outcome.left,
        )
        messages.warning(request, left % {"count": outcome.left})


def _around(request: ActingRequest, row: Round, form: UnmetForm) -> dict[str, Any]:
    offers = {o.verb for o in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    return {
        "round": row,
        "tabs": round_tabs(row, "round-unmet"),
        "form": form,
        "may_answer": "close_unmet" in offers,
        "chosen": request.POST.getlist("chosen"),
        "request_key": request_key(request),
    }
