"""A college looks at the lines behind a total, or at those of one point, and changes what it passes on."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import COLLEGE
from lianxue.distribution.interfaces.web.rounds.forms import ReasonForm, copies_of, whole_number
from lianxue.distribution.interfaces.web.rounds.reporting_forms import CutForm
from lianxue.distribution.models import DemandBatch, DemandRequest, RoundTitle
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.demand.cut_lines import cut_lines
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.queries.aggregation import (
    SourceLine,
    lines_of_request,
    lines_of_title,
    own_batch,
    request_seen,
)
from lianxue.distribution.queries.titles import titles_of
from lianxue.kernel import clock
from lianxue.kernel.errors import Conflict, NotFound, Refused, Text
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

NOT_A_NUMBER = gettext_lazy("Please give a number from 0 to 99,999.")
WHY_HINT = gettext_lazy("One reason for all numbers that you changed here. The points read it.")


@page(COLLEGE)
def title(request: ActingRequest, pk: int, title_id: int) -> HttpResponseBase:
    """Show every line behind the total of one title; change what is passed on."""
    batch, row = _batch_and_title(request, pk, title_id)
    lines = lines_of_title(batch, row.pk)
    faults: dict[str, Text] = {}
    form = ReasonForm(request.POST or None, hint=WHY_HINT, is_required=False)
    if request.method == "POST" and form.is_valid():
        faults = _adjust(request, batch, lines, form)
        if not faults and not form.errors:
            return redirect("distribution:aggregation-title", batch.round_id, row.pk)
    return _title_page(request, batch, row, (form, CutForm(prefix="cut")), faults)


@page(COLLEGE)
@require_POST
def cut(request: ActingRequest, pk: int, title_id: int) -> HttpResponseBase:
    """Pass on less of one title in one step, each point in proportion."""
    batch, row = _batch_and_title(request, pk, title_id)
    form = CutForm(request.POST, prefix="cut")
    if form.is_valid():
        try:
            cut_lines(
                actor=request.actor,
                at=clock.now(),
                batch=batch,
                title=row,
                total=form.cleaned_data["total"],
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. The points see the change and its reason."))
            return redirect("distribution:aggregation-title", batch.round_id, row.pk)
    return _title_page(request, batch, row, (ReasonForm(hint=WHY_HINT, is_required=False), form), {})


def _batch_and_title(request: ActingRequest, pk: int, title_id: int) -> tuple[DemandBatch, RoundTitle]:
    batch = own_batch(request.actor, pk)
    row = titles_of(batch.round_id).filter(pk=title_id).first()
    if row is None:
        raise NotFound
    return batch, row


def _title_page(
    request: ActingRequest,
    batch: DemandBatch,
    row: RoundTitle,
    forms: tuple[ReasonForm, CutForm],
    faults: dict[str, Text],
) -> HttpResponseBase:
    (form, cut_form), lines = forms, lines_of_title(batch, row.pk)
    context = {
        "batch": batch,
        "round": batch.round,
        "title": row,
        "lines": _shown(request.POST, lines, faults),
        "asked": sum(one.line.asked for one in lines),
        "agreed": sum(one.line.agreed for one in lines),
        "may_adjust": bool(lines) and _may(request, lines[0].line.request, batch, "adjust_line"),
        "form": form,
        "cut_form": cut_form,
        "request_key": request_key(request),
    }
    is_faulty = bool(form.errors or cut_form.errors or faults)
    return render(
        request, "distribution/demand/aggregated_title.html", context, status=422 if is_faulty else 200
    )


@page(COLLEGE)
def point(request: ActingRequest, pk: int, request_id: int) -> HttpResponseBase:
    """Show the demand of one point; change what is passed on."""
    batch = own_batch(request.actor, pk)
    row = request_seen(request.actor, batch, request_id)
    lines = lines_of_request(row)
    faults: dict[str, Text] = {}
    form = ReasonForm(request.POST or None, hint=WHY_HINT, is_required=False)
    if request.method == "POST" and form.is_valid():
        faults = _adjust(request, batch, lines, form)
        if not faults and not form.errors:
            return redirect("distribution:aggregation-point", batch.round_id, row.pk)
    return _point_page(request, row, lines, (form, ReasonForm(prefix="back")), faults)


@page(COLLEGE)
@require_POST
def send_back(request: ActingRequest, pk: int, request_id: int) -> HttpResponseBase:
    """Send the demand of one point back with a reason."""
    batch = own_batch(request.actor, pk)
    row = request_seen(request.actor, batch, request_id)
    form = ReasonForm(request.POST, prefix="back")
    if form.is_valid():
        try:
            return_demand(
                actor=request.actor, at=clock.now(), request=row, reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Sent back to %(point)s.") % {"point": row.point.name})
            return redirect("distribution:aggregation-points", batch.round_id)
    changing = ReasonForm(hint=WHY_HINT, is_required=False)
    return _point_page(request, row, lines_of_request(row), (changing, form), {})


def _point_page(
    request: ActingRequest,
    row: DemandRequest,
    lines: Sequence[SourceLine],
    forms: tuple[ReasonForm, ReasonForm],
    faults: dict[str, Text],
) -> HttpResponseBase:
    (form, back_form), batch = forms, row.batch
    context = {
        "batch": batch,
        "round": batch.round,
        "row": row,
        "lines": _shown(request.POST, lines, faults),
        "asked": sum(one.line.asked for one in lines),
        "agreed": sum(one.line.agreed for one in lines),
        "may_adjust": _may(request, row, batch, "adjust_line"),
        "may_return": _may(request, row, batch, "return_demand"),
        "form": form,
        "back_form": back_form,
        "request_key": request_key(request),
    }
    is_faulty = bool(form.errors or faults or back_form.errors)
    return render(
        request, "distribution/demand/aggregated_point.html", context, status=422 if is_faulty else 200
    )


def _may(request: ActingRequest, row: DemandRequest, batch: DemandBatch, verb: str) -> bool:
    row.batch = batch
    offers = DEMAND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())
    return any(offer.verb == verb and offer.is_ready for offer in offers)


def _adjust(
    request: ActingRequest, batch: DemandBatch, lines: Sequence[SourceLine], form: ReasonForm
) -> dict[str, Text]:
    """Carry out the changes typed in; return what is wrong with the numbers, the rest stands on the form."""
    changes, faults = _changes(request.POST, lines, form.cleaned_data["reason"])
    if faults:
        return faults
    try:
        adjust_lines(
            actor=request.actor,
            at=clock.now(),
            batch=batch,
            changes=changes,
            request_key=request_key(request),
        )
    except Conflict as conflict:
        form.add_error(None, str(conflict))
    except Refused as refusal:
        add_refusal(form, refusal)
        return refusal.fields if any(name.startswith("agreed_") for name in refusal.fields) else {}
    else:
        messages.success(
            request,
            _("Saved. The points see the change and its reason.") if changes else _("Nothing was changed."),
        )
    return {}


def _changes(
    data: QueryDict, lines: Sequence[SourceLine], reason: str
) -> tuple[list[LineChange], dict[str, Text]]:
    typed = copies_of(data, "agreed")
    seen = copies_of(data, "seen")
    changes, faults = [], dict[str, Text]()
    for one in lines:
        pk = one.line.pk
        if pk not in typed:
            continue
        number, before = whole_number(typed[pk]), whole_number(seen.get(pk, ""))
        if number is None:
            faults[f"agreed_{pk}"] = NOT_A_NUMBER
        elif number != before:
            changes.append(LineChange(pk, number, reason, seen=before))
    return changes, faults


def _shown(data: QueryDict, lines: Sequence[SourceLine], faults: dict[str, Text]) -> list[dict[str, Any]]:
    """Return the lines with what was typed for them before."""
    return [
        {
            "source": one,
            "line": one.line,
            "key": str(one.line.pk),
            "typed": data.get(f"agreed_{one.line.pk}", one.line.agreed),
            "fault": faults.get(f"agreed_{one.line.pk}", ""),
        }
        for one in lines
    ]
