"""A change notice to an approved filing (S1-48)."""

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.interfaces.web.filling.change import notice_differences
from lianxue.programmes.queries.filings import notice_seen
from lianxue.programmes.rules.filing import WRITES_NOTICE


@page(READERS)
def notice(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a change notice: what changes, why, from when, and what became of it."""
    row = notice_seen(request.actor, pk)
    is_own = WRITES_NOTICE.holds(request.actor, row)
    context = {
        "notice": row,
        "is_own": is_own,
        "differences": notice_differences(row, is_own=is_own),
    }
    return render(request, "programmes/notice/notice.html", context)
