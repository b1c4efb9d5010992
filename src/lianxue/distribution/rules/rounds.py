"""Who may see and run rounds and the sharing out of their copies."""

from django.db.models import Q

from lianxue.distribution.enums import RoundKind, RoundState
from lianxue.distribution.models import DemandBatch, Round
from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.public import Actor, Role, has_role, own

OFFICE_STAFF = has_role(Role.TIER_ADMIN, Role.RESOURCE_REVIEWER, Role.AUDITOR)
ADMINISTERS = has_role(Role.TIER_ADMIN)


def ids_on_path(path: str) -> list[int]:
    """Return the ids of the organisations on a path of the distribution chain, from the top down to its own end."""
    return [int(part) for part in path.split("/") if part]


def _is_open_above(actor: Actor, subject: Round) -> bool:
    return subject.state != RoundState.DRAFT and subject.office_id in ids_on_path(actor.path)


# A round that is being prepared is the office's own business.
OPENED_ABOVE: Rule[Actor] = rule(
    "opened by an office above",
    holds=_is_open_above,
    rows=lambda actor: ~Q(state=RoundState.DRAFT) & Q(office_id__in=ids_on_path(actor.path)),
)

IS_BY_DEMAND: Rule[Actor] = rule(
    "by demand",
    holds=lambda _actor, subject: subject.kind == RoundKind.DEMAND,
    rows=lambda _actor: Q(kind=RoundKind.DEMAND),
)
# S0-42: 市级、区级配送资源 that nobody has to ask for.
IS_DIRECT: Rule[Actor] = rule(
    "sent without demand",
    holds=lambda _actor, subject: subject.kind == RoundKind.DIRECT,
    rows=lambda _actor: Q(kind=RoundKind.DIRECT),
)

RUNS_ROUND = ADMINISTERS & own("office") & IS_BY_DEMAND
READS_ROUND = OFFICE_STAFF & own("office") & IS_BY_DEMAND
SEES_ROUND = READS_ROUND | (ADMINISTERS & OPENED_ABOVE & IS_BY_DEMAND)
RUNS_DIRECT_ROUND = ADMINISTERS & own("office") & IS_DIRECT


def _gathers_in(actor: Actor, subject: Round) -> bool:
    return DemandBatch.objects.filter(round=subject, college_id=actor.organisation_id or 0).exists()


# Points report to the actor's organisation in this round.
GATHERS_IN: Rule[Actor] = rule(
    "gathers in the round",
    holds=_gathers_in,
    rows=lambda actor: Q(
        pk__in=DemandBatch.objects.filter(college_id=actor.organisation_id or 0).values("round_id")
    ),
)

# Who answers for those that have not reported: the office for all, a college for its points.
CHASES_DEMAND = RUNS_ROUND | (ADMINISTERS & OPENED_ABOVE & GATHERS_IN)

# For the titles and allocations of a round, and the aggregated demand as the office has it.
RUNS_ROUND_OF = ADMINISTERS & own("round__office")
READS_ROUND_OF = OFFICE_STAFF & own("round__office")

BEGINS_ROUND = has_role(Role.TIER_ADMIN, tier=1)
