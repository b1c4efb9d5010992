"""A point states its demand: the rounds it can, the titles of one, every change kept at once."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import POINT
from lianxue.distribution.interfaces.web.rounds.covers import cover_url
from lianxue.distribution.interfaces.web.rounds.forms import NoteForm, copies_of, whole_number
from lianxue.distribution.interfaces.web.rounds.menu import point_tabs
from lianxue.distribution.models import DemandRequest, LateConsent, Round
from lianxue.distribution.operations.demand.save_demand import MOST_COPIES, save_demand
from lianxue.distribution.queries.demand import (
    demand_or_new,
    demand_sums,
    point_demand,
    rounds_of_point,
)
from lianxue.distribution.queries.late import consents_for
from lianxue.distribution.queries.learners import has_stated
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused, Text
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest, Actor

NOT_A_NUMBER = gettext_lazy("Please give a number from 0 to 99,999.")
COLUMNS = (
    Column("round", gettext_lazy("Round"), lambda row: row.name, "name"),
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("until", gettext_lazy("Submit until"), lambda row: row.demand_until, "demand_until"),
    Column("state", gettext_lazy("Round is"), lambda row: row.get_state_display(), "state"),
)


@page(POINT)
def demands(request: ActingRequest) -> HttpResponseBase:
    """List the rounds in which the point states or stated demand."""
    listing = Listing(request, rounds_of_point(request.actor), COLUMNS)
    if listing.export_asked:
        return listing.export(_("Order titles"))
    sums = demand_sums(request.actor, [row.pk for row in listing.page])
    context = {
        "listing": listing,
        "rows": [(row, sums.get(row.pk)) for row in listing.page],
        "today": clock.today(),
        "tabs": point_tabs("demands"),
    }
    return render(request, "distribution/demand/demands.html", context)


@page(POINT)
def demand(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the titles with what is asked; keep all that was typed."""
    row, request_row = found(request, pk)
    if request.method != "POST":
        return _page(request, row, request_row)
    numbers, faults = _numbers(request)
    if not faults:
        try:
            save_demand(
                actor=request.actor,
                at=clock.now(),
                round=row,
                quantities=numbers,
                note=request.POST.get("note"),
            )
        except Refused as refusal:
            if not refusal.fields:
                messages.warning(request, str(refusal))
                return redirect("distribution:demand", row.pk)
            faults = refusal.fields
        else:
            if request.POST.get("then") == "review":
                return redirect("distribution:demand-review", row.pk)
            messages.success(request, _("Saved."))
            return redirect("distribution:demand", row.pk)
    return _page(request, row, request_row, faults)


@page(POINT)
@require_POST
def line(request: ActingRequest, pk: int, title_id: int) -> HttpResponseBase:
    """Keep one number as soon as it was typed; answer with the totals."""
    row, _request_row = found(request, pk)
    name = f"quantity_{title_id}"
    number = whole_number(request.POST.get(name, "").strip())
    fault: Text = ""
    if number is None:
        fault = NOT_A_NUMBER
    else:
        try:
            save_demand(actor=request.actor, at=clock.now(), round=row, quantities={title_id: number})
        except Refused as refusal:
            fault = refusal.fields.get(name, refusal.message)
    request_row = demand_or_new(request.actor, row)
    shown = point_demand(
        row, request.actor.organisation_id or 0, request_row if request_row and request_row.pk else None
    )
    title = next((one.title for one in shown.rows if one.title.pk == title_id), None)
    context = {
        "demand": shown,
        "fault": fault,
        "title": title,
        "was": {"id": title_id, "value": number} if not fault else None,
        "at": clock.now(),
    }
    return render(request, "distribution/demand/totals.html", context, status=422 if fault else 200)


def found(request: ActingRequest, pk: int) -> tuple[Round, DemandRequest]:
    """Return a round of the point and its demand there, begun or not. Raise ``NotFound``."""
    row = _of_point.first(actor=request.actor, pk=pk)
    request_row = demand_or_new(request.actor, row) if row else None
    if row is None or request_row is None:
        raise NotFound
    return row, request_row


@kept
def _of_point(actor: Actor, pk: int) -> QuerySet[Round]:
    return rounds_of_point(actor).filter(pk=pk)


_CONSENTS = kept(consents_for)


def standing(request: ActingRequest, request_row: DemandRequest) -> dict[str, Any]:
    """Return what the point may do with its demand now, and what stands in the way."""
    offers = {
        o.verb: o for o in DEMAND_FLOW.offered(actor=request.actor, subject=request_row, at=clock.now())
    }
    save, take_back = offers.get("save_demand"), offers.get("take_back_demand")
    late = _CONSENTS.first(round_id=request_row.batch.round_id, organisation_id=request_row.point_id)
    return {
        "may_save": save is not None and save.is_ready,
        "may_take_back": take_back is not None and take_back.is_ready,
        "hindrance": save.hindrances[0] if save and save.hindrances else "",
        "late": late,
        "last_day": last_day(request_row, late),
    }


def last_day(request_row: DemandRequest, late: LateConsent | None) -> date | None:
    """Return the day until which the point has time, with its leave to be late."""
    until = request_row.batch.round.last_day_of_points
    return until if until is None or late is None else max(until, late.until)


def _numbers(request: ActingRequest) -> tuple[dict[int, int], dict[str, Text]]:
    """Return the numbers that this person changed, compared with what the page showed, and what is no number.

    What somebody else changed in the meantime, and this person did not touch, stays.
    """
    typed = copies_of(request.POST, "quantity")
    shown = copies_of(request.POST, "was")
    numbers, faults = dict[int, int](), dict[str, Text]()
    for title_id, text in typed.items():
        number = whole_number(text)
        if number is None:
            faults[f"quantity_{title_id}"] = NOT_A_NUMBER
        elif title_id not in shown or number != whole_number(shown[title_id]):
            numbers[title_id] = number
    return numbers, faults


def _page(
    request: ActingRequest, row: Round, request_row: DemandRequest, faults: dict[str, Text] | None = None
) -> HttpResponseBase:
    shown = point_demand(row, request.actor.organisation_id or 0, request_row if request_row.pk else None)
    context = standing(request, request_row) | {
        "round": row,
        "row": request_row,
        "demand": shown,
        "rows": [_row(request, row, one, faults or {}) for one in shown.rows],
        "most": MOST_COPIES,
        "has_faults": bool(faults),
        "note_form": _note_form(request, request_row, (faults or {}).get("note", "")),
        "is_decided": any(one.decided for one in shown.rows),
        "learners_known": has_stated(request.actor.organisation_id, row.year),
        "today": clock.today(),
    }
    return render(request, "distribution/demand/demand.html", context, status=422 if faults else 200)


def _note_form(request: ActingRequest, request_row: DemandRequest, fault: Text) -> NoteForm:
    """Return the remark as it is, or as it was typed, with what is wrong with it."""
    if request.method != "POST":
        return NoteForm(initial={"note": request_row.note})
    form = NoteForm({"note": request.POST.get("note", request_row.note)})
    if form.is_valid() and fault:
        form.add_error("note", str(fault))
    return form


def _row(request: ActingRequest, row: Round, one: Any, faults: dict[str, Text]) -> dict[str, Any]:
    name = f"quantity_{one.title.pk}"
    return {
        "demand": one,
        "entry": one.title.entry,
        "cover": cover_url(one.title.entry),
        "name": name,
        "typed": request.POST.get(name, one.asked) if request.method == "POST" else one.asked,
        "fault": faults.get(name, ""),
        "post": reverse("distribution:demand-line", args=[row.pk, one.title.pk]),
    }
