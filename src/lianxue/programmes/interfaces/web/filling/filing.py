"""One filing, as its readers see it."""

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.queries.filings import filing_seen


@page(READERS)
def filing(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a filing: where it is, what was said."""
    return render(request, "programmes/filing/filing.html", {"filing": filing_seen(request.actor, pk)})
