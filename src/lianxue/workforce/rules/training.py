"""Who runs a training, who may look at it, who is asked to come."""

from django.db.models import Q

from lianxue.kernel.rules import NO_ROWS, Rule, role_rule, rule
from lianxue.orgs.public import Actor, Role, has_role, own, own_or_beneath
from lianxue.workforce.enums import SessionState
from lianxue.workforce.models import Attendance, TrainingSession

ADMINISTERS = has_role(Role.TIER_ADMIN)
READS = has_role(Role.TIER_ADMIN, Role.AUDITOR)
SOMEBODY: Rule[Actor] = role_rule("signed in", lambda actor: actor.person_id is not None)


def _asked(actor: Actor) -> Q:
    """Return the attendances of the actor, and as an administrator those of the own unit."""
    mine = Q(person_id=actor.person_id) if actor.person_id is not None else NO_ROWS
    if actor.is_administrator and actor.organisation_id is not None:
        return mine | Q(organisation_id=actor.organisation_id)
    return mine


ANNOUNCED: Rule[Actor] = rule(
    "announced",
    holds=lambda _actor, session: session.state != SessionState.DRAFT,
    rows=lambda _actor: ~Q(state=SessionState.DRAFT),
)
ASKED: Rule[Actor] = rule(
    "asked to come",
    holds=lambda actor, session: Attendance.objects.filter(_asked(actor), session_id=session.pk).exists(),
    rows=lambda actor: Q(pk__in=Attendance.objects.filter(_asked(actor)).values("session_id")),
)

RUNS: Rule[Actor] = ADMINISTERS & own("organiser")
# Everybody's attendance is read by the organiser and those above it; the others read their own.
READS_ALL: Rule[Actor] = READS & (own("organiser") | (own_or_beneath("organiser") & ANNOUNCED))
SEES_SESSION: Rule[Actor] = READS_ALL | (ASKED & ANNOUNCED)

OWN_ROW: Rule[Actor] = rule(
    "own attendance, or that of the own unit",
    holds=lambda actor, row: (
        (actor.person_id is not None and row.person_id == actor.person_id)
        or (
            actor.is_administrator
            and row.organisation_id is not None
            and row.organisation_id == actor.organisation_id
        )
    ),
    rows=_asked,
)
RUNS_ROW: Rule[Actor] = ADMINISTERS & own("session__organiser")
EXCUSES: Rule[Actor] = OWN_ROW | RUNS_ROW


def may_organise(actor: Actor) -> bool:
    """Tell whether the actor may plan trainings: administrators of any organisation."""
    return actor.is_administrator and actor.organisation_id is not None


def door_is_open(session: TrainingSession) -> bool:
    """Tell whether people can still say that they are there: not once it is closed or called off."""
    return session.state == SessionState.PLANNED
