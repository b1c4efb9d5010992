"""Reminding everybody who has not reported, in one action."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, NotFound, Unmet, WrongState
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import CallState, FilingState
from lianxue.programmes.events import UnitsReminded
from lianxue.programmes.models import Call
from lianxue.programmes.queries.overview import NOT_BEGUN, units_standing
from lianxue.programmes.rules.calls import SEES_CALL

TO_DO = frozenset({NOT_BEGUN, FilingState.DRAFT.value, FilingState.RETURNED.value})


@operation("programmes.remind_units", label=_("Remind those that have not filed"))
def remind_units(*, actor: Actor, at: datetime, call: Call, stage: str) -> int:
    """Remind every unit at or below the actor's organisation whose turn it is, once a day at most; return how many there are.

    Raise ``NotFound``, ``NotAllowed``, ``WrongState``, or ``Unmet`` when nobody is left to remind.
    """
    row = Call.objects.select_for_update(of=("self",)).select_related("revision").get(pk=call.pk)
    if not SEES_CALL.holds(actor, row) or stage not in {one.key for one in row.definition.filed_stages()}:
        raise NotFound
    if not actor.is_administrator:
        raise NotAllowed
    if row.state != CallState.OPEN:
        raise WrongState
    late = [
        one.unit_id
        for one in units_standing(row, stage, actor)
        if one.standing in TO_DO and one.unit_id != actor.organisation_id
    ]
    if not late:
        raise Unmet(_("Everybody has filed."))
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.remind_units",
        subject=row,
        after={"stage": stage, "reminded": len(late)},
    )
    publish(UnitsReminded(at=at, call_id=row.pk, stage=stage, unit_ids=tuple(late)))
    return len(late)
