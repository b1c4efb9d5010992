"""A change notice to an approved filing (S1-48)."""

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.queries.filings import notice_seen


@page(READERS)
def notice(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a change notice."""
    return render(request, "programmes/notice/notice.html", {"notice": notice_seen(request.actor, pk)})
