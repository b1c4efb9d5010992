"""Counting: numbers are kept as they come, from one person or from two at once, and nobody's is lost silently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import StocktakeState
from lianxue.distribution.errors import CountChanged, ReasonMissing
from lianxue.distribution.events import StocktakeCounted
from lianxue.distribution.flows.stocktake import STOCKTAKE_FLOW
from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.stocktaking.books import Held, locked_books, locked_stocktake
from lianxue.distribution.queries.stocktaking import DIFFERS
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

MOST_COUNTED = 99_999
SOMEBODY_WROTE = _("%(name)s has written %(counted)s here in the meantime.")
NOT_A_COUNT = _("Please give a number from 0 to 99,999.")
TOO_MANY_DAMAGED = _("Fewer copies than that are missing from the books' number.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a line said when somebody began to type over it."""

    counted: int | None = None
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class LineCount:
    """How many copies of one line stood there in good order, and how many damaged; None: not counted after all.

    ``seen`` None: whatever stood there before may be written over.
    """

    line_id: int
    counted: int | None
    damaged: int = 0
    seen: Seen | None = None


@operation("distribution.save_counts", label=_("Count copies"))
def save_counts(
    *,
    actor: Actor,
    at: datetime,
    stocktake: Stocktake,
    counts: Sequence[LineCount],
    reasons: Mapping[int, str] | None = None,
    request_key: str | None = None,
) -> Stocktake:
    """Keep what was counted, each number beside what the books have at this moment; ``reasons`` by line.

    All or none are kept. Raise ``WrongState``, ``NotAllowed``, ``NotFound``, ``CountChanged`` when somebody else has
    written another number since, or ``Invalid``; ``fields`` are ``counted_<line>``, ``damaged_<line>``.
    """
    row = locked_stocktake(stocktake)
    STOCKTAKE_FLOW.require("save_counts", actor=actor, subject=row, at=at)
    wanted = {count.line_id: count for count in counts}
    lines = {
        line.pk: line for line in row.lines.filter(pk__in=wanted.keys()).select_related("counted_by", "lot")
    }
    if len(lines) != len(wanted):
        raise NotFound
    _require_unchanged(lines, wanted)
    books = locked_books(row.point_id, {line.lot_id for line in lines.values()})
    for line in lines.values():
        line.expected = books.get(Held(line.kind, line.lot_id), 0)
    _require_possible(lines, wanted)
    changes = {}
    for pk, line in lines.items():
        count = wanted[pk]
        line.counted, line.damaged = count.counted, count.damaged
        is_counted = count.counted is not None
        line.counted_at = at if is_counted else None
        line.counted_by_id = actor.person_id if is_counted else None
        if not line.difference:
            line.reason = ""
        changes[f"{line.lot.code} {line.kind}"] = count.counted
    fields = ["expected", "counted", "damaged", "counted_at", "counted_by", "reason"]
    StocktakeLine.objects.bulk_update(lines.values(), fields, batch_size=500)
    if reasons:
        _keep_reasons(row, reasons)
    audit.record(actor=actor, at=at, verb="distribution.save_counts", subject=row, after=changes)
    return row


@operation("distribution.finish_counting", label=_("Hand a count over to the second person"))
def finish_counting(
    *,
    actor: Actor,
    at: datetime,
    stocktake: Stocktake,
    reasons: Mapping[int, str] | None = None,
    request_key: str | None = None,
) -> Stocktake:
    """Say that all is counted, with a reason for each difference by line; it then waits for the second person.

    Raise ``WrongState``, ``NotAllowed``, ``Unmet``, ``ReasonMissing`` (fields ``reason_<line>``) or ``Invalid``.
    """
    row = locked_stocktake(stocktake)
    STOCKTAKE_FLOW.require("save_counts", actor=actor, subject=row, at=at)
    if reasons:
        _keep_reasons(row, reasons)
    open_lines = row.lines.filter(DIFFERS, reason="").values_list("pk", flat=True)
    if open_lines:
        raise ReasonMissing(fields={f"reason_{pk}": ReasonMissing.default_message for pk in open_lines})
    STOCKTAKE_FLOW.require("finish_counting", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state")
    row.state, row.counted_at, row.counted_by_id = StocktakeState.COUNTED, at, actor.person_id
    row.return_reason = ""
    row.save(update_fields=["state", "counted_at", "counted_by", "return_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.finish_counting",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "counted_at"),
    )
    publish(StocktakeCounted(stocktake_id=row.pk, point_id=row.point_id, at=at))
    return row


def _require_unchanged(lines: Mapping[int, StocktakeLine], wanted: Mapping[int, LineCount]) -> None:
    faults: dict[str, Text] = {}
    for pk, line in lines.items():
        seen, count = wanted[pk].seen, wanted[pk]
        there = Seen(line.counted, line.damaged)
        if seen is not None and there not in (seen, Seen(count.counted, count.damaged)):
            number = "–" if line.counted is None else line.counted
            name = line.counted_by.full_name if line.counted_by else "–"
            faults[f"counted_{pk}"] = SOMEBODY_WROTE % {"name": name, "counted": number}
    if faults:
        raise CountChanged(fields=faults)


def _require_possible(lines: Mapping[int, StocktakeLine], wanted: Mapping[int, LineCount]) -> None:
    faults: dict[str, Text] = {}
    for pk, line in lines.items():
        count = wanted[pk]
        if count.counted is not None and not 0 <= count.counted <= MOST_COUNTED:
            faults[f"counted_{pk}"] = NOT_A_COUNT
        elif not 0 <= count.damaged <= MOST_COUNTED:
            faults[f"damaged_{pk}"] = NOT_A_COUNT
        elif count.damaged and count.damaged > line.expected - (count.counted or 0):
            faults[f"damaged_{pk}"] = TOO_MANY_DAMAGED
        elif count.damaged and count.counted is None:
            faults[f"counted_{pk}"] = NOT_A_COUNT
    if faults:
        raise Invalid(fields=faults)


def _keep_reasons(row: Stocktake, reasons: Mapping[int, str]) -> None:
    bare = {pk: reason.strip() for pk, reason in reasons.items()}
    too_long = [pk for pk, reason in bare.items() if len(reason) > REASON_LENGTH]
    if too_long:
        fault = _("Please keep this under 300 characters.")
        raise Invalid(fields={f"reason_{pk}": fault for pk in too_long})
    lines = list(row.lines.filter(DIFFERS, pk__in=bare.keys()))
    for line in lines:
        line.reason = bare[line.pk]
    StocktakeLine.objects.bulk_update(lines, ["reason"], batch_size=500)
