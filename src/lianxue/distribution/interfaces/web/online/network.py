"""The office opens online titles to points directly, and ends an access."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.display.office_terms import SETS_TERMS_HERE
from lianxue.distribution.interfaces.web.fulfilment.forms import ReasonForm
from lianxue.distribution.interfaces.web.online.forms import GrantForm
from lianxue.distribution.interfaces.web.online.titles import title_page
from lianxue.distribution.operations.online.access import end_access, grant_access
from lianxue.distribution.queries.corner import units_above_points
from lianxue.distribution.queries.online import access_to_end
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, points_below
from lianxue.resources.public import ResourceKind, published_entries


@page(SETS_TERMS_HERE)
def grant(request: ActingRequest) -> HttpResponseBase:
    """Open an online title to the points of a unit, or to the whole network."""
    units = units_above_points(request.actor)
    form = GrantForm(
        request.POST if request.method == "POST" else None,
        units=units,
        initial={"code": request.GET.get("code", "")},
    )
    if request.method == "POST" and form.is_valid():
        entry = (
            published_entries()
            .filter(kind=ResourceKind.ONLINE, code__iexact=form.cleaned_data["code"].strip())
            .first()
        )
        if entry is None:
            form.add_error("code", _("This is no online title of the catalogue."))
        else:
            points = points_below(request.actor.path).filter(is_active=True)
            if form.cleaned_data["unit"]:
                points = points.filter(places__superior_id=form.cleaned_data["unit"]).distinct()
            try:
                grant_access(
                    actor=request.actor,
                    at=clock.now(),
                    entry=entry,
                    points=list(points),
                    request_key=request_key(request),
                )
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                done = _("“%(title)s” is open to these points now.")
                messages.success(request, done % {"title": entry.title})
                return redirect("distribution:online")
    offered = published_entries().filter(kind=ResourceKind.ONLINE).order_by("title")[:50]
    context = {"form": form, "offered": offered, "request_key": request_key(request)}
    return render(request, "distribution/online/grant.html", context, status=422 if form.errors else 200)


@page(SETS_TERMS_HERE)
@require_POST
def end(request: ActingRequest, pk: int) -> HttpResponseBase:
    """End the access of one point to one title."""
    access = access_to_end(request.actor, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            end_access(
                actor=request.actor,
                at=clock.now(),
                access=access,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Ended. All links of the point to this title have stopped."))
            return redirect("distribution:online-title", access.pk)
    return title_page(request, access, end_form=form)
