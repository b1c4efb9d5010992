"""Who may see, write, pass on and review a contribution."""

from django.db.models import Q

from lianxue.kernel.rules import Rule, role_rule, rule
from lianxue.orgs.public import Actor, Role, below, directly_below, has_role, own
from lianxue.resources.enums import ContributionState
from lianxue.resources.models import Contribution

ADMINISTERS = has_role(Role.TIER_ADMIN)
OFFICE_REVIEWER = has_role(Role.TIER_ADMIN, Role.RESOURCE_REVIEWER, tier=1)
OFFICE_READER = OFFICE_REVIEWER | has_role(Role.AUDITOR, tier=1)


def _was_sent(_actor: Actor, contribution: Contribution) -> bool:
    return contribution.state != ContributionState.DRAFT


def _is_anothers(actor: Actor, contribution: Contribution) -> bool:
    return actor.person_id not in (contribution.submitted_by_id, contribution.created_by_id)


def _anothers_rows(actor: Actor) -> Q:
    if actor.person_id is None:
        return Q(submitted_by__isnull=False, created_by__isnull=False)
    return ~Q(submitted_by_id=actor.person_id) & ~Q(created_by_id=actor.person_id)


# What was never sent in is nobody else's to read.
WAS_SENT: Rule[Actor] = rule(
    "was sent in", holds=_was_sent, rows=lambda _actor: ~Q(state=ContributionState.DRAFT)
)
# Nobody reviews what they wrote or sent in themselves, under whatever post.
IS_ANOTHERS: Rule[Actor] = rule("is another person's", holds=_is_anothers, rows=_anothers_rows)


def _below_tier(tier: int) -> Rule[Actor]:
    return role_rule(f"below tier {tier}", lambda actor: actor.tier is not None and actor.tier > tier)


WRITES_CONTRIBUTION = ADMINISTERS & own() & _below_tier(1)
SUBMITS_TO_COLLEGE = ADMINISTERS & own() & _below_tier(2)
SUBMITS_TO_OFFICE = has_role(Role.TIER_ADMIN, tier=2) & own()
# S0-40: 由区社区学院汇总后上交市学指办. Whoever stands directly above collates; the office itself only reviews.
COLLATES_CONTRIBUTION = ADMINISTERS & directly_below() & _below_tier(1)
REVIEWS_CONTRIBUTION = OFFICE_REVIEWER & below() & IS_ANOTHERS
SEES_CONTRIBUTION = (ADMINISTERS & own()) | ((ADMINISTERS | OFFICE_READER) & below() & WAS_SENT)
