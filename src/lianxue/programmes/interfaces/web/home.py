"""What programmes puts on the home page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import HOME, HomeSource, Panel, Waiting
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor, Role
from lianxue.programmes.enums import PanelState, ScoreState
from lianxue.programmes.models import Score
from lianxue.programmes.queries.at_a_glance import CallStanding, StageStanding, calls_at_a_glance
from lianxue.programmes.queries.filings import notices_on_desk, on_desk
from lianxue.programmes.queries.standing_words import STANDING_TONES, STANDING_WORDS
from lianxue.programmes.rules.filing import principals_of
from lianxue.programmes.rules.panels import SCORES


def waiting_at_desk(actor: Actor, _at: datetime) -> list[Waiting]:
    """Return what waits for the actor's opinion."""
    if actor.organisation_id is None or not (actor.is_administrator or principals_of(actor)):
        return []
    found = []
    if filings := on_desk(actor).count():
        found.append(Waiting(_("Give opinions on filings"), reverse("programmes:desk"), filings))
    if notices := notices_on_desk(actor).count():
        found.append(Waiting(_("Decide change notices"), reverse("programmes:desk"), notices))
    return found


def waiting_scores(actor: Actor, _at: datetime) -> list[Waiting]:
    """Return what waits for the actor's score."""
    if actor.role != Role.EXPERT:
        return []
    rows = visible(Score.objects.filter(state=ScoreState.OPEN), SCORES, actor)
    number = rows.filter(seat__panel__state=PanelState.SCORING).count()
    return [Waiting(_("Score filings"), reverse("programmes:scoring"), number)] if number else []


def panel_of_calls(actor: Actor, at: datetime) -> list[Panel]:
    """Return how the open calls stand that the actor's organisation runs, decides in or files in; nothing without any."""
    if not actor.is_administrator or actor.organisation_id is None:
        return []
    rows = [row for one in calls_at_a_glance(actor, local_date(at)) for row in _rows(one)]
    if not rows:
        return []
    context = {
        "rows": rows,
        "has_desk": any(row["on_desk"] for row in rows),
        "has_units": any(row["units"] for row in rows),
        "has_own": any(row["own"] for row in rows),
    }
    return [Panel("programmes/home/calls.html", context, wide=True)]


def _rows(one: CallStanding) -> Iterator[dict[str, Any]]:
    """Yield a row for each stage that takes filings now; what lies at the desk stands on the first."""
    stages: list[StageStanding | None] = [*one.stages] or [None]
    for number, standing in enumerate(stages):
        own = standing.own if standing else ""
        yield {
            "call": one.call,
            "stage": standing.stage if standing else None,
            "due_on": standing.due_on if standing else None,
            "on_desk": one.on_desk if number == 0 else 0,
            "units": standing.units if standing else 0,
            "missing": standing.missing if standing else 0,
            "own": STANDING_WORDS[own] if own else "",
            "own_tone": STANDING_TONES[own] if own else "",
        }


def register_home() -> None:
    """Add programmes to the home page."""
    HOME.register("programmes.desk", HomeSource(waiting=waiting_at_desk, panels=panel_of_calls))
    HOME.register("programmes.scoring", HomeSource(waiting=waiting_scores))
