"""A point writes down what it asks for (S0-41: 汇聚本校资源使用需求)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import TitleNotOffered, TooMuchAsked
from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.models import DemandLine, DemandRequest, Round, RoundTitle
from lianxue.distribution.operations.demand.point_demand import locked_demand_of
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.public import EntryState

MOST_COPIES = 99_999
NOTE_LENGTH = 300


@operation("distribution.save_demand", label=_("Write down demand"))
def save_demand(
    *, actor: Actor, at: datetime, round: Round, quantities: Mapping[int, int], note: str | None = None
) -> DemandRequest:
    """Write how many copies of each title the actor's point asks for.

    ``quantities`` maps ids of the round's titles to copies: titles that are not named stay as they are, 0 takes one
    off. What changes counts as passed on by the college until it says otherwise. ``note`` None leaves the remark.
    Raise ``NotAPoint``, ``WrongState``, ``NotAllowed``, ``Unmet``, ``TitleNotOffered``, ``TooMuchAsked`` (fields
    ``quantity_<title id>``) or ``Invalid`` (field ``note``).
    """
    row = locked_demand_of(actor, round)
    DEMAND_FLOW.require("save_demand", actor=actor, subject=row, at=at)
    lines = {line.title_id: line for line in row.lines.filter(title_id__in=quantities)}
    codes = _checked_codes(round, quantities, lines)
    before, after = _write_lines(row, quantities, codes, lines)
    if note is not None and note.strip() != row.note:
        if len(note.strip()) > NOTE_LENGTH:
            raise Invalid(fields={"note": _("Please keep this under 300 characters.")})
        before["note"], row.note = row.note, note.strip()
        after["note"] = row.note
    if after:
        row.changed_at = at
        row.save(update_fields=["note", "changed_at"])
        audit.record(
            actor=actor, at=at, verb="distribution.save_demand", subject=row, before=before, after=after
        )
    return row


def _checked_codes(
    round: Round, quantities: Mapping[int, int], lines: Mapping[int, DemandLine]
) -> dict[int, str]:
    """Return the catalogue code of each title named, after making sure that it is on offer and the numbers can be.

    A title that was withdrawn from the catalogue is on offer only to those who have asked for it already.
    """
    titles = RoundTitle.objects.filter(round=round, pk__in=quantities)
    rows = list(titles.values_list("pk", "entry__code", "entry__state"))
    if len(rows) != len(quantities):
        raise TitleNotOffered
    if any(state != EntryState.PUBLISHED and quantities[pk] and pk not in lines for pk, _code, state in rows):
        raise TitleNotOffered
    faults: dict[str, Text] = {
        f"quantity_{pk}": _("Please give a number from 0 to 99,999.")
        for pk, copies in quantities.items()
        if not 0 <= copies <= MOST_COPIES
    }
    if faults:
        raise TooMuchAsked(fields=faults)
    return {pk: code for pk, code, _state in rows}


def _write_lines(
    row: DemandRequest,
    quantities: Mapping[int, int],
    codes: Mapping[int, str],
    lines: Mapping[int, DemandLine],
) -> tuple[dict[str, object], dict[str, object]]:
    """Bring the lines to ``quantities`` and return what was and what is, by catalogue code."""
    asked = {title_id: line.asked for title_id, line in lines.items()}
    changed = {pk: copies for pk, copies in quantities.items() if asked.get(pk, 0) != copies}
    fresh = [
        DemandLine(request=row, title_id=pk, asked=copies, agreed=copies)
        for pk, copies in changed.items()
        if pk not in lines
    ]
    gone = [lines[pk].pk for pk, copies in changed.items() if copies == 0]
    kept = [lines[pk] for pk, copies in changed.items() if pk in lines and copies > 0]
    for line in kept:
        line.asked = line.agreed = changed[line.title_id]
    DemandLine.objects.bulk_create(fresh)
    DemandLine.objects.bulk_update(kept, ["asked", "agreed"])
    if gone:
        DemandLine.objects.filter(pk__in=gone).delete()
    return {codes[pk]: asked.get(pk, 0) for pk in changed}, {
        codes[pk]: copies for pk, copies in changed.items()
    }
