"""The way of a yearly selection (S0-33, S0-57, S0-58), and of its certificates.

Weights are published before anything is ranked, and from then on they stand.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import SelectionState
from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.queries.selections.ranking import unexplained
from lianxue.distribution.rules.selections import RUNS_CERTIFICATE, RUNS_SELECTION
from lianxue.kernel.flow import Condition, Flow, Step

DRAFT, PUBLISHED, RANKED, DECIDED = SelectionState.values


def _has_weights(selection: Selection, _at: datetime) -> bool:
    return any(selection.weights.values())


def _somebody_is_chosen(selection: Selection, _at: datetime) -> bool:
    return Candidate.objects.filter(selection=selection, chosen=True).exists()


def _departures_are_explained(selection: Selection, _at: datetime) -> bool:
    return not unexplained(selection)


HAS_WEIGHTS = Condition(
    "has_weights", _has_weights, _("Please give at least one criterion a weight before you publish them.")
)
SOMEBODY_IS_CHOSEN = Condition(
    "somebody_is_chosen", _somebody_is_chosen, _("Nobody is chosen yet. Please mark who is.")
)
DEPARTURES_ARE_EXPLAINED = Condition(
    "departures_are_explained",
    _departures_are_explained,
    _("The choice departs from the ranking without a reason. Please say why for each of those."),
)

SELECTION_FLOW = Flow(
    "selection",
    states=SelectionState.values,
    steps=[
        Step(
            verb="save_selection",
            source=(DRAFT,),
            target=None,
            who=RUNS_SELECTION,
            label=_("Save"),
            tone="plain",
        ),
        Step(
            verb="discard_selection",
            source=(DRAFT,),
            target=None,
            who=RUNS_SELECTION,
            label=_("Throw the draft away"),
            tone="danger",
        ),
        Step(
            verb="publish_selection",
            source=(DRAFT,),
            target=PUBLISHED,
            who=RUNS_SELECTION,
            label=_("Publish the weights"),
            needs=(HAS_WEIGHTS,),
        ),
        Step(
            verb="rank_candidates",
            source=(PUBLISHED, RANKED),
            target=RANKED,
            who=RUNS_SELECTION,
            label=_("Make the ranking"),
        ),
        Step(
            verb="mark_candidates",
            source=(RANKED,),
            target=None,
            who=RUNS_SELECTION,
            label=_("Mark who is chosen"),
            tone="plain",
        ),
        Step(
            verb="decide_selection",
            source=(RANKED,),
            target=DECIDED,
            who=RUNS_SELECTION,
            label=_("Decide"),
            needs=(SOMEBODY_IS_CHOSEN, DEPARTURES_ARE_EXPLAINED),
        ),
    ],
)

CERTIFICATE_FLOW = Flow(
    "certificate",
    states=("valid", "withdrawn"),
    field="standing",
    steps=[
        Step(
            verb="withdraw_certificate",
            source=("valid",),
            target="withdrawn",
            who=RUNS_CERTIFICATE,
            label=_("Withdraw"),
            tone="danger",
        ),
    ],
)
