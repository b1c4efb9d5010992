"""How the rows behind a figure are listed, by what they are rows of. Nobody's name stands in them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.models import (
    DemandLine,
    DemandRequest,
    DisplayPhoto,
    EffectReport,
    Feedback,
    Issue,
    Loan,
    Receipt,
    Shipment,
)
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import Column
from lianxue.resources.models import Contribution

Value = Callable[[Any], object]


def _column(key: str, title: Any, value: Value, sort: str = "") -> Column:
    return Column(key, title, value, sort)


_TITLE = gettext_lazy("Title")
_POINT = gettext_lazy("Point")
_ROUND = gettext_lazy("Round")
_COPIES = gettext_lazy("Copies")
_DAY = gettext_lazy("Day")

COLUMNS: dict[type[Model], tuple[Column, ...]] = {
    Contribution: (
        _column("title", _TITLE, lambda row: row.title, "title"),
        _column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
        _column("day", _DAY, lambda row: local_date(row.submitted_at), "submitted_at"),
    ),
    DemandLine: (
        _column("title", _TITLE, lambda row: row.title.entry.title, "title__entry__title"),
        _column("point", _POINT, lambda row: row.request.point.name, "request__point__code"),
        _column("round", _ROUND, lambda row: row.request.batch.round.name, "request__batch__round"),
        _column("copies", _COPIES, lambda row: row.asked, "asked"),
    ),
    DemandRequest: (
        _column("round", _ROUND, lambda row: row.batch.round.name, "batch__round"),
        _column("day", _DAY, lambda row: local_date(row.submitted_at), "submitted_at"),
    ),
    Receipt: (
        _column("code", gettext_lazy("Shipment"), lambda row: row.shipment.code, "shipment__code"),
        _column("round", _ROUND, lambda row: row.shipment.round.name, "shipment__round"),
        _column("due", gettext_lazy("Due"), lambda row: row.shipment.round.receive_until),
        _column("day", _DAY, lambda row: local_date(row.received_at), "received_at"),
    ),
    Shipment: (
        _column("code", gettext_lazy("Shipment"), lambda row: row.code, "code"),
        _column("round", _ROUND, lambda row: row.round.name, "round"),
        _column("due", gettext_lazy("Due"), lambda row: row.round.receive_until),
        _column(
            "day",
            _DAY,
            lambda row: local_date(row.receipt.received_at) if hasattr(row, "receipt") else None,
            "receipt__received_at",
        ),
    ),
    Loan: (
        _column("title", _TITLE, lambda row: row.title.entry.title, "title__entry__title"),
        _column("point", _POINT, lambda row: row.point.name, "point__code"),
        _column("copies", _COPIES, lambda row: row.quantity, "quantity"),
        _column("day", _DAY, lambda row: row.lent_on, "lent_on"),
    ),
    Issue: (
        _column("title", _TITLE, lambda row: row.title.entry.title, "title__entry__title"),
        _column("point", _POINT, lambda row: row.point.name, "point__code"),
        _column("copies", _COPIES, lambda row: row.quantity, "quantity"),
        _column("day", _DAY, lambda row: row.issued_on, "issued_on"),
    ),
    DisplayPhoto: (
        _column("point", _POINT, lambda row: row.corner.point.name, "corner__point__code"),
        _column("day", _DAY, lambda row: local_date(row.at), "at"),
    ),
    Feedback: (
        _column("title", _TITLE, lambda row: row.entry.title, "entry__title"),
        _column("point", _POINT, lambda row: row.point.name, "point__code"),
        _column("stars", gettext_lazy("Stars"), lambda row: row.stars, "stars"),
        _column("day", _DAY, lambda row: local_date(row.left_at), "left_at"),
    ),
    EffectReport: (
        _column("point", _POINT, lambda row: row.point.name, "point__code"),
        _column("day", _DAY, lambda row: local_date(row.first_submitted_at), "first_submitted_at"),
    ),
}

COUNTS = Column("counts", gettext_lazy("Counts"), lambda row: _("yes") if row.counts else _("no"), "counts")
