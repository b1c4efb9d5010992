"""The list of shipments, for those who pack, those who receive and those who look after both."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.web.fulfilment.access import (
    AT_POINT,
    AT_SUPPLIER,
    EVERYBODY_CONCERNED,
)
from lianxue.distribution.interfaces.web.fulfilment.forms import row_number
from lianxue.distribution.interfaces.web.shipping.access import PACKING
from lianxue.distribution.interfaces.web.shipping.forms import DispatchForm, ShipmentFilter
from lianxue.distribution.interfaces.web.shipping.notes import notes_of
from lianxue.distribution.interfaces.web.shipping.tabs import parcel_tabs
from lianxue.distribution.models import Round, Shipment
from lianxue.distribution.operations.shipping.dispatch import dispatch_shipments
from lianxue.distribution.queries.shipments import (
    faulty,
    overdue_at,
    rounds_to_pack,
    shipments_seen,
    to_pack,
)
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50

CODE = Column("code", gettext_lazy("Shipment"), lambda row: row.code, "code")
POINT = Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code")
SUPPLIER = Column("supplier", gettext_lazy("Supplier"), lambda row: row.supplier.name, "supplier__name")
ROUND = Column("round", gettext_lazy("Round"), lambda row: row.round.name, "round__name")
TITLES = Column("titles", gettext_lazy("Number of titles"), lambda row: row.titles, "titles")
COPIES = Column("copies", gettext_lazy("Copies"), lambda row: row.copies, "copies")
STATE = Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state")
DISPATCHED = Column(
    "dispatched",
    gettext_lazy("Dispatched on"),
    lambda row: local_date(row.dispatched_at) if row.dispatched_at else None,
    "dispatched_at",
)
DAMAGED = Column("damaged", gettext_lazy("Damaged"), lambda row: row.damaged, "damaged")
MISSING = Column("missing", gettext_lazy("Missing"), lambda row: row.missing, "missing")
SURPLUS = Column("surplus", gettext_lazy("Too many"), lambda row: row.surplus, "surplus")

COLUMNS = (CODE, POINT, SUPPLIER, ROUND, TITLES, COPIES, STATE, DISPATCHED, DAMAGED, MISSING, SURPLUS)


def _columns(*, packs: bool, receives: bool) -> tuple[Column, ...]:
    """Return the columns that tell the reader something: not one's own name in every row."""
    own = SUPPLIER if packs else POINT if receives else None
    return tuple(column for column in COLUMNS if column is not own)


@page(EVERYBODY_CONCERNED)
def shipments(request: ActingRequest) -> HttpResponseBase:
    """List the shipments that concern the actor, what must be done first at the top."""
    seen = shipments_seen(request.actor)
    rounds = Round.objects.filter(pk__in=seen.order_by().values("round_id"))
    form = ShipmentFilter(request.GET or None, rounds=list(rounds))
    rows = _filtered(seen, form) if form.is_valid() else seen
    packs, receives = AT_SUPPLIER.allows(request), AT_POINT.allows(request)
    listing = Listing(request, rows, _columns(packs=packs, receives=receives), per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Shipments"))
    context = {
        "form": form,
        "listing": listing,
        "packs": packs,
        "receives": receives,
        "tabs": parcel_tabs(request, "shipments"),
        "is_filtered": form.is_bound,
        "waiting": waiting_count(request),
        "packing_rounds": rounds_to_pack(request.actor) if packs else (),
        "dispatch_form": DispatchForm(),
    }
    return render(request, "distribution/shipments/list.html", context)


def waiting_count(request: ActingRequest) -> int:
    """Return how many parcels the actor's own organisation has still to pack."""
    return (
        to_pack(request.actor).filter(state=ShipmentState.PREPARING).count() if PACKING.allows(request) else 0
    )


def _filtered(rows: QuerySet[Shipment], form: ShipmentFilter) -> QuerySet[Shipment]:
    asked = form.cleaned_data
    if asked["q"]:
        text = asked["q"].strip()
        rows = rows.filter(Q(code__icontains=text) | Q(point__name__icontains=text))
    if asked["round"]:
        rows = rows.filter(round_id=int(asked["round"]))
    match asked["state"]:
        case "overdue":
            rows = rows.filter(overdue_at(clock.today()))
        case "faulty":
            rows = faulty(rows)
        case "no_photo":
            rows = rows.filter(state=ShipmentState.RECEIVED, receipt__photos__isnull=True)
        case "":
            pass
        case state:
            rows = rows.filter(state=state)
    return rows


@page(PACKING)
@require_POST
def act_on_many(request: ActingRequest) -> HttpResponseBase:
    """Dispatch the chosen shipments, or all that wait; or print their delivery notes."""
    asked_for_all = request.POST.get("which") == "all"
    chosen = [pk for text in request.POST.getlist("chosen") if (pk := row_number(text)) is not None]
    waiting = to_pack(request.actor).filter(state=ShipmentState.PREPARING)
    rows = list(waiting if asked_for_all else to_pack(request.actor, chosen))
    if request.POST.get("act") == "print":
        if not rows:
            messages.warning(request, _("Please choose at least one shipment."))
            return redirect("distribution:shipments")
        return HttpResponse(notes_of(request, rows), content_type="application/pdf")
    try:
        dispatch_shipments(
            actor=request.actor,
            at=clock.now(),
            shipments=rows,
            carrier_note=request.POST.get("carrier_note", ""),
            request_key=request_key(request),
        )
    except Refused as refusal:
        messages.warning(request, " ".join(str(text) for text in refusal.fields.values()) or str(refusal))
    else:
        done = ngettext(
            "%(count)d shipment is on its way.", "%(count)d shipments are on their way.", len(rows)
        )
        messages.success(request, done % {"count": len(rows)})
    return redirect("distribution:shipments")
