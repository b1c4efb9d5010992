"""The way of a round that its sender decides alone (S0-42: 市级、区级配送资源)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundState
from lianxue.distribution.models import Round
from lianxue.distribution.rules.rounds import RUNS_DIRECT_ROUND
from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.resources.public import EntryState


def _has_titles(subject: Round, _at: datetime) -> bool:
    return subject.titles.exists()


def _all_published(subject: Round, _at: datetime) -> bool:
    return not subject.titles.exclude(entry__state=EntryState.PUBLISHED).exists()


HAS_TITLES = Condition("has_titles", check=_has_titles, message=_("Please choose the titles first."))
ALL_PUBLISHED = Condition(
    "all_titles_published",
    check=_all_published,
    message=_("A title has been withdrawn from the catalogue. Please take it out first."),
)

DIRECT_ROUND_FLOW = Flow(
    "direct_round",
    states=[RoundState.DRAFT, RoundState.ALLOCATED, RoundState.CLOSED],
    steps=[
        Step(
            "choose_direct_titles",
            (RoundState.DRAFT,),
            None,
            RUNS_DIRECT_ROUND,
            _("Choose titles"),
            tone="plain",
        ),
        Step(
            "hand_out",
            (RoundState.DRAFT,),
            RoundState.ALLOCATED,
            RUNS_DIRECT_ROUND,
            _("Make the parcels"),
            needs=(HAS_TITLES, ALL_PUBLISHED),
        ),
        Step(
            "close_direct_round",
            (RoundState.ALLOCATED,),
            RoundState.CLOSED,
            RUNS_DIRECT_ROUND,
            _("Close the dispatch"),
            tone="plain",
        ),
    ],
)
