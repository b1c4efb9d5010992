"""The experts' side: what is to be scored, one filing after the other."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import PanelState, ScoreState
from lianxue.programmes.interfaces.web.access import EXPERTS
from lianxue.programmes.interfaces.web.panels.forms import ConflictForm, ScoreForm
from lianxue.programmes.models import FilingFile, Score
from lianxue.programmes.operations.panels.score import declare_conflict, give_score
from lianxue.programmes.queries.ranking import panel_rule
from lianxue.programmes.queries.reading import answers_shown
from lianxue.programmes.rules.panels import SCORES

WITH = ("seat__panel__call__revision", "revision__filing__unit", "revision__filing__call__revision")


@page(EXPERTS)
def scoring(request: ActingRequest) -> HttpResponseBase:
    """List what the expert scores, what is open first."""
    rows = visible(Score.objects.select_related(*WITH), SCORES, request.actor)
    rows = rows.exclude(seat__panel__state=PanelState.DRAWN).order_by("seat__panel_id", "pk")
    ordered = sorted(
        rows, key=lambda one: (one.seat.panel.state != PanelState.SCORING, one.state != ScoreState.OPEN)
    )
    shown = [
        {"one": one, "label": label_of(one), "is_open": one.seat.panel.state == PanelState.SCORING}
        for one in ordered
    ]
    return render(request, "programmes/panels/scoring.html", {"rows": shown})


def label_of(score: Score) -> str:
    """Return what an expert calls a filing: its unit, or a number where names stay hidden."""
    if panel_rule(score.seat.panel).anonymous:
        return _("No. %(number)d") % {"number": score.revision_id}
    return score.revision.filing.unit.name


def _own(request: ActingRequest, pk: int) -> Score:
    row = get_visible(Score.objects.select_related(*WITH), SCORES, request.actor, pk=pk)
    if row.seat.panel.state == PanelState.DRAWN:
        raise NotFound
    return row


@page(EXPERTS)
def score(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Read one filing and give points on every item."""
    row = _own(request, pk)
    rule = panel_rule(row.seat.panel)
    form = ScoreForm(request.POST if request.method == "POST" else None, rule=rule, score=row)
    if request.method == "POST" and form.is_valid():
        try:
            give_score(
                actor=request.actor,
                at=clock.now(),
                score=row,
                points=form.points(),
                comment=form.cleaned_data["comment"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            for name, text in refusal.fields.items():
                form.add_error(f"item.{name}" if f"item.{name}" in form.fields else name, str(text))
            if not refusal.fields:
                add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            following = (
                visible(Score.objects.all(), SCORES, request.actor)
                .filter(seat__panel=row.seat.panel, state=ScoreState.OPEN)
                .order_by("pk")
                .first()
            )
            return redirect("programmes:score", following.pk) if following else redirect("programmes:scoring")
    context = {
        "score": row,
        "label": label_of(row),
        "call": row.seat.panel.call,
        "sections": answers_shown(row.revision.filing, row.revision),
        "form": form,
        "is_open": row.seat.panel.state == PanelState.SCORING and row.state != ScoreState.CONFLICT,
        "request_key": request_key(request),
    }
    return render(request, "programmes/panels/score.html", context, status=422 if form.errors else 200)


@page(EXPERTS)
def conflict(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Step back from one filing."""
    row = _own(request, pk)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_conflict(
                actor=request.actor,
                at=clock.now(),
                score=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you. Somebody else judges this one."))
            return redirect("programmes:scoring")
    context = {"score": row, "label": label_of(row), "form": form, "request_key": request_key(request)}
    return render(request, "programmes/panels/conflict.html", context, status=422 if form.errors else 200)


@page(EXPERTS)
def score_file(request: ActingRequest, pk: int, file_id: int) -> HttpResponseBase:
    """Give a file of the filing that the expert scores."""
    row = _own(request, pk)
    named = {one["id"] for one in row.revision.files}
    file = (
        FilingFile.objects.select_related("file").filter(pk=file_id, filing_id=row.revision.filing_id).first()
    )
    if file is None or file.pk not in named:
        raise NotFound
    return file_response(file.file)
