"""The wall of photographs (S0-43) for the units above: by picture, by point, by receipt; and who has none yet."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.web.display.forms import WallFilter
from lianxue.distribution.interfaces.web.display.office_terms import SETS_TERMS_HERE
from lianxue.distribution.interfaces.web.display.pictures import shown
from lianxue.distribution.interfaces.web.fulfilment.access import IN_NETWORK, SUPERVISING
from lianxue.distribution.models import DisplayCorner, DisplayPhoto, Round
from lianxue.distribution.queries.corner import (
    beside,
    corners_below,
    due_before,
    photo_seen,
    refresh_days,
    units_above_points,
)
from lianxue.distribution.queries.shipments import photos_seen, shipments_seen
from lianxue.distribution.rules.rounds import ids_on_path
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest, Organisation, children_of

PER_PAGE = 24
ROUNDS_OFFERED = 30
SHOWS = (
    ("receipts", gettext_lazy("What arrived")),
    ("corner", gettext_lazy("The corner as it is")),
    ("alike", gettext_lazy("Looking like earlier ones")),
)
POINT_SHOWS = (
    ("no_corner", gettext_lazy("Without a corner")),
    ("no_photo", gettext_lazy("Without any photograph")),
    ("owing", gettext_lazy("Received and not photographed")),
    ("due", gettext_lazy("Due to be arranged anew")),
)
RECEIPT_SHOWS = (("none", gettext_lazy("Not photographed yet")), ("some", gettext_lazy("Photographed")))
POINT_COLUMNS = (
    Column("point", gettext_lazy("Point"), lambda row: row.name, "code"),
    Column("location", gettext_lazy("Where it is"), lambda row: _corner(row, "location")),
    Column("sign", gettext_lazy("Sign posted on"), lambda row: _corner(row, "sign_posted_on")),
    Column(
        "refreshed",
        gettext_lazy("Last arranged on"),
        lambda row: _corner(row, "refreshed_on"),
        "display_corner__refreshed_on",
    ),
    Column("photos", gettext_lazy("Photographs"), lambda row: row.photos, "photos"),
    Column(
        "last",
        gettext_lazy("Last photograph"),
        lambda row: local_date(row.last_photo_at) if row.last_photo_at else None,
        "last_photo_at",
    ),
    Column("owing", gettext_lazy("Receipts without"), lambda row: row.without_photo, "without_photo"),
    Column("alike", gettext_lazy("Looking like earlier ones"), lambda row: row.alike, "alike"),
)
RECEIPT_COLUMNS = (
    Column("code", gettext_lazy("Shipment"), lambda row: row.code, "code"),
    Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code"),
    Column("round", gettext_lazy("Round"), lambda row: row.round.name, "round_id"),
    Column(
        "received",
        gettext_lazy("Received on"),
        lambda row: local_date(row.receipt.received_at),
        "receipt__received_at",
    ),
    Column("photos", gettext_lazy("Photographs"), lambda row: row.photos, "photos"),
)


def _corner(row: Any, name: str) -> Any:
    corner = getattr(row, "display_corner", None)
    return getattr(corner, name) if corner else None


@page(IN_NETWORK)
def photos(request: ActingRequest) -> HttpResponseBase:
    """Show photographs of display corners, newest first."""
    form = _filter(request, SHOWS, by_round=True)
    rows = _narrowed(photos_seen(request.actor), form.asked())
    shown_page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = _query(request.GET)
    context = {
        "form": form,
        "page": shown_page,
        "photos": [shown(photo, with_point=True, query=query) for photo in shown_page],
        "missing": shipments_seen(request.actor)
        .filter(state=ShipmentState.RECEIVED, receipt__photos__isnull=True)
        .count(),
        "is_filtered": bool(query),
        **_frame(request, "photos"),
    }
    return render(request, "distribution/corner/photos.html", context)


@page(SUPERVISING)
def points(request: ActingRequest) -> HttpResponseBase:
    """Show every point below with what is known of its corner: who has none, who owes a photograph, who is due."""
    form = _filter(request, POINT_SHOWS, by_round=False)
    asked, days = form.asked(), refresh_days(request.actor.path)
    rows = corners_below(request.actor)
    if asked.get("q"):
        rows = rows.filter(name__icontains=asked["q"])
    if asked.get("unit"):
        rows = rows.filter(pk__in=_below(asked["unit"]))
    match asked.get("show"):
        case "no_corner":
            rows = rows.filter(display_corner__isnull=True)
        case "no_photo":
            rows = rows.filter(photos=0)  # type: ignore[misc]  # made by corners_below
        case "owing":
            rows = rows.filter(without_photo__gt=0)  # type: ignore[misc]  # made by corners_below
        case "due":
            due = due_before(clock.today(), days) if days else Q(pk__in=[])
            rows = rows.filter(display_corner__in=DisplayCorner.objects.filter(due))
    listing = Listing(request, rows.order_by("code"), POINT_COLUMNS, per_page=50)
    if listing.export_asked:
        return listing.export(_("Display corners"))
    context = {
        "form": form,
        "listing": listing,
        "is_filtered": bool(_query(request.GET)),
        "refresh_days": days,
        **_frame(request, "photos-points"),
    }
    return render(request, "distribution/corner/points.html", context)


@page(IN_NETWORK)
def receipts(request: ActingRequest) -> HttpResponseBase:
    """Show receipt by receipt whether and how it was photographed."""
    form = _filter(request, RECEIPT_SHOWS, by_round=True)
    asked = form.asked()
    rows = (
        shipments_seen(request.actor).filter(state=ShipmentState.RECEIVED).order_by("-receipt__received_at")
    )
    if asked.get("q"):
        rows = rows.filter(point__name__icontains=asked["q"])
    if asked.get("unit"):
        rows = rows.filter(point_id__in=_below(asked["unit"]))
    if asked.get("round"):
        rows = rows.filter(round_id=asked["round"])
    if asked.get("show"):
        rows = rows.filter(receipt__photos__isnull=asked["show"] == "none").distinct()
    listing = Listing(request, rows, RECEIPT_COLUMNS, per_page=30)
    if listing.export_asked:
        return listing.export(_("Photographs by receipt"))
    of_receipt: dict[int | None, list[dict[str, str]]] = {}
    wanted = photos_seen(request.actor).filter(receipt__shipment__in=[row.pk for row in listing.page])
    for photo in wanted:
        of_receipt.setdefault(photo.receipt_id, []).append(shown(photo))
    context = {
        "form": form,
        "listing": listing,
        "rows": [(row, of_receipt.get(row.receipt.pk, ())) for row in listing.page],
        "is_filtered": bool(_query(request.GET)),
        **_frame(request, "photos-receipts"),
    }
    return render(request, "distribution/corner/receipts.html", context)


@page(IN_NETWORK)
def view(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one photograph large, with the way to the one before and behind it on the wall."""
    photo = photo_seen(request.actor, pk)
    rows = _narrowed(photos_seen(request.actor), _filter(request, SHOWS, by_round=True).asked())
    newer, older = beside(rows, photo)
    query = _query(request.GET)
    other = photo.looks_like
    may_see_other = other is not None and photos_seen(request.actor).filter(pk=other.pk).exists()
    context = {
        "photo": photo,
        "is_own": photo.corner.point_id == request.actor.organisation_id,
        "wall_url": reverse("distribution:photos") + query,
        "newer_url": reverse("distribution:photo-view", args=[newer.pk]) + query if newer else "",
        "older_url": reverse("distribution:photo-view", args=[older.pk]) + query if older else "",
        "earlier": [shown(other, with_point=True)] if other is not None and may_see_other else [],
    }
    return render(request, "distribution/corner/view.html", context)


