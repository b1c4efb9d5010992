"""The way of a lot as a picture, from what was asked for to the reader's hand."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.interfaces.web.fulfilment.access import EVERYBODY_CONCERNED
from lianxue.distribution.queries.registers import name_for
from lianxue.distribution.queries.shipments import lot_of_allocation
from lianxue.distribution.queries.trace import Trace, trace_of
from lianxue.distribution.rules.fulfilment import SEES_POINT
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest, Role

Item = dict[str, Any]


@page(EVERYBODY_CONCERNED)
def trace(request: ActingRequest, lot_id: int) -> HttpResponseBase:
    """Show where the copies of one lot came from and where they went."""
    found = trace_of(request.actor, lot_id)
    sees_readers = request.actor.role != Role.SUPPLIER_CLERK
    items = [*_asked(found), *_sent(found), *_arrived(found)]
    if SEES_POINT.holds(request.actor, found.shipment.point):
        items += _used(found)
    items += _handed_on(found)
    context = {
        "trace": found,
        "items": items,
        "sees_readers": sees_readers,
        "loans": [
            (loan, name_for(request.actor, loan.borrower_name, loan.point_id))
            for loan in found.loans
            if sees_readers
        ],
        "issues": [
            (row, name_for(request.actor, row.recipient_name, row.point_id))
            for row in found.issues
            if sees_readers
        ],
    }
    return render(request, "distribution/trace/trace.html", context)


@page(EVERYBODY_CONCERNED)
def of_allocation(request: ActingRequest, line_id: int) -> HttpResponseBase:
    """Lead from a demand line that was decided to the copies that it became."""
    return redirect("distribution:trace", lot_of_allocation(request.actor, line_id).pk)


def _copies(count: int) -> str:
    return _("%(count)d copies") % {"count": count}


def _asked(found: Trace) -> list[Item]:
    """Return demand, what the college passed on, and the allocation; none for copies that came without demand."""
    line, allocated = found.demand_line, found.allocation_line
    if line is None or allocated is None:
        return []
    request, committed = line.request, allocated.allocation.committed_at
    reason = found.adjustments[-1].reason if found.adjustments else ""
    return [
        {
            "label": _("Asked for"),
            "value": _copies(line.asked),
            "detail": _day(request.submitted_at),
            "state": "done",
        },
        {
            "label": _("Passed on by the college"),
            "value": _copies(line.agreed),
            "detail": " · ".join(part for part in (request.batch.college.name, reason) if part),
            "state": "done",
        },
        {
            "label": _("Allocated"),
            "value": _copies(allocated.quantity),
            "detail": _day(committed),
            "state": "done",
        },
    ]


def _sent(found: Trace) -> list[Item]:
    shipment = found.shipment
    is_sent = shipment.state != ShipmentState.PREPARING
    others = [
        _("%(count)d more in shipment %(code)s") % {"count": part.quantity, "code": part.shipment.code}
        for part in found.parts
    ]
    return [
        {
            "label": _("Dispatched") if is_sent else _("Being packed"),
            "value": _copies(found.lot.quantity),
            "detail": " · ".join(
                part
                for part in (
                    shipment.supplier.name,
                    _day(shipment.dispatched_at),
                    shipment.carrier_note,
                    *others,
                )
                if part
            ),
            "url": reverse("distribution:shipment", args=[shipment.pk]),
            "state": "done" if is_sent else "current",
        },
        *_through(found),
    ]


def _through(found: Trace) -> list[Item]:
    """Return the stay at the superior unit through which the parcel went."""
    shipment = found.shipment
    if shipment.via is None:
        return []
    is_past = shipment.forwarded_at is not None or shipment.state == ShipmentState.RECEIVED
    return [
        {
            "label": _("Sent on"),
            "value": shipment.via.name,
            "detail": _day(shipment.forwarded_at or shipment.arrived_at_college_at),
            "state": "done" if is_past else ("current" if shipment.arrived_at_college_at else "todo"),
        }
    ]


def _arrived(found: Trace) -> list[Item]:
    line, receipt = found.receipt_line, found.receipt
    if line is None or receipt is None:
        waits = found.shipment.state in (ShipmentState.DISPATCHED, ShipmentState.AT_COLLEGE)
        return [
            {"label": _("Received"), "value": _("not yet"), "state": "current" if waits else "todo"},
            {"label": _("On display"), "value": _("not yet"), "state": "todo"},
        ]
    faults = [
        text % {"count": count}
        for text, count in (
            (_("%(count)d damaged"), line.damaged),
            (_("%(count)d missing"), line.missing),
            (_("%(count)d too many"), line.surplus),
        )
        if count
    ]
    faults += [claim.get_remedy_display() for claim in found.claims if claim.remedy]
    by = receipt.received_by.full_name if receipt.received_by else ""
    return [
        {
            "label": _("Received in good order"),
            "value": _copies(line.good + line.surplus),
            "detail": " · ".join(part for part in (_day(receipt.received_at), by, *faults) if part),
            "url": reverse("distribution:shipment", args=[found.shipment.pk]),
            "state": "problem" if faults else "done",
        },
        {
            "label": _("On display"),
            "value": _copies(found.at(PlaceKind.DISPLAY)),
            "detail": _("photographed") if found.photos else "",
            "url": reverse("distribution:corner", args=[found.shipment.point_id]) if found.photos else "",
            "state": "done" if found.at(PlaceKind.DISPLAY) or not line.good + line.surplus else "problem",
        },
        {
            "label": _("In the store"),
            "value": _copies(found.at(PlaceKind.SHELF)),
            "state": "done",
        },
    ]


def _used(found: Trace) -> list[Item]:
    if found.receipt is None:
        return []
    out, lost = found.at(PlaceKind.ON_LOAN), found.at(PlaceKind.LOST)
    missing = found.receipt_line.missing if found.receipt_line else 0
    details = [_("%(count)d out now") % {"count": out} if out else ""]
    if lost > missing:
        details.append(_("%(count)d lost") % {"count": lost - missing})
    return [
        {
            "label": _("Lent"),
            "value": _copies(found.lent),
            "detail": " · ".join(part for part in details if part),
            "state": "current" if out else ("done" if found.lent else "todo"),
        },
        {
            "label": _("Issued"),
            "value": _copies(found.issued),
            "state": "done" if found.issued else "todo",
        },
    ]


def _handed_on(found: Trace) -> list[Item]:
    """Return the transfers by which copies went on, and where these are now."""
    items: list[Item] = [
        {
            "label": _("Handed on"),
            "value": _copies(transfer.copies),  # type: ignore[attr-defined]  # counted by ways_of
            "detail": " · ".join(
                (
                    transfer.code,
                    f"{transfer.giver.name} → {transfer.taker.name}",
                    _day(transfer.received_at or transfer.sent_at),
                )
            ),
            "url": reverse("distribution:transfer", args=[transfer.pk]),
            "state": "done" if transfer.received_at else "current",
        }
        for transfer in found.transfers
    ]
    items += [
        {"label": _("Now at"), "value": _copies(copies), "detail": organisation.name, "state": "done"}
        for organisation, copies in found.elsewhere
    ]
    return items


def _day(moment: Any) -> str:
    return f"{local_date(moment):%Y-%m-%d}" if moment else ""
