"""Reads of leave to be late: until when a point or a college may still act after the last day."""

from datetime import date

from django.db.models import Max, QuerySet

from lianxue.distribution.models import DemandBatch, DemandRequest, LateConsent
from lianxue.kernel.kept import Figures, kept_figures


def late_until(round_id: int, organisation_id: int | None) -> date | None:
    """Return the last day until which an organisation may be late in a round, or None."""
    found: date | None = _last_day(round_id=round_id, organisation_id=organisation_id or 0)["last"]
    return found


@kept_figures
def _last_day(round_id: int, organisation_id: int) -> Figures:
    rows = LateConsent.objects.filter(round_id=round_id, organisation_id=organisation_id)
    return rows.order_by(), {"last": Max("until")}


def consents_for(round_id: int, organisation_id: int | None) -> QuerySet[LateConsent]:
    """Return the consents that one organisation has in a round, the longest first, with who gave them."""
    rows = LateConsent.objects.filter(round_id=round_id, organisation_id=organisation_id or 0)
    return rows.select_related("by").order_by("-until", "-pk")


def leave_is_running(round_id: int, day: date) -> bool:
    """Tell whether anybody still has leave to be late in a round on ``day``."""
    return LateConsent.objects.filter(round_id=round_id, until__gte=day).exists()


def college_is_in_time(batch: DemandBatch, day: date) -> bool:
    """Tell whether a college may aggregate and submit on ``day``, in its days or by leave."""
    if batch.round.takes_batches_on(day):
        return True
    return batch.round.takes_batches_on(day, late_until=late_until(batch.round_id, batch.college_id))


def point_is_in_time(request: DemandRequest, day: date) -> bool:
    """Tell whether a point may state demand on ``day``, in its days or by leave, while its college has time."""
    round_ = request.batch.round
    if round_.takes_demand_on(day):
        return True
    return round_.takes_demand_on(
        day,
        late_until=late_until(round_.pk, request.point_id),
        college_late_until=late_until(round_.pk, request.batch.college_id),
    )
