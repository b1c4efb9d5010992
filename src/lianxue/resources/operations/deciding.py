"""What every decision about a contribution has in common."""

from datetime import datetime

from django.db import models

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.events import publish
from lianxue.orgs.public import Actor
from lianxue.resources.enums import Level, Verdict
from lianxue.resources.errors import ReasonMissing
from lianxue.resources.events import ContributionDecided
from lianxue.resources.flows.contributions import CONTRIBUTION_FLOW
from lianxue.resources.models import Contribution, ReviewDecision
from lianxue.resources.operations.description import UNPRINTABLE, too_long

STEPS: dict[tuple[Level, Verdict], str] = {
    (Level.COLLEGE, Verdict.COLLATED): "collate",
    (Level.COLLEGE, Verdict.RETURNED): "return_by_college",
    (Level.OFFICE, Verdict.ACCEPTED): "accept",
    (Level.OFFICE, Verdict.RETURNED): "return_by_office",
    (Level.OFFICE, Verdict.REJECTED): "reject",
}


def given_reason(text: str, model: type[models.Model], field: str) -> str:
    """Return the reason without stray characters. Raise ``ReasonMissing``, or ``Invalid`` when it is too long."""
    reason = UNPRINTABLE.sub("", text).replace("\r\n", "\n").strip()
    if not reason:
        raise ReasonMissing(fields={"reason": ReasonMissing.default_message})
    faults = too_long(model, {field: reason})
    if faults:
        raise Invalid(fields={"reason": faults[field]})
    return reason


def decide(
    *,
    actor: Actor,
    at: datetime,
    contribution: Contribution,
    level: Level,
    verdict: Verdict,
    reason: str,
    audit_verb: str,
) -> ReviewDecision:
    """Write down a decision about the present revision and move the contribution on. It is locked by the caller."""
    step = CONTRIBUTION_FLOW.require(STEPS[level, verdict], actor=actor, subject=contribution, at=at)
    if verdict != Verdict.COLLATED or reason.strip():
        reason = given_reason(reason, ReviewDecision, "reason")
    before = contribution.state
    contribution.state = step.target or before
    contribution.version += 1
    contribution.changed_at = at
    contribution.save(update_fields=["state", "version", "changed_at"])
    decision = ReviewDecision.objects.create(
        contribution=contribution,
        revision=contribution.revision,
        level=level,
        verdict=verdict,
        reason=reason,
        by_person_id=actor.person_id,
        by_organisation_id=actor.organisation_id,
        at=at,
    )
    audit.record(
        actor=actor,
        at=at,
        verb=audit_verb,
        subject=contribution,
        before={"state": before},
        after={"state": contribution.state},
        note=reason,
    )
    publish(ContributionDecided(contribution.pk, decision.pk))
    return decision
