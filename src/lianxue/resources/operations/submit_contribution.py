"""Sending contributions in (S0-40: 及时提交到区社区学院)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.enums import ContributionState
from lianxue.resources.events import ContributionSubmitted
from lianxue.resources.flows.contributions import CONTRIBUTION_FLOW
from lianxue.resources.models import Contribution, SubmittedRevision
from lianxue.resources.operations.choosing import chosen, require_all
from lianxue.resources.operations.save_contribution import TEXT_FIELDS

SENT_BY_TIER = {2: "submit_to_office"}


@operation("resources.submit_contribution", label=_("Send a contribution in"))
def submit_contribution(
    *, actor: Actor, at: datetime, contribution: Contribution, request_key: str | None = None
) -> Contribution:
    """Send a contribution to the college, or from a college straight to the office.

    Raise ``WrongState``, ``NotAllowed``, or ``Unmet`` while something is missing (see ``missing_from``).
    """
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    _submit(row, actor, at, "resources.submit_contribution")
    return row


@operation("resources.submit_contributions", label=_("Send contributions in"))
def submit_contributions(
    *, actor: Actor, at: datetime, contribution_ids: Collection[int], request_key: str | None = None
) -> None:
    """Send many contributions in at once, all or none.

    Raise ``NothingChosen``, ``NotFound``, ``NotAllowed``, ``SomeMovedOn`` or ``Unmet`` with the titles concerned.
    """
    rows = chosen(contribution_ids, actor)
    require_all(rows, _verb(actor), actor=actor, at=at)
    for row in rows:
        _submit(row, actor, at, "resources.submit_contributions")


def _verb(actor: Actor) -> str:
    return SENT_BY_TIER.get(actor.tier or 0, "submit")


def _submit(row: Contribution, actor: Actor, at: datetime, audit_verb: str) -> None:
    step = CONTRIBUTION_FLOW.require(_verb(actor), actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state", "revision")
    if row.state == ContributionState.RETURNED:
        row.revision += 1
    row.state = step.target or row.state
    row.version += 1
    row.changed_at = row.submitted_at = at
    row.submitted_by_id = actor.person_id
    row.save(update_fields=["state", "revision", "version", "changed_at", "submitted_at", "submitted_by"])
    SubmittedRevision.objects.create(
        contribution=row,
        number=row.revision,
        content=audit.snapshot(row, *TEXT_FIELDS),
        by_person_id=actor.person_id,
        by_organisation_id=actor.organisation_id,
        at=at,
    )
    audit.record(
        actor=actor,
        at=at,
        verb=audit_verb,
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "revision"),
    )
    publish(ContributionSubmitted(row.pk, row.revision))
