"""The whole tables of panels and scores: every state × every verb × everybody, nothing changed by a refusal."""

import pytest
from tests.factories.orgs import AT, make_actor
from tests.factories.programmes import TrialCall
from tests.factories.programmes_people import everybody
from tests.programmes.flows.matrix import offered_to_everybody, tried_by_everybody

from lianxue.kernel.errors import Unmet
from lianxue.orgs.public import Actor, Role
from lianxue.programmes.enums import Decision, PanelState, ScoreState
from lianxue.programmes.flows.panel import PANEL_FLOW, SCORE_FLOW
from lianxue.programmes.models import Filing, Panel, Score
from lianxue.programmes.operations.panels.draw import draw_more, draw_panel
from lianxue.programmes.operations.panels.score import (
    begin_scoring,
    close_panel,
    declare_conflict,
    give_score,
    reopen_panel,
)
from lianxue.programmes.queries.ranking import ranking

pytestmark = pytest.mark.django_db

PANELS: dict[str, dict[str, str]] = {
    "draw_more": {"drawn": "O", "scoring": "O"},
    "begin_scoring": {"drawn": "O"},
    "close_panel": {"scoring": "O"},
    "reopen_panel": {"closed": "O"},
}
SCORES: dict[str, dict[str, str]] = {
    "give_score": {"open": "P", "given": "P"},
    "declare_conflict": {"open": "P", "given": "P"},
}
POINTS = {"basic": 30, "key": 20}


def _summary(trial: TrialCall, number: int) -> Filing:
    street = trial.network.streets[number]
    trial.approved(street)
    return trial.submit(trial.fill(trial.filing(street, "summary")))


def _panel(trial: TrialCall, state: str, size: int = 1) -> Panel:
    """A panel over the first street's summary; the second street's came later."""
    office = trial.network.actor(trial.network.office)
    trial.network.actor(trial.network.office, Role.EXPERT)
    _summary(trial, 0)
    panel = draw_panel(actor=office, at=AT, call=trial.call, stage="summary", level="city", size=size, seed=1)
    if state != PanelState.DRAWN:
        panel = begin_scoring(actor=office, at=AT, panel=panel)
        _score_all(trial, panel)
    if state == PanelState.CLOSED:
        panel = close_panel(actor=office, at=AT, panel=panel)
    _summary(trial, 1)
    return panel


def _score_all(trial: TrialCall, panel: Panel, points: dict[str, int] | None = None) -> None:
    for score in Score.objects.filter(seat__panel=panel, state="open"):
        expert = trial.network.actor(trial.network.office, Role.EXPERT)
        give_score(actor=expert, at=AT, score=score, points=points or POINTS)


def _act(verb: str, actor: Actor, panel: Panel) -> None:
    acts = {
        "draw_more": draw_more,
        "begin_scoring": begin_scoring,
        "close_panel": close_panel,
        "reopen_panel": reopen_panel,
    }
    acts[verb](actor=actor, at=AT, panel=panel)


def test_the_tables_name_every_verb() -> None:
    assert (tuple(PANELS), tuple(SCORES)) == (PANEL_FLOW.verbs, SCORE_FLOW.verbs)


@pytest.mark.parametrize("state", PanelState.values)
def test_every_verb_of_a_panel_in_every_state_by_everybody(state: str, trial: TrialCall) -> None:
    actors = everybody(trial.network)
    panel = _panel(trial, state)
    for verb in PANELS:
        tried_by_everybody(
            PANEL_FLOW,
            PANELS,
            panel,
            verb=verb,
            actors=actors,
            act=lambda actor, verb=verb: _act(verb, actor, panel),
        )
    offered_to_everybody(PANEL_FLOW, PANELS, panel, actors)


@pytest.mark.parametrize("state", ScoreState.values)
def test_every_verb_of_a_score_in_every_state_by_everybody(state: str, trial: TrialCall) -> None:
    actors = everybody(trial.network)
    panel = _panel(trial, PanelState.SCORING)
    score = Score.objects.get(seat__panel=panel)
    # Straight into the row: a conflict without anybody else to draw is refused, so no operation leads here.
    Score.objects.filter(pk=score.pk).update(state=state)
    make_actor(trial.network.office, Role.EXPERT)
    score.refresh_from_db()
    for verb in SCORES:
        tried_by_everybody(
            SCORE_FLOW,
            SCORES,
            score,
            verb=verb,
            actors=actors,
            act=lambda actor, verb=verb: _act_score(verb, actor, score),
        )
    offered_to_everybody(SCORE_FLOW, SCORES, score, actors)


def _act_score(verb: str, actor: Actor, score: Score) -> None:
    if verb == "give_score":
        give_score(actor=actor, at=AT, score=score, points=POINTS)
    else:
        declare_conflict(actor=actor, at=AT, score=score, reason="曾任职")


def test_nothing_is_scored_when_the_panel_is_not_scoring(trial: TrialCall) -> None:
    panel = _panel(trial, PanelState.CLOSED)
    score = Score.objects.get(seat__panel=panel)
    for verb in SCORES:
        with pytest.raises(Unmet):
            _act_score(verb, trial.network.actor(trial.network.office, Role.EXPERT), score)


def test_what_was_returned_is_scored_anew_and_stands_once_in_the_ranking(trial: TrialCall) -> None:
    office = trial.network.actor(trial.network.office)
    panel = _panel(trial, PanelState.CLOSED)
    filing = Filing.objects.get(unit=trial.network.streets[0], stage="summary")
    trial.opinion(filing, Decision.RETURN)
    filing.refresh_from_db()
    trial.submit(filing)
    panel = reopen_panel(actor=office, at=AT, panel=panel)
    panel = draw_more(actor=office, at=AT, panel=panel)
    with pytest.raises(Unmet):
        close_panel(actor=office, at=AT, panel=panel)
    _score_all(trial, panel, {"basic": 60, "key": 40})
    rows = ranking(close_panel(actor=office, at=AT, panel=panel))
    assert sorted((one.filing.unit.name, str(one.mean)) for one in rows) == [
        ("南京东路街道", "100.00"),
        ("外滩街道", "100.00"),
    ]
