"""The home page: what waits for me, by deadline; then how my area is doing."""

from datetime import date
from itertools import chain

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel import clock
from lianxue.kernel.pages import HOME, PUBLIC, page
from lianxue.orgs.public import ActingRequest


@page(PUBLIC)
def home(request: ActingRequest) -> HttpResponseBase:
    """Show a visitor what this is, and everybody else what waits for them."""
    actor, at = request.actor, clock.now()
    if actor.person_id is None:
        return render(request, "web/home/visitor.html")
    sources = HOME.values()
    waiting = sorted(
        chain.from_iterable(source.waiting(actor, at) for source in sources),
        key=lambda item: item.due_on or date.max,
    )
    panels = list(chain.from_iterable(source.panels(actor, at) for source in sources))
    return render(request, "web/home/home.html", {"waiting": waiting, "panels": panels})
