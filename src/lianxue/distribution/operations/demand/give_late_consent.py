"""Those above let points or colleges report after the last day, until a day and with a reason."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import BatchState
from lianxue.distribution.events import LateConsentGiven
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import DemandBatch, LateConsent, Round
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.rounds.round_locks import held_round
from lianxue.distribution.queries.late import late_until
from lianxue.distribution.queries.network import point_places
from lianxue.distribution.rules.demand import LETS_BE_LATE
from lianxue.distribution.rules.rounds import RUNS_ROUND
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotFound, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor, Organisation

NOBODY_CHOSEN = _("Please choose at least one.")
NO_LAST_DAY = _("There is no last day in this round, so nobody can be late.")
NOT_LATER = _("Please give a day after the last day, today or later.")
COLLEGE_EARLIER = _(
    "You yourself must submit to the office before that day. Please ask the office for leave."
)
PASSED_ON = _("The demand of this area has been submitted to the office already. It must be sent back first.")


@operation("distribution.give_late_consent", label=_("Let somebody be late"))
def give_late_consent(
    *,
    actor: Actor,
    at: datetime,
    round: Round,
    organisation_ids: Sequence[int],
    until: date,
    reason: str,
    request_key: str | None = None,
) -> Round:
    """Let points (their college or the office) or colleges (the office) report up to ``until``, its end included.

    It counts for these organisations only, and only while the round is open. When the office lets a point be late
    beyond the days of its college, the college may pass the demand on until the same day. Raise ``WrongState``,
    ``NotAllowed``, ``NotFound`` for an organisation that is not below the actor, ``ReasonMissing`` or ``Invalid``
    (fields ``organisations``, ``until``, ``reason``).
    """
    row = held_round(round.pk)
    ROUND_FLOW.require("give_late_consent", actor=actor, subject=row, at=at)
    late = _below(actor, organisation_ids)
    bare = require_reason(reason)
    batches = _batches(row, late)
    colleges = _check(row, late, batches, until, local_date(at))
    if colleges and not RUNS_ROUND.holds(actor, row):
        raise Invalid(fields={"until": COLLEGE_EARLIER})
    LateConsent.objects.bulk_create(
        LateConsent(round=row, organisation_id=pk, until=until, reason=bare, by_id=actor.person_id, at=at)
        for pk in [*(one.pk for one in late), *colleges]
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.give_late_consent",
        subject=row,
        after={"until": until, "organisations": [one.code for one in late], "colleges": sorted(colleges)},
        note=bare,
    )
    publish(LateConsentGiven(row.pk, tuple(one.pk for one in late), until, bare, at))
    return row


def _below(actor: Actor, organisation_ids: Sequence[int]) -> list[Organisation]:
    wanted = set(organisation_ids)
    if not wanted:
        raise Invalid(fields={"organisations": NOBODY_CHOSEN})
    rows = visible(Organisation.objects.filter(pk__in=wanted), LETS_BE_LATE, actor).order_by("code")
    if len(rows) != len(wanted):
        raise NotFound
    return list(rows)


def _batches(row: Round, late: Sequence[Organisation]) -> dict[int, DemandBatch]:
    """Return the batch by which each organisation reports: a college's own, a point's that of its college."""
    ids = [one.pk for one in late]
    above = dict(
        point_places(row.office_id)
        .filter(organisation_id__in=ids)
        .values_list("organisation_id", "superior_id")
    )
    batches = {
        batch.college_id: batch
        for batch in DemandBatch.objects.filter(round=row, college_id__in={*ids, *above.values()})
    }
    found = {}
    for pk in ids:
        batch = batches.get(pk) or batches.get(above.get(pk, 0))
        if batch is None:
            raise NotFound
        batch.round = row
        found[pk] = batch
    return found


def _check(
    row: Round,
    late: Sequence[Organisation],
    batches: dict[int, DemandBatch],
    until: date,
    today: date,
) -> set[int]:
    """Raise what is wrong; return the colleges that need leave as well, because their point has it from the office."""
    if any(batch.state != BatchState.GATHERING for batch in batches.values()):
        raise Invalid(PASSED_ON, fields={"organisations": PASSED_ON})
    colleges, faults = set[int](), dict[str, Text]()
    for one in late:
        batch = batches[one.pk]
        is_college = batch.college_id == one.pk
        last = row.aggregate_until if is_college else row.last_day_of_points
        if last is None:
            faults["until"] = NO_LAST_DAY
        elif until <= last or until < today:
            faults["until"] = NOT_LATER
        elif not is_college and not row.takes_batches_on(
            until, late_until=late_until(row.pk, batch.college_id)
        ):
            colleges.add(batch.college_id)
    if faults:
        raise Invalid(fields=faults)
    return colleges - {one.pk for one in late}
