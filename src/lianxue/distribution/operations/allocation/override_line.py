"""The office sets one number of a proposal by hand, with a reason that the point reads."""

from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.models import (
    Allocation,
    AllocationOverride,
    AllocationPoint,
    AllocationTitle,
    DemandLine,
)
from lianxue.distribution.operations.allocation.figures import Figures, PointSum
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

_CHANGE = """
UPDATE distribution_allocationtitle
   SET quantities[%s] = %s, allocated = allocated + %s, points_covered = points_covered + %s
 WHERE id = %s
"""


@operation("distribution.override_line", label=_("Set a number by hand"))
def override_line(
    *,
    actor: Actor,
    at: datetime,
    allocation: Allocation,
    line: DemandLine,
    quantity: int,
    reason: str,
    request_key: str | None = None,
) -> AllocationOverride:
    """Set how many copies one demand line gets, within supply, demand and packs; sums and figures follow.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound``, ``ReasonMissing`` or ``Invalid`` (fields ``quantity``,
    ``reason``).
    """
    row = locked_proposal(allocation)
    ALLOCATION_FLOW.require("override_line", actor=actor, subject=row, at=at)
    sheet = AllocationTitle.objects.filter(allocation=row, title_id=line.title_id).first()
    if sheet is None or line.pk not in sheet.demand_lines:
        raise NotFound
    place = sheet.demand_lines.index(line.pk)
    before = sheet.quantities[place]
    bare = require_reason(reason)
    if fault := _fault(sheet, place, quantity):
        raise Invalid(fields={"quantity": fault})
    covered = int(quantity > 0) - int(before > 0)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, [place + 1, quantity, quantity - before, covered, sheet.pk])
    AllocationPoint.objects.filter(allocation=row, point=line.request.point_id).update(
        allocated=F("allocated") + quantity - before
    )
    row.figures = figures_of(row).as_json
    row.save(update_fields=["figures"])
    made = AllocationOverride.objects.create(
        allocation=row,
        demand_line=line,
        before=before,
        after=quantity,
        reason=bare,
        by_id=actor.person_id,
        at=at,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.override_line",
        subject=line,
        before={"quantity": before},
        after={"quantity": quantity},
        note=bare,
    )
    return made


def locked_proposal(allocation: Allocation) -> Allocation:
    """Return a proposal for changing it, after everybody who works on its round is done. Raise ``NotFound``."""
    round_ = locked_round(allocation.round_id)
    row = Allocation.objects.select_for_update(no_key=True).filter(pk=allocation.pk).first()
    if row is None:  # proposed anew in the meantime
        raise NotFound
    row.round = round_
    return row


def _fault(sheet: AllocationTitle, place: int, quantity: int) -> Text | None:
    agreed, before = sheet.passed_on[place], sheet.quantities[place]
    most = min(agreed, before + sheet.supply - sheet.allocated)
    if quantity == before:
        return _("It is this number already.")
    if quantity > agreed:
        return _("That is more than the %(agreed)d that were passed on for this point.") % {"agreed": agreed}
    if not 0 <= quantity <= most:
        return _("There are not enough copies for this: %(count)d at most.") % {"count": most}
    if quantity % sheet.pack_size:
        return _("The copies are sent in packs of %(pack)d.") % {"pack": sheet.pack_size}
    return None


def figures_of(allocation: Allocation) -> Figures:
    """Work the figures of a proposal out anew from what is written down of its points."""
    kept = {name: allocation.figures[name] for name in ("titles", "lines", "supply")}
    figures = Figures(**kept)
    rows = AllocationPoint.objects.filter(allocation=allocation).order_by("point_id")
    names = ("point_id", "college_id", "learners", "titles", "asked", "agreed", "allocated")
    figures.add_points([PointSum(*row) for row in rows.values_list(*names)])
    return figures
