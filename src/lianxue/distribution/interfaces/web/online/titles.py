"""The online titles of a point, or of all points below, and one of them with its links."""

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.display.office_terms import SETS_TERMS_HERE
from lianxue.distribution.interfaces.web.fulfilment.access import IN_NETWORK, SUPERVISING
from lianxue.distribution.interfaces.web.fulfilment.forms import ReasonForm
from lianxue.distribution.interfaces.web.online.forms import LinkForm, OnlineFilter
from lianxue.distribution.models import OnlineAccess
from lianxue.distribution.queries.online import (
    IS_OPEN,
    access_seen,
    accesses_seen,
    is_open,
    links_of,
    online_figures,
    works,
)
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

TITLE = Column("title", gettext_lazy("Title"), lambda row: row.entry.title, "entry__title")
POINT = Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code")
OTHERS = (
    Column("state", gettext_lazy("State"), lambda row: _("Available") if is_open(row) else _("Ended")),
    Column("granted", gettext_lazy("Available since"), lambda row: local_date(row.granted_at), "granted_at"),
    Column("working", gettext_lazy("Links that work"), lambda row: row.working, "working"),
    Column("times", gettext_lazy("Times opened"), lambda row: row.times, "times"),
    Column("last", gettext_lazy("Last opened on"), lambda row: row.last, "last"),
)


@page(IN_NETWORK)
def titles(request: ActingRequest) -> HttpResponseBase:
    """List the online titles of the own point, or those of all points below."""
    is_above = SUPERVISING.allows(request)
    rows = accesses_seen(request.actor, clock.now())
    form = OnlineFilter(request.GET or None)
    if form.is_valid():
        words, state = form.cleaned_data["q"].strip(), form.cleaned_data["state"]
        if words:
            rows = rows.filter(Q(entry__title__icontains=words) | Q(point__name__icontains=words))
        if state:
            rows = rows.filter(IS_OPEN if state == "open" else ~IS_OPEN)
    columns = (TITLE, POINT, *OTHERS) if is_above else (TITLE, *OTHERS)
    listing = Listing(request, rows, columns)
    if listing.export_asked:
        return listing.export(_("Online titles"))
    today = clock.today()
    context = {
        "listing": listing,
        "rows": [(row, is_open(row)) for row in listing.page],
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "is_above": is_above,
        "may_grant": SETS_TERMS_HERE.allows(request),
        "year": today.year,
        "figures": online_figures(request.actor, today.replace(month=1, day=1), today),
    }
    return render(request, "distribution/online/titles.html", context)


@page(IN_NETWORK)
def title(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one online title of a point with its links."""
    return title_page(request, access_seen(request.actor, pk))


def title_page(
    request: ActingRequest,
    access: OnlineAccess,
    *,
    form: LinkForm | None = None,
    end_form: ReasonForm | None = None,
) -> HttpResponseBase:
    """Show an access, perhaps with what was wrong in what was sent."""
    now = clock.now()
    listed = list(links_of(access)[:100])
    for link in listed:
        link.access = access
    context = {
        "access": access,
        "is_open": is_open(access),
        "is_own": access.point_id == request.actor.organisation_id,
        "may_end": SETS_TERMS_HERE.allows(request) and access.ended_at is None,
        "links": [(link, works(link, now)) for link in listed],
        "form": form or LinkForm(),
        "end_form": end_form or ReasonForm(),
        "request_key": request_key(request),
    }
    is_faulty = bool(form and form.errors) or bool(end_form and end_form.errors)
    return render(request, "distribution/online/title.html", context, status=422 if is_faulty else 200)
