"""A point fills its demand in from its last round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import NothingToCopy
from lianxue.distribution.models import DemandRequest, Round
from lianxue.distribution.operations.demand.point_demand import locked_demand_of
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.queries.demand import last_demand
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.copy_last_demand", label=_("Copy the demand of last time"))
def copy_last_demand(*, actor: Actor, at: datetime, round: Round) -> DemandRequest:
    """Ask for what the actor's point asked for last time, of every title that is on offer again and still empty.

    Numbers that stand there already stay. Raise ``NothingToCopy``, or what ``save_demand`` raises.
    """
    row = locked_demand_of(actor, round)
    asked = set(row.lines.values_list("title_id", flat=True))
    last = last_demand(row.point_id, round)
    empty = {title_id: copies for title_id, copies in last.quantities.items() if title_id not in asked}
    if not empty:
        raise NothingToCopy
    return save_demand(actor=actor, at=at, round=round, quantities=empty)
