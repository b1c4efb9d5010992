"""Throwing a draft away."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.flows.contributions import CONTRIBUTION_FLOW
from lianxue.resources.models import Contribution
from lianxue.resources.operations.save_contribution import TEXT_FIELDS


@operation("resources.discard_contribution", label=_("Discard a draft"))
def discard_contribution(
    *, actor: Actor, at: datetime, contribution: Contribution, request_key: str | None = None
) -> None:
    """Delete a draft that was never sent in. Raise ``WrongState``, ``NotAllowed``."""
    row = Contribution.objects.select_for_update().filter(pk=contribution.pk).first()
    if row is None:
        raise WrongState  # somebody else of the organisation was quicker
    CONTRIBUTION_FLOW.require("discard", actor=actor, subject=row, at=at)
    audit.record(
        actor=actor,
        at=at,
        verb="resources.discard_contribution",
        subject=row,
        before=audit.snapshot(row, *TEXT_FIELDS),
    )
    row.delete()
