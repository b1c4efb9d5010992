"""Who draws and reads panels, who scores."""

from typing import Any

from django.db.models import Q

from lianxue.kernel.rules import NO_ROWS, Rule, rule
from lianxue.orgs.public import Actor, Role, has_role, own

RUNS_PANEL: Rule[Actor] = has_role(Role.TIER_ADMIN) & own("call__office")
SEES_PANEL: Rule[Actor] = has_role(Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER) & own(
    "call__office"
)


def _is_own_score(actor: Actor, subject: Any) -> bool:
    return actor.person_id is not None and subject.seat.expert_id == actor.person_id


# An expert's scores are the expert's own, under whichever post they sit on the panel.
SCORES: Rule[Actor] = has_role(Role.EXPERT) & rule(
    "own score",
    holds=_is_own_score,
    rows=lambda actor: Q(seat__expert_id=actor.person_id) if actor.person_id is not None else NO_ROWS,
)
