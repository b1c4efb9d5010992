"""The office's side of a panel: drawing, how far the scoring is, the ranking, and what follows from it."""

import secrets
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, add_refusal, export_asked, page, request_key, spreadsheet
from lianxue.kernel.pages.pressing import acted
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import FilingState, PanelState, ScoreState
from lianxue.programmes.flows.panel import PANEL_FLOW
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS, READERS
from lianxue.programmes.interfaces.web.office.preparing import own_call
from lianxue.programmes.interfaces.web.panels.forms import DrawForm
from lianxue.programmes.models import Panel, Score
from lianxue.programmes.operations.panels.draw import draw_more, draw_panel
from lianxue.programmes.operations.panels.score import begin_scoring, close_panel, reopen_panel
from lianxue.programmes.queries.ranking import panel_rule, ranking, rooms
from lianxue.programmes.rules.panels import RUNS_PANEL, SEES_PANEL

MOST_SEED = 999_999


def _seen(request: ActingRequest, pk: int) -> Panel:
    return get_visible(
        Panel.objects.select_related("call__revision", "call__office"), SEES_PANEL, request.actor, pk=pk
    )


@page(ADMINISTRATORS)
def draw(request: ActingRequest, pk: int, stage: str, level: str) -> HttpResponseBase:
    """Draw a panel for a level, or go to the one that is there."""
    row = own_call(request, pk)
    there = Panel.objects.filter(call=row, stage=stage, level=level).first()
    if there is not None:
        return redirect("programmes:panel", there.pk)
    stages = {one.key: one for one in row.definition.filed_stages()}
    levels = {one.key: one for one in stages[stage].levels} if stage in stages else {}
    rule = levels[level].panel if level in levels else None
    if rule is None:
        raise NotFound
    initial = {
        "size": rule.size or row.numbers.get("panel_size"),
        "ratio_percent": row.numbers.get("recommendation_ratio"),
    }
    form = DrawForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = draw_panel(
                actor=request.actor,
                at=clock.now(),
                call=row,
                stage=stage,
                level=level,
                size=form.cleaned_data["size"],
                ratio_percent=form.cleaned_data["ratio_percent"],
                seed=secrets.randbelow(MOST_SEED),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("programmes:panel", made.pk)
    context = {
        "call": row,
        "stage": stages[stage],
        "level": levels[level],
        "rule": rule,
        "form": form,
        "request_key": request_key(request),
    }
    return render(request, "programmes/panels/draw.html", context, status=422 if form.errors else 200)


@page(READERS)
def panel(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show who scores what and how far it is."""
    row = _seen(request, pk)
    stage = row.call.definition.stage(row.stage)
    level = next(one for one in stage.levels if one.key == row.level)
    scores = Score.objects.select_related("seat__expert", "revision__filing__unit").filter(seat__panel=row)
    scores = scores.order_by("revision__filing__unit__code", "seat__alias")
    by_filing: dict[int, dict[str, Any]] = {}
    for one in scores:
        entry = by_filing.setdefault(one.revision_id, {"filing": one.revision.filing, "scores": []})
        entry["scores"].append(one)
    counts = {state: sum(one.state == state for one in scores) for state in ScoreState.values}
    offers = {o.verb: o for o in PANEL_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context = {
        "panel": row,
        "stage": stage,
        "level": level,
        "rule": panel_rule(row),
        "rows": list(by_filing.values()),
        "given": counts[ScoreState.GIVEN],
        "due": counts[ScoreState.GIVEN] + counts[ScoreState.OPEN],
        "conflicts": counts[ScoreState.CONFLICT],
        "offers": offers,
        "is_waiting": any(one["filing"].state == FilingState.SUBMITTED for one in by_filing.values()),
    }
    return render(request, "programmes/panels/panel.html", context)


COLUMNS = [
    Column("place", gettext_lazy("Rank"), lambda row: row.place),
    Column("unit", gettext_lazy("Unit"), lambda row: row.filing.unit.name),
    Column("area", gettext_lazy("Area"), lambda row: row.area),
    Column("mean", gettext_lazy("Mean"), lambda row: row.mean),
    Column("lowest", gettext_lazy("Lowest"), lambda row: row.lowest),
    Column("highest", gettext_lazy("Highest"), lambda row: row.highest),
    Column("spread", gettext_lazy("Spread"), lambda row: row.spread),
    Column("scores", gettext_lazy("Scores"), lambda row: row.scores),
]


@page(READERS)
def ranked(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the ranking with its arithmetic, and what the ratio leaves room for."""
    row = _seen(request, pk)
    rows = ranking(row)
    if export_asked(request):
        return spreadsheet(
            _("%(call)s: ranking") % {"call": row.call},
            [column.title for column in COLUMNS],
            ([column.value(one) for column in COLUMNS] for one in rows),
        )
    context = {
        "panel": row,
        "stage": row.call.definition.stage(row.stage),
        "rows": rows,
        "rooms": rooms(row, rows),
        "rule": panel_rule(row),
        "is_closed": row.state == PanelState.CLOSED,
        "chart": {
            "labels": [one.filing.unit.name for one in rows],
            "series": [{"name": _("Mean"), "values": [float(one.mean) for one in rows]}],
        },
        "may_decide": RUNS_PANEL.holds(request.actor, row)
        and row.state == PanelState.CLOSED
        and any(one.filing.state == FilingState.SUBMITTED for one in rows),
    }
    return render(request, "programmes/panels/ranking.html", context)


def _press(request: ActingRequest, pk: int, act: Any, done: str, *, to: str = "panel") -> HttpResponseBase:
    row = get_visible(Panel.objects.select_related("call"), RUNS_PANEL, request.actor, pk=pk)
    key = request_key(request)
    return acted(
        request,
        lambda: act(actor=request.actor, at=clock.now(), panel=row, request_key=key),
        done=done,
        back=reverse("programmes:panel", args=[pk]),
        then=reverse(f"programmes:{to}", args=[pk]),
    )


@page(ADMINISTRATORS)
@require_POST
def begin(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Let the experts begin."""
    return _press(request, pk, begin_scoring, _("The experts have been told and can begin."))


@page(ADMINISTRATORS)
@require_POST
def more(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Draw for filings that came later."""
    return _press(request, pk, draw_more, _("Experts have been drawn for what came later."))


@page(ADMINISTRATORS)
@require_POST
def close(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Close the scoring."""
    return _press(
        request, pk, close_panel, _("The scoring is closed. Here is the ranking."), to="panel-ranking"
    )


@page(ADMINISTRATORS)
@require_POST
def reopen(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Let the experts score again."""
    return _press(request, pk, reopen_panel, _("The experts can score again."))
