"""What programmes puts on the home page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.pages import HOME, HomeSource, Waiting
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor, Role
from lianxue.programmes.enums import PanelState, ScoreState
from lianxue.programmes.models import Score
from lianxue.programmes.queries.filings import notices_on_desk, on_desk
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


def register_home() -> None:
    """Add programmes to the home page."""
    HOME.register("programmes.desk", HomeSource(waiting=waiting_at_desk))
    HOME.register("programmes.scoring", HomeSource(waiting=waiting_scores))
