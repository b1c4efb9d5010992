"""The office throws a proposal away that it does not want to decide."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.models import Allocation
from lianxue.distribution.operations.allocation.override_line import locked_proposal
from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.discard_proposal", label=_("Throw a proposal away"))
def discard_proposal(
    *, actor: Actor, at: datetime, allocation: Allocation, request_key: str | None = None
) -> None:
    """Remove a proposal with all that was set by hand in it. Raise ``WrongState``, ``NotAllowed`` or ``NotFound``."""
    row = locked_proposal(allocation)
    ALLOCATION_FLOW.require("discard_proposal", actor=actor, subject=row, at=at)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.discard_proposal",
        subject=row.round,
        before={"policy": row.policy, "terms": row.terms, "set_by_hand": row.overrides.count()},
        after={},
    )
    row.delete()
