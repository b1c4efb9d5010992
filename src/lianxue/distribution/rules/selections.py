"""Who may run, read and check the yearly selections (S0-33, S0-57…59)."""

from django.db.models import Q

from lianxue.distribution.enums import SelectionState
from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.rules.rounds import ADMINISTERS, OFFICE_STAFF, ids_on_path
from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.public import Actor, Role, below, has_role, own


def _is_published_above(actor: Actor, subject: Selection) -> bool:
    return subject.state != SelectionState.DRAFT and subject.office_id in ids_on_path(actor.path)


def _is_decided(_actor: Actor, subject: Candidate) -> bool:
    return subject.selection.state == SelectionState.DECIDED


# From the moment of publication everybody in the network reads the weights; before, they are the office's own business.
PUBLISHED_ABOVE: Rule[Actor] = rule(
    "published by an office above",
    holds=_is_published_above,
    rows=lambda actor: ~Q(state=SelectionState.DRAFT) & Q(office_id__in=ids_on_path(actor.path)),
)
# A place that is not decided yet is nobody else's to read.
OF_DECIDED: Rule[Actor] = rule(
    "of a selection that is decided",
    holds=_is_decided,
    rows=lambda _actor: Q(selection__state=SelectionState.DECIDED),
)

BEGINS_SELECTION = has_role(Role.TIER_ADMIN, tier=1)
RUNS_SELECTION = ADMINISTERS & own("office")
READS_SELECTION = OFFICE_STAFF & own("office")
SEES_SELECTION = READS_SELECTION | PUBLISHED_ABOVE

SEES_CANDIDATE = (OFFICE_STAFF & own("selection__office")) | (
    ADMINISTERS & OF_DECIDED & (own("organisation") | below("organisation"))
)

RUNS_CERTIFICATE = ADMINISTERS & own("candidate__selection__office")
SEES_CERTIFICATE = (OFFICE_STAFF & own("candidate__selection__office")) | (
    ADMINISTERS & (own("candidate__organisation") | below("candidate__organisation"))
)
