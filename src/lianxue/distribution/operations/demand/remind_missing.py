"""Those that have not reported are reminded: all at once by hand, or each night before and after the last day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReminderOccasion, RoundKind, RoundState
from lianxue.distribution.errors import NobodyToRemind
from lianxue.distribution.events import DemandReminder
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Round, SentReminder
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.queries.reporting import missing_colleges, still_to_report
from lianxue.distribution.rules.rounds import RUNS_ROUND
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

ROWS_AT_ONCE = 5000


@operation("distribution.remind_missing", label=_("Remind those that have not reported"))
def remind_missing(*, actor: Actor, at: datetime, round: Round) -> int:
    """Remind everybody who has not reported to the actor, once a day at most; return how many were reminded.

    For the office these are all colleges that have not submitted and all points that still can; for a college its own
    points. Raise ``WrongState``, ``NotAllowed``, or ``NobodyToRemind`` when all have reported or were reminded today.
    """
    row = locked_round(round.pk)
    ROUND_FLOW.require("remind_missing", actor=actor, subject=row, at=at)
    if RUNS_ROUND.holds(actor, row):
        late = [*_ids(still_to_report(row)), *_ids(missing_colleges(row))]
    else:
        late = _ids(still_to_report(row, actor.organisation_id))
    reminded = _remind(row, late, ReminderOccasion.BY_HAND, on=local_date(at), actor=actor, at=at)
    if not reminded:
        raise NobodyToRemind
    audit.record(
        actor=actor, at=at, verb="distribution.remind_missing", subject=row, after={"reminded": reminded}
    )
    return reminded


@operation("distribution.send_due_reminders", label=_("Remind before and after the last day"))
def send_due_reminders(*, actor: Actor, at: datetime) -> int:
    """Send the reminders that rounds ask for today; return how many. What a night missed is made up for the next.

    Only the platform does this. Raise ``NotAllowed``.
    """
    if not actor.is_platform:
        raise NotAllowed
    today, sent = local_date(at), 0
    wanted = Q(remind_days_before__isnull=False) | Q(remind_days_after__isnull=False)
    open_rounds = Round.objects.filter(wanted, state=RoundState.OPEN, kind=RoundKind.DEMAND).order_by("pk")
    for found in open_rounds:
        row = locked_round(found.pk)
        count = 0
        for occasion, last, late in _due(row, today):
            count += _remind(row, late, occasion, on=last, actor=actor, at=at)
        if count:
            audit.record(
                actor=actor,
                at=at,
                verb="distribution.send_due_reminders",
                subject=row,
                after={"reminded": count},
            )
        sent += count
    return sent


def _due(row: Round, today: date) -> Iterator[tuple[ReminderOccasion, date, list[int]]]:
    """Yield who is to be reminded of which last day today, and whether it is before or after it."""
    for last, late in _by_last_day(row).items():
        before, after = row.remind_days_before, row.remind_days_after
        if before is not None and last - timedelta(days=before) <= today <= last:
            yield ReminderOccasion.BEFORE, last, late
        if after is not None and last + timedelta(days=after) <= today and last < today:
            yield ReminderOccasion.AFTER, last, late


def _by_last_day(row: Round) -> dict[date, list[int]]:
    """Return who has not reported by the last day of each; who has leave to be late has a later one."""
    found: dict[date, list[int]] = defaultdict(list)
    by_day: tuple[tuple[date | None, QuerySet[Any]], ...] = (
        (row.last_day_of_points, still_to_report(row)),
        (row.aggregate_until, missing_colleges(row)),
    )
    for last, rows in by_day:
        if last is not None:
            for pk, late_until in rows.order_by("pk").values_list("pk", "late_until"):
                found[max(last, late_until or last)].append(pk)
    return found


def _ids(rows: QuerySet[Organisation]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _remind(
    row: Round, late: Iterable[int], occasion: ReminderOccasion, *, on: date, actor: Actor, at: datetime
) -> int:
    """Write down who is reminded and tell of it; who was reminded of the same day before is left out."""
    # The round is locked, so nobody else reminds in between.
    told = SentReminder.objects.filter(round=row, occasion=occasion, on=on)
    new = sorted(set(late) - set(told.values_list("organisation_id", flat=True)))
    SentReminder.objects.bulk_create(
        [
            SentReminder(
                round=row, organisation_id=pk, occasion=occasion, on=on, by_id=actor.person_id, at=at
            )
            for pk in new
        ],
        batch_size=ROWS_AT_ONCE,
    )
    if new:
        publish(DemandReminder(row.pk, tuple(new), occasion.value, on, at))
    return len(new)
