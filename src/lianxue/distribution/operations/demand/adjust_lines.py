"""A college changes what it passes on of its points' demand, always with a reason."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.models import DemandBatch, DemandLine, DemandRequest, LineAdjustment
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.demand.save_demand import MOST_COPIES
from lianxue.distribution.operations.rounds.round_locks import held_batch, held_round
from lianxue.kernel import audit
from lianxue.kernel.errors import Conflict, Invalid, NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@dataclass(frozen=True, slots=True)
class LineChange:
    """What a line is changed to, why, and, if it is to be made sure, what it was when the person looked."""

    line_id: int
    agreed: int
    reason: str
    seen: int | None = None


@operation("distribution.adjust_lines", label=_("Change what is passed on"))
def adjust_lines(
    *,
    actor: Actor,
    at: datetime,
    batch: DemandBatch,
    changes: Sequence[LineChange],
    request_key: str | None = None,
) -> DemandBatch:
    """Change how many copies of lines of ``batch`` are passed on, all or none; the points see each change.

    Changes that leave a line as it is are passed over. Raise ``NotFound`` for a line of another batch, ``Conflict``
    when a line is no longer what the person saw, ``WrongState``, ``NotAllowed``, ``Unmet``, ``ReasonMissing`` or
    ``Invalid`` (fields ``agreed_<line id>``, ``reason``).
    """
    held = held_batch(batch.pk, held_round(batch.round_id))
    lines = _locked_lines(held, changes)
    for request in {line.request_id: line.request for line in lines.values()}.values():
        DEMAND_FLOW.require("adjust_line", actor=actor, subject=request, at=at)
    _check(lines, changes)
    real = [c for c in changes if lines[c.line_id].agreed != c.agreed]
    adjustments = [
        LineAdjustment(
            request=lines[c.line_id].request,
            title=lines[c.line_id].title,
            before=lines[c.line_id].agreed,
            after=c.agreed,
            reason=require_reason(c.reason),
            by_id=actor.person_id,
            at=at,
        )
        for c in real
    ]
    for change in real:
        lines[change.line_id].agreed = change.agreed
    DemandLine.objects.bulk_update([lines[c.line_id] for c in real], ["agreed"], batch_size=2000)
    LineAdjustment.objects.bulk_create(adjustments, batch_size=2000)
    _record(actor, at, adjustments)
    return held


def _locked_lines(held: DemandBatch, changes: Sequence[LineChange]) -> dict[int, DemandLine]:
    """Lock the demand around the lines; whoever changes a line holds that lock, so the lines stay as read."""
    ids = {change.line_id for change in changes}
    if len(ids) != len(changes):
        raise Invalid
    wanted = DemandLine.objects.filter(pk__in=ids, request__batch=held)
    requests = {
        row.pk: row
        for row in DemandRequest.objects.select_for_update(no_key=True)
        .filter(pk__in=wanted.values("request_id"))
        .order_by("pk")
    }
    lines = {line.pk: line for line in wanted.select_related("title__entry")}
    if len(lines) != len(ids):
        raise NotFound
    for line in lines.values():
        line.request = requests[line.request_id]
        line.request.batch = held
    return lines


def _check(lines: Mapping[int, DemandLine], changes: Sequence[LineChange]) -> None:
    faults = {
        f"agreed_{c.line_id}": _("Please give a number from 0 to 99,999.")
        for c in changes
        if not 0 <= c.agreed <= MOST_COPIES
    }
    if faults:
        raise Invalid(fields=faults)
    if any(c.seen is not None and c.seen != lines[c.line_id].agreed for c in changes):
        raise Conflict


def _record(actor: Actor, at: datetime, adjustments: Sequence[LineAdjustment]) -> None:
    by_request: dict[int, list[LineAdjustment]] = defaultdict(list)
    for adjustment in adjustments:
        by_request[adjustment.request_id].append(adjustment)
    for of_request in by_request.values():
        audit.record(
            actor=actor,
            at=at,
            verb="distribution.adjust_lines",
            subject=of_request[0].request,
            before={a.title.entry.code: a.before for a in of_request},
            after={a.title.entry.code: a.after for a in of_request},
            note="; ".join(dict.fromkeys(a.reason for a in of_request)),
        )
