"""The sender says how many copies each point gets: parcels are made, the copies are entered as being with the sender."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundState, Route
from lianxue.distribution.flows.direct_round import DIRECT_ROUND_FLOW
from lianxue.distribution.models import Round, RoundTitle, Shipment, ShipmentLine
from lianxue.distribution.operations.checks import MOST_AT_ONCE
from lianxue.distribution.operations.ledger import supply_round
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.queries.network import points_of, superiors_of_points
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

TOKEN_BYTES = 18
ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Portion:
    """So many copies of one title for one point."""

    point_id: int
    title_id: int
    copies: int


@operation("distribution.hand_out", label=_("Send copies without demand"))
def hand_out(
    *,
    actor: Actor,
    at: datetime,
    round: Round,
    portions: Sequence[Portion],
    request_key: str | None = None,
) -> Round:
    """Make one parcel for each point that gets anything. From here on it goes as in any other round.

    Raise ``WrongState``, ``NotAllowed``, ``Unmet`` (no title, or one that was withdrawn) or ``Invalid``.
    """
    row = locked_round(round.pk)
    DIRECT_ROUND_FLOW.require("hand_out", actor=actor, subject=row, at=at)
    wanted = [portion for portion in portions if portion.copies]
    titles = {title.pk: title for title in row.titles.order_by("pk")}
    _check(row, wanted, titles)
    for title_id, copies in _copies_by_title(wanted).items():
        titles[title_id].copies_available = copies
    RoundTitle.objects.bulk_update(titles.values(), ["copies_available"])
    row.state, row.opened_at, row.allocated_at = RoundState.ALLOCATED, at, at
    row.save(update_fields=["state", "opened_at", "allocated_at"])
    shipments = _make_parcels(row, wanted)
    supply_round(round=row, actor=actor, at=at)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.hand_out",
        subject=row,
        before={"state": RoundState.DRAFT},
        after={
            "state": row.state,
            "shipments": shipments,
            "copies": sum(portion.copies for portion in wanted),
        },
    )
    return row


def _copies_by_title(portions: Sequence[Portion]) -> Counter[int]:
    copies: Counter[int] = Counter()
    for portion in portions:
        copies[portion.title_id] += portion.copies
    return copies


def _check(row: Round, portions: Sequence[Portion], titles: Mapping[int, RoundTitle]) -> None:
    if not portions:
        raise Invalid(_("Please give at least one point at least one copy."))
    points = set(points_of(row.office_id).values_list("pk", flat=True))
    pairs = {(portion.point_id, portion.title_id) for portion in portions}
    if len(pairs) != len(portions):
        raise Invalid(_("A point stands twice for the same title."))
    if any(portion.point_id not in points for portion in portions):
        raise Invalid(_("At least one of the points does not stand below you."))
    if any(portion.title_id not in titles for portion in portions):
        raise Invalid(_("At least one of the titles is not among those that were chosen."))
    if any(not 0 <= portion.copies <= MOST_AT_ONCE for portion in portions):
        raise Invalid(_("Please give a number from 1 to 9999."))


def _make_parcels(row: Round, portions: Sequence[Portion]) -> int:
    by_point: dict[int, list[Portion]] = defaultdict(list)
    for portion in portions:
        by_point[portion.point_id].append(portion)
    above = superiors_of_points(row.office_id) if row.route == Route.VIA_COLLEGE else {}
    codes = dict(points_of(row.office_id).values_list("pk", "code"))
    made = Shipment.objects.bulk_create(
        [
            Shipment(
                round=row,
                supplier_id=row.office_id,
                point_id=point_id,
                code=f"{row.year}-{row.pk}-{number:04d}",
                token=secrets.token_urlsafe(TOKEN_BYTES),
                via_id=_through(above.get(point_id), row),
            )
            for number, point_id in enumerate(sorted(by_point, key=lambda pk: codes[pk]), start=1)
        ],
        batch_size=ROWS_AT_ONCE,
    )
    ShipmentLine.objects.bulk_create(
        [
            ShipmentLine(shipment=shipment, title_id=portion.title_id, quantity=portion.copies)
            for shipment in made
            for portion in sorted(by_point[shipment.point_id], key=lambda one: one.title_id)
        ],
        batch_size=ROWS_AT_ONCE,
    )
    return len(made)


def _through(superior_id: int | None, row: Round) -> int | None:
    """Return the unit through which a parcel goes; none when that unit is the sender itself."""
    return None if superior_id == row.office_id else superior_id
