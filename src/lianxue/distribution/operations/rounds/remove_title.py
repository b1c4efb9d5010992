"""The office takes a title out of a round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import TitleInUse
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Round, RoundTitle
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.kernel import audit
from lianxue.kernel.errors import NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.remove_title", label=_("Take a title out of a round"))
def remove_title(*, actor: Actor, at: datetime, title: RoundTitle) -> Round:
    """Take out a title for which nobody has asked. Raise ``WrongState``, ``NotAllowed`` or ``TitleInUse``."""
    round_ = locked_round(title.round_id)
    ROUND_FLOW.require("remove_title", actor=actor, subject=round_, at=at)
    row = RoundTitle.objects.select_related("entry").filter(pk=title.pk).first()
    if row is None:
        raise NotFound
    if row.demand_lines.exists() or row.needs.exists() or row.adjustments.exists():
        raise TitleInUse
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.remove_title",
        subject=round_,
        before={row.entry.code: {"copies": row.copies_available, "supplier": row.supplier_id}},
        after={},
    )
    row.delete()
    return round_
