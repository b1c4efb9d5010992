"""The way of a round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lianxue.distribution.enums import RoundState
from lianxue.distribution.models import Round
from lianxue.distribution.queries.unmet import open_line_count
from lianxue.distribution.rules.rounds import CHASES_DEMAND, RUNS_ROUND
from lianxue.kernel.errors import Text
from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.resources.public import EntryState


def _has_titles(subject: Round, _at: datetime) -> bool:
    return subject.titles.exists()


def _all_titles_published(subject: Round, _at: datetime) -> bool:
    return not subject.titles.exclude(entry__state=EntryState.PUBLISHED).exists()


HAS_TITLES = Condition(
    "has_titles", check=_has_titles, message=_("There is no title in this round yet. Please add some first.")
)
ALL_TITLES_PUBLISHED = Condition(
    "all_titles_published",
    check=_all_titles_published,
    message=_(
        "A title of this round has been withdrawn from the catalogue. Please take it out of the round first."
    ),
)


def _answered(subject: Round, _at: datetime) -> bool:
    return open_line_count(subject) == 0


def _open_words(subject: Round) -> Text:
    count = open_line_count(subject)
    words = ngettext_lazy(
        "%(count)d line of unmet demand is still open. Carry it into another round, or close it with a reason.",
        "%(count)d lines of unmet demand are still open. Carry them into another round, or close them with a reason.",
        count,
    )
    return words % {"count": count}


UNMET_IS_ANSWERED = Condition("unmet_is_answered", check=_answered, message=_open_words)

UNFINISHED = (RoundState.DRAFT, RoundState.OPEN, RoundState.ALLOCATING, RoundState.ALLOCATED)
OFFERING = (RoundState.DRAFT, RoundState.OPEN)
DECIDED = (RoundState.ALLOCATED, RoundState.CLOSED)

ROUND_FLOW = Flow(
    "round",
    states=RoundState.values,
    steps=[
        Step("edit_round", UNFINISHED, None, RUNS_ROUND, _("Change name and days"), tone="plain"),
        Step("add_titles", OFFERING, None, RUNS_ROUND, _("Add titles"), tone="plain"),
        Step("remove_title", OFFERING, None, RUNS_ROUND, _("Take out"), tone="plain"),
        # More copies may turn up, or fewer, until they are shared out.
        Step("change_title", (*OFFERING, RoundState.ALLOCATING), None, RUNS_ROUND, _("Change"), tone="plain"),
        Step(
            "open_round",
            (RoundState.DRAFT,),
            RoundState.OPEN,
            RUNS_ROUND,
            _("Open the round"),
            needs=(HAS_TITLES, ALL_TITLES_PUBLISHED),
        ),
        Step("start_allocating", (RoundState.OPEN,), RoundState.ALLOCATING, RUNS_ROUND, _("End the demand")),
        Step("propose_allocation", (RoundState.ALLOCATING,), None, RUNS_ROUND, _("Propose an allocation")),
        Step(
            "commit_allocation",
            (RoundState.ALLOCATING,),
            RoundState.ALLOCATED,
            RUNS_ROUND,
            _("Decide the allocation"),
        ),
        Step(
            "close_round",
            (RoundState.ALLOCATED,),
            RoundState.CLOSED,
            RUNS_ROUND,
            _("Close the round"),
            needs=(UNMET_IS_ANSWERED,),
        ),
        Step("remind_missing", (RoundState.OPEN,), None, CHASES_DEMAND, _("Remind them all"), tone="plain"),
        Step(
            "give_late_consent", (RoundState.OPEN,), None, CHASES_DEMAND, _("Let them be late"), tone="plain"
        ),
        # Rounds that were closed before may have left something open.
        Step("carry_unmet", DECIDED, None, RUNS_ROUND, _("Carry into another round"), tone="plain"),
        Step("close_unmet", DECIDED, None, RUNS_ROUND, _("Close with a reason"), tone="plain"),
        Step("take_in_unmet", (RoundState.OPEN,), None, RUNS_ROUND, _("Take in open demand"), tone="plain"),
    ],
)
