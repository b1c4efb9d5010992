"""What waits for whom once copies are shared out."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReportState, ShipmentState
from lianxue.distribution.models import Shipment
from lianxue.distribution.queries.effect_reports import (
    has_something_to_report,
    report_last_day,
    report_of,
)
from lianxue.distribution.queries.shipments import (
    due_to,
    overdue_at,
    shipments_seen,
    to_pack,
    without_photo,
)
from lianxue.distribution.queries.standing import supervises
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Text
from lianxue.kernel.kept import Figures, kept, kept_figures
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor, Role

REPORT_SHOWN = timedelta(days=60)  # before it is due


def waiting_fulfilment(actor: Actor, at: datetime) -> list[Waiting]:
    """Return what the actor has to do with shipments and reports."""
    today = local_date(at)
    if actor.role == Role.SUPPLIER_CLERK:
        return list(_at_supplier(actor))
    if supervises(actor):
        return list(_above(actor, today))
    if actor.role in (Role.TIER_ADMIN, Role.DESK_CLERK) and actor.tier is not None:
        return [*_at_point(actor), *_report(actor, today)]
    return []


def _at_supplier(actor: Actor) -> Iterator[Waiting]:
    rows = to_pack(actor).filter(state=ShipmentState.PREPARING)
    yield from _some(rows, _("Shipments to pack and send"), "?state=preparing")


def _at_point(actor: Actor) -> Iterator[Waiting]:
    due = _due(actor=actor)
    if due["count"]:
        url = reverse("distribution:shipments") + "?state=dispatched"
        yield Waiting(_("Check what arrived"), url, due["count"], due["first"])
    photos = _WITHOUT_PHOTO.count(actor=actor)
    if photos:
        yield Waiting(_("Photograph the display corner"), reverse("distribution:corner-own"), photos)


@kept_figures
def _due(actor: Actor) -> Figures:
    return due_to(actor), {"count": Count("pk"), "first": Min("round__receive_until")}


_WITHOUT_PHOTO = kept(without_photo)


def _some(rows: QuerySet[Shipment], title: Text, query: str) -> Iterator[Waiting]:
    count = rows.count()
    if count:
        first = rows.order_by().aggregate(day=Min("round__receive_until"))["day"]
        yield Waiting(title, reverse("distribution:shipments") + query, count, first)


def _report(actor: Actor, today: date) -> Iterator[Waiting]:
    point_id = actor.organisation_id or 0
    due_on = report_last_day(today.year)
    report = report_of(point_id, today.year)
    was_sent_back = report is not None and report.state == ReportState.RETURNED
    is_done = report is not None and report.state == ReportState.SUBMITTED
    if actor.role != Role.TIER_ADMIN or is_done:
        return
    if was_sent_back or (today >= due_on - REPORT_SHOWN and has_something_to_report(point_id, today.year)):
        yield Waiting(
            _("The effect report was sent back to you") if was_sent_back else _("Write the effect report"),
            reverse("distribution:report-write", args=[today.year]),
            due_on=due_on,
        )


def _above(actor: Actor, today: date) -> Iterator[Waiting]:
    late = shipments_seen(actor).filter(overdue_at(today), state=ShipmentState.DISPATCHED)
    yield from _some(late, _("Points have not confirmed what arrived"), "?state=overdue")
