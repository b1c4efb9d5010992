"""What a college does with the contributions of its points (S0-40: 由区社区学院汇总后上交市学指办)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.enums import Level, Verdict
from lianxue.resources.models import Contribution, ReviewDecision
from lianxue.resources.operations.choosing import chosen, require_all
from lianxue.resources.operations.deciding import decide


@operation("resources.collate_contributions", label=_("Pass contributions on"))
def collate_contributions(
    *,
    actor: Actor,
    at: datetime,
    contribution_ids: Collection[int],
    note: str = "",
    request_key: str | None = None,
) -> None:
    """Pass contributions on to the office, all or none, with one note for the reviewer.

    Raise ``NothingChosen``, ``NotFound``, ``NotAllowed``, or ``SomeMovedOn`` with the titles concerned.
    """
    rows = chosen(contribution_ids, actor)
    require_all(rows, "collate", actor=actor, at=at)
    for row in rows:
        decide(
            actor=actor,
            at=at,
            contribution=row,
            level=Level.COLLEGE,
            verdict=Verdict.COLLATED,
            reason=note,
            audit_verb="resources.collate_contributions",
        )


@operation("resources.return_contribution", label=_("Send a contribution back to its point"))
def return_contribution(
    *, actor: Actor, at: datetime, contribution: Contribution, reason: str, request_key: str | None = None
) -> ReviewDecision:
    """Send a contribution back to its point with a reason. Raise ``ReasonMissing``, ``WrongState``, ``NotAllowed``."""
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    return decide(
        actor=actor,
        at=at,
        contribution=row,
        level=Level.COLLEGE,
        verdict=Verdict.RETURNED,
        reason=reason,
        audit_verb="resources.return_contribution",
    )
