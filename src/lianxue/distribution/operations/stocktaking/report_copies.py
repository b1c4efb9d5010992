"""Single copies that are damaged, gone, or found again: a count of one lot, with reason and second pair of eyes."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import CopyFate, PlaceKind, StocktakeState
from lianxue.distribution.errors import NotEnoughCopies, StocktakeUnderWay
from lianxue.distribution.events import StocktakeCounted
from lianxue.distribution.models import ShipmentLine, Stocktake, StocktakeLine
from lianxue.distribution.operations.checks import require_quantity, require_reason
from lianxue.distribution.operations.stocktaking.books import COUNTED_KINDS, Held, locked_books
from lianxue.distribution.queries.stocktaking import OPEN
from lianxue.distribution.rules.fulfilment import KEEPS_LOT
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

FOUND_AND_MISSED = _(
    "These copies are reported as missing and as found. Please settle the first report before."
)


@operation("distribution.report_copies", label=_("Report copies as damaged, gone or found"))
def report_copies(
    *,
    actor: Actor,
    at: datetime,
    lot: ShipmentLine,
    kind: PlaceKind,
    fate: CopyFate,
    quantity: int,
    reason: str,
    request_key: str | None = None,
) -> StocktakeLine:
    """Report copies of a lot in store or corner; they are entered when a second person has settled the report.

    What is reported before that goes onto the same report. Raise ``NotAllowed``, ``NotEnoughCopies``,
    ``ReasonMissing``, ``Invalid``, or ``StocktakeUnderWay`` while everything is being counted anyway.
    """
    row = ShipmentLine.objects.select_related("shipment", "title").get(pk=lot.pk)
    if not KEEPS_LOT.holds(actor, row):
        raise NotAllowed
    if kind not in COUNTED_KINDS:
        raise Invalid(fields={"kind": _("Copies are counted in the store and in the corner.")})
    require_quantity(quantity)
    why = require_reason(reason)
    stocktake = _open_report(row.shipment.point_id, actor, at)
    there = locked_books(row.shipment.point_id, {row.pk}).get(Held(kind, row.pk), 0)
    line = StocktakeLine.objects.filter(stocktake=stocktake, kind=kind, lot=row).first()
    line = line or StocktakeLine(stocktake=stocktake, kind=kind, lot=row, title_id=row.title_id)
    change = line.difference + (quantity if fate == CopyFate.FOUND else -quantity)
    damaged = line.damaged + (quantity if fate == CopyFate.DAMAGED else 0)
    if there + change < 0:
        raise NotEnoughCopies(
            _("There are not enough copies for this: %(count)d at most.") % {"count": there}
        )
    if damaged > max(-change, 0):
        raise Invalid(FOUND_AND_MISSED)
    line.expected, line.counted, line.damaged = there, there + change, damaged
    line.reason = "; ".join(part for part in (line.reason, why) if part)[:300]
    line.counted_at, line.counted_by_id = at, actor.person_id
    line.save()
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.report_copies",
        subject=row,
        after={"lot": row.code, "place": str(kind), "fate": str(fate), "quantity": quantity},
        note=why,
    )
    if stocktake.state == StocktakeState.COUNTED:
        publish(StocktakeCounted(stocktake_id=stocktake.pk, point_id=stocktake.point_id, at=at))
    return line


def _open_report(point_id: int, actor: Actor, at: datetime) -> Stocktake:
    """Return the point's report that waits for the second person, or a new one, under its lock."""
    found = (
        Stocktake.objects.select_for_update(of=("self",)).filter(point_id=point_id, state__in=OPEN).first()
    )
    if found is None:
        return Stocktake.objects.create(
            point_id=point_id,
            is_whole=False,
            state=StocktakeState.COUNTED,
            begun_at=at,
            begun_by_id=actor.person_id,
            counted_at=at,
            counted_by_id=actor.person_id,
        )
    if found.is_whole:
        raise StocktakeUnderWay(
            _("Everything is being counted just now. Please write the number down in that count.")
        )
    return found
