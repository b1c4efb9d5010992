"""The network: the list of organisations, and the page of one."""

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.errors import Text
from lianxue.kernel.pages import Column, Listing, page
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.enums import Chain, role_label
from lianxue.orgs.interfaces.web.access import ADMINISTRATORS, MEMBERS
from lianxue.orgs.interfaces.web.organisation_forms import NetworkFilter
from lianxue.orgs.models import ActingRequest, Organisation, Post
from lianxue.orgs.operations import MAY_CHANGE
from lianxue.orgs.queries import (
    children_of,
    in_force,
    lying_in,
    on_tier,
    places_of,
    posts_shown,
    posts_to_fill,
    standing_in,
    with_tier,
)
from lianxue.orgs.rules import IN_CHARGE, IN_SIGHT, may_place

COLUMNS = (
    Column("name", gettext_lazy("Organisation"), lambda row: row.name, "name"),
    Column("code", gettext_lazy("Code"), lambda row: row.code, "code"),
    Column("kind", gettext_lazy("Kind of organisation"), lambda row: row.get_kind_display(), "kind"),
    Column("tier", gettext_lazy("Tier"), lambda row: row.tier, "tier"),
    Column("superior", gettext_lazy("Directly above"), lambda row: row.superior_name, "superior_name"),
    Column("division", gettext_lazy("Division"), lambda row: str(row.division or ""), "division"),
)


@page(MEMBERS)
def network(request: ActingRequest) -> HttpResponseBase:
    """Show the organisations that the actor may know: the own one, those beneath and those above."""
    in_sight = visible(Organisation.objects.all(), IN_SIGHT, request.actor)
    form = NetworkFilter(request.GET, in_sight)
    rows = with_tier(_asked_for(in_sight, form)).select_related("division").order_by("code")
    listing = Listing(request, rows, COLUMNS)
    if listing.export_asked:
        return listing.export(_("Organisations"))
    context = {
        "form": form,
        "listing": listing,
        "is_filtered": bool(request.GET),
        "may_register": ADMINISTRATORS.allows(request),
    }
    return render(request, "orgs/network.html", context)


def _asked_for(rows: QuerySet[Organisation], form: NetworkFilter) -> QuerySet[Organisation]:
    if not form.is_valid():
        return rows
    asked = form.cleaned_data
    if asked["q"]:
        rows = rows.filter(name__icontains=asked["q"]) | rows.filter(code__icontains=asked["q"])
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["district"]:
        rows = lying_in(rows, asked["district"])
    if asked["tier"]:
        rows = on_tier(rows, asked["tier"])
    if asked["chain"]:
        rows = standing_in(rows, Chain(asked["chain"]))
    if asked["above"]:
        rows = rows.filter(pk__in=children_of(asked["above"].pk).order_by().values("pk"))
    return rows


@page(MEMBERS)
def organisation(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one organisation: where it stands, who works there, how to reach it, who stands below."""
    actor, today = request.actor, clock.today()
    in_sight = visible(Organisation.objects.all(), IN_SIGHT, actor)
    shown = get_visible(
        with_tier(Organisation.objects.select_related("division__parent")), IN_SIGHT, actor, pk=pk
    )
    below = Listing(request, with_tier(in_sight.filter(pk__in=children_of(pk).values("pk"))), COLUMNS)
    context = {
        "organisation": shown,
        "places": places_of(shown),
        "reachable": set(in_sight.values_list("pk", flat=True)),
        "below": below,
        "posts": _people(request, shown, posts_shown(actor, shown, today)),
        "may_change": MAY_CHANGE.holds(actor, shown),
        "may_register": may_place(actor, shown),
        "may_appoint": any(place.pk == pk for place, _role in posts_to_fill(actor)),
        "people_held": Post.objects.filter(in_force(today), organisation=shown).exists(),
    }
    return render(request, "orgs/organisation.html", context)


def _people(
    request: ActingRequest, shown: Organisation, posts: QuerySet[Post]
) -> list[tuple[Post, Text, bool]]:
    """Return each post with what it is called, and whether the actor may open the page of who holds it."""
    tier: int | None = getattr(shown, "tier", None)
    charge = set(visible(posts, IN_CHARGE, request.actor).values_list("pk", flat=True))
    return [(post, role_label(post.role, tier), post.pk in charge) for post in posts]
