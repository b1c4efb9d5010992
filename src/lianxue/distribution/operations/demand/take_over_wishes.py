"""A point asks for what its learners and teachers wished for (S0-41: 汇聚本校资源使用需求)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import NoMoreWishes
from lianxue.distribution.models import DemandRequest, Round
from lianxue.distribution.operations.demand.point_demand import locked_demand_of
from lianxue.distribution.operations.demand.save_demand import MOST_COPIES, save_demand
from lianxue.distribution.queries.needs import need_counts, offered_titles
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.take_over_wishes", label=_("Take over the wishes"))
def take_over_wishes(*, actor: Actor, at: datetime, round: Round) -> DemandRequest:
    """Raise every number of the actor's point to what people wished for; a number that is higher already stays.

    Raise ``NoMoreWishes`` when no wish goes beyond what is asked, or what ``save_demand`` raises.
    """
    row = locked_demand_of(actor, round)
    asked = dict(row.lines.values_list("title_id", "asked"))
    offered = offered_titles(round.pk)
    higher = {
        title_id: min(count.copies, MOST_COPIES)
        for title_id, count in need_counts(round.pk, row.point_id).items()
        if title_id in offered and count.copies > asked.get(title_id, 0)
    }
    if not higher:
        raise NoMoreWishes
    return save_demand(actor=actor, at=at, round=round, quantities=higher)
