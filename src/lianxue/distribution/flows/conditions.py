"""What must be true of the round around demand, on the day on which somebody acts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import BatchState, DemandState, RoundState
from lianxue.distribution.models import DemandBatch, DemandRequest
from lianxue.distribution.queries.late import college_is_in_time, point_is_in_time
from lianxue.kernel.clock import local_date
from lianxue.kernel.flow import Condition

ROUND_OVER = _("The round is not open for demand.")
DAYS_OVER = _("The days for this are over or have not begun.")
BATCH_PASSED_ON = _("The college has submitted its demand to the office already.")


def in_days_of_point(request: DemandRequest, at: datetime) -> bool:
    """Tell whether the point may work on its demand now.

    After the points' last day it may by leave of those above, and what the college sent back may be mended, while the
    college itself still has time.
    """
    day = local_date(at)
    if point_is_in_time(request, day):
        return True
    return request.state == DemandState.RETURNED and college_is_in_time(request.batch, day)


def _round_is_open(request: DemandRequest, _at: datetime) -> bool:
    return request.batch.round.state == RoundState.OPEN


def _batch_is_gathering(request: DemandRequest, _at: datetime) -> bool:
    return request.batch.state == BatchState.GATHERING


def _in_days_of_college(request: DemandRequest, at: datetime) -> bool:
    return college_is_in_time(request.batch, local_date(at))


def _round_of_batch_is_open(batch: DemandBatch, _at: datetime) -> bool:
    return batch.round.state == RoundState.OPEN


def in_days_of_batch(batch: DemandBatch, at: datetime) -> bool:
    """Tell whether the college may work on its aggregation now, in its days or by leave."""
    return college_is_in_time(batch, local_date(at))


POINT_MAY_WORK = (
    Condition("round_is_open", _round_is_open, ROUND_OVER),
    Condition("batch_is_gathering", _batch_is_gathering, BATCH_PASSED_ON),
    Condition("in_days_of_point", in_days_of_point, DAYS_OVER),
)
COLLEGE_MAY_WORK = (
    Condition("round_is_open", _round_is_open, ROUND_OVER),
    Condition("batch_is_gathering", _batch_is_gathering, BATCH_PASSED_ON),
    Condition("in_days_of_college", _in_days_of_college, DAYS_OVER),
)
BATCH_MAY_GO = (
    Condition("round_is_open", _round_of_batch_is_open, ROUND_OVER),
    Condition("in_days_of_college", in_days_of_batch, DAYS_OVER),
)
BATCH_MAY_RETURN = (Condition("round_is_open", _round_of_batch_is_open, ROUND_OVER),)
