"""Wishes of learners and teachers: at the own point with its public door, and in the network for those above."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.rounds.access import COLLEGE, OFFICE_READERS, POINT
from lianxue.distribution.interfaces.web.rounds.forms import NeedFilter
from lianxue.distribution.interfaces.web.rounds.menu import batch_tabs, round_tabs
from lianxue.distribution.models import Need, Round
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.demand.remove_need import remove_need
from lianxue.distribution.queries.aggregation import own_batch
from lianxue.distribution.queries.needs import door_of, needs_of_round, own_needs, round_for_door
from lianxue.distribution.queries.rounds import office_round
from lianxue.distribution.rules.demand import KEEPS_NEED
from lianxue.documents.public import NeedPoster, need_poster
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import Column, Listing, page
from lianxue.kernel.pages.pressing import acted
from lianxue.kernel.rendering import qr_svg
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest, Organisation

TITLE = Column(
    "title",
    gettext_lazy("Wished for"),
    lambda row: row.title.entry.title if row.title else _("not on offer"),
    "title__entry__title",
)
QUANTITY = Column("quantity", gettext_lazy("Copies"), lambda row: row.quantity, "quantity")
AUDIENCE = Column("audience", gettext_lazy("Who wishes"), lambda row: row.get_audience_display(), "audience")
NAME = Column("name", gettext_lazy("Name of the person"), lambda row: row.person_name, "person_name")
NOTE = Column("note", gettext_lazy("Remark"), lambda row: row.note)
LEFT = Column("left", gettext_lazy("Left on"), lambda row: local_date(row.left_at), "left_at")
ROUND = Column("round", gettext_lazy("Round"), lambda row: row.round.name, "round__name")
POINT_NAME = Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code")


@page(POINT)
def needs(request: ActingRequest) -> HttpResponseBase:
    """Show the public door of the point and the wishes left there."""
    door = door_of(request.actor.organisation_id)
    form = NeedFilter(request.GET or None)
    rows = _narrowed(own_needs(request.actor), form)
    listing = Listing(request, rows, (TITLE, QUANTITY, AUDIENCE, NAME, NOTE, ROUND, LEFT))
    if listing.export_asked:
        return listing.export(_("Wishes"))
    url = request.build_absolute_uri(reverse("distribution:wish", args=[door.token])) if door else ""
    context = {
        "door": door,
        "url": url,
        "picture": qr_svg(url) if url else "",
        "round": round_for_door(door, clock.today()) if door else None,
        "listing": listing,
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "distribution/needs/needs.html", context)


@page(POINT)
@require_POST
def open_door(request: ActingRequest) -> HttpResponseBase:
    """Open the public page of the point."""
    point = Organisation.objects.get(pk=request.actor.organisation_id or 0)
    return acted(
        request,
        lambda: open_point_door(actor=request.actor, at=clock.now(), point=point),
        done=_("The public page is open. Print the poster and hang it up where people see it."),
        back=reverse("distribution:needs"),
    )


@page(POINT)
def poster(request: ActingRequest) -> HttpResponseBase:
    """Give the poster with the QR code as PDF."""
    door = door_of(request.actor.organisation_id)
    if door is None:
        raise NotFound
    current = round_for_door(door, clock.today())
    content = need_poster(
        NeedPoster(
            point=door.point.name,
            url=request.build_absolute_uri(reverse("distribution:wish", args=[door.token])),
            until=current.demand_until if current else None,
        )
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = _("Poster of %(point)s") % {"point": door.point.name}
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or ""
    return response


@page(POINT)
@require_POST
def remove(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take one wish away."""
    row = get_visible(Need.objects.all(), KEEPS_NEED, request.actor, pk=pk)
    return acted(
        request,
        lambda: remove_need(actor=request.actor, at=clock.now(), need=row),
        done=_("The wish has been taken away."),
        back=reverse("distribution:needs"),
    )


@page(OFFICE_READERS)
def round_needs(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the office what was wished for in a round, without names."""
    row = office_round(request.actor, pk)
    return _in_network(request, row, round_tabs(row, "round-needs"), "distribution:rounds")


@page(COLLEGE)
def batch_needs(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a college what was wished for at its points, without names."""
    row = own_batch(request.actor, pk).round
    return _in_network(request, row, batch_tabs(row, "aggregation-needs"), "distribution:aggregations")


def _in_network(request: ActingRequest, row: Round, tabs: object, back: str) -> HttpResponseBase:
    form = NeedFilter(request.GET or None)
    rows = _narrowed(needs_of_round(request.actor, row), form)
    listing = Listing(request, rows, (TITLE, QUANTITY, AUDIENCE, NOTE, POINT_NAME, LEFT))
    if listing.export_asked:
        return listing.export(_("Wishes in %(round)s") % {"round": row.name})
    context = {
        "round": row,
        "tabs": tabs,
        "listing": listing,
        "form": form,
        "back_url": reverse(back),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "distribution/needs/round_needs.html", context)


def _narrowed(rows: QuerySet[Need], form: NeedFilter) -> QuerySet[Need]:
    if not form.is_valid():
        return rows
    words, audience, offered = (form.cleaned_data[name] for name in ("q", "audience", "offered"))
    if words:
        rows = rows.filter(Q(title__entry__title__icontains=words) | Q(note__icontains=words))
    if audience:
        rows = rows.filter(audience=audience)
    return rows.filter(title__isnull=offered == "no") if offered else rows