def _filter(request: ActingRequest, shows: Any, *, by_round: bool) -> WallFilter:
    offices = ids_on_path(request.actor.path)
    rounds = Round.objects.filter(office_id__in=offices, allocated_at__isnull=False)[:ROUNDS_OFFERED]
    units = units_above_points(request.actor) if SUPERVISING.allows(request) else []
    return WallFilter(request.GET, units=units, rounds=list(rounds) if by_round else None, shows=shows)


def _narrowed(rows: QuerySet[DisplayPhoto], asked: dict[str, str]) -> QuerySet[DisplayPhoto]:
    if asked.get("q"):
        rows = rows.filter(corner__point__name__icontains=asked["q"])
    if asked.get("unit"):
        rows = rows.filter(corner__point_id__in=_below(asked["unit"]))
    if asked.get("round"):
        rows = rows.filter(receipt__shipment__round_id=asked["round"])
    match asked.get("show"):
        case "receipts":
            rows = rows.filter(receipt__isnull=False)
        case "corner":
            rows = rows.filter(receipt__isnull=True)
        case "alike":
            rows = rows.filter(looks_like__isnull=False)
    return rows


def _below(unit: str) -> QuerySet[Organisation]:
    """Return the points directly below the unit that was asked for; the form has made sure that it is one."""
    return children_of(int(unit))


def _query(asked: QueryDict) -> str:
    """Return what the wall is narrowed to, for the links to single photographs."""
    kept = asked.copy()
    for name in ("page", "sort"):
        kept.pop(name, None)
    for name in [name for name in kept if not kept[name]]:
        kept.pop(name)
    return f"?{kept.urlencode()}" if kept else ""


def _frame(request: ActingRequest, current: str) -> dict[str, Any]:
    pages = [("photos", _("All photographs")), ("photos-receipts", _("By receipt"))]
    if SUPERVISING.allows(request):
        pages.insert(1, ("photos-points", _("By point")))
    return {
        "tabs": [
            {"label": label, "url": reverse(f"distribution:{name}"), "current": name == current}
            for name, label in pages
        ],
        "label": _("Photographs"),
        "sets_terms": SETS_TERMS_HERE.allows(request),
    }
