"""The way of a panel, and of one expert's score."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.programmes.enums import PanelState, ScoreState
from lianxue.programmes.models import Panel, Score
from lianxue.programmes.queries.ranking import unscored
from lianxue.programmes.rules.panels import RUNS_PANEL, SCORES

DRAWN, SCORING, CLOSED = PanelState.values
OPEN, CONFLICT, GIVEN = ScoreState.values


def _all_are_scored(panel: Panel, _at: datetime) -> bool:
    return not unscored(panel)


def _panel_is_scoring(score: Score, _at: datetime) -> bool:
    return score.seat.panel.state == PanelState.SCORING


ALL_ARE_SCORED = Condition(
    "all_are_scored", _all_are_scored, _("Some filings have no score yet, or experts have not finished.")
)
PANEL_IS_SCORING = Condition("panel_is_scoring", _panel_is_scoring, _("The panel is not scoring now."))

PANEL_FLOW = Flow(
    "panel",
    states=PanelState.values,
    steps=[
        Step(
            "draw_more",
            (DRAWN, SCORING),
            None,
            RUNS_PANEL,
            _("Draw for filings that came later"),
            tone="plain",
        ),
        Step("begin_scoring", (DRAWN,), SCORING, RUNS_PANEL, _("Let the experts begin")),
        Step("close_panel", (SCORING,), CLOSED, RUNS_PANEL, _("Close the scoring"), needs=(ALL_ARE_SCORED,)),
        Step("reopen_panel", (CLOSED,), SCORING, RUNS_PANEL, _("Let them score again"), tone="plain"),
    ],
)

SCORE_FLOW = Flow(
    "score",
    states=ScoreState.values,
    steps=[
        Step("give_score", (OPEN, GIVEN), GIVEN, SCORES, _("Save the score"), needs=(PANEL_IS_SCORING,)),
        Step(
            "declare_conflict",
            (OPEN, GIVEN),
            CONFLICT,
            SCORES,
            _("Declare a conflict of interest"),
            needs=(PANEL_IS_SCORING,),
            tone="plain",
        ),
    ],
)
