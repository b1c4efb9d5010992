"""What people see who open a link, without an account: the title and the way to it. What is over looks like what never was."""

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianxue.distribution.interfaces.web.rounds.covers import cover_url
from lianxue.distribution.operations.online.links import open_link
from lianxue.distribution.queries.online import link_behind
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import PUBLIC, page
from lianxue.orgs.public import ActingRequest


@page(PUBLIC)
def look(request: ActingRequest, signed: str) -> HttpResponseBase:
    """Show the title behind a link."""
    link = link_behind(signed, clock.now())
    if link is None:
        return _closed(request)
    entry = link.access.entry
    context = {
        "entry": entry,
        "point": link.access.point,
        "cover": cover_url(entry),
        "until": local_date(link.expires_at),
        "open_url": reverse("distribution:online-go", args=[signed]),
    }
    return _unlisted(render(request, "distribution/online/look.html", context))


@page(PUBLIC)
@require_safe
def go(request: ActingRequest, signed: str) -> HttpResponseBase:
    """Go on to the title; the press is counted, nobody's name is kept."""
    link = link_behind(signed, clock.now())
    if link is None:
        return _closed(request)
    if request.method == "HEAD":
        url = link.access.entry.online_url
    else:
        url = open_link(actor=request.actor, at=clock.now(), link=link)
    if not url.startswith(("https://", "http://")):
        return _closed(request)
    response = HttpResponseRedirect(url)
    response["Referrer-Policy"] = "no-referrer"  # the signed address is nobody else's business
    return _unlisted(response)


def _closed(request: ActingRequest) -> HttpResponseBase:
    """Say the same of what is forged, over, withdrawn or ended."""
    return _unlisted(render(request, "distribution/online/closed.html", status=404))


def _unlisted(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
