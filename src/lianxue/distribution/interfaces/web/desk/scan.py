"""What the box of the desk takes: a scanned label, a typed code, words, a name, or the number of a row on the page."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.desk.forms import DeskForm
from lianxue.distribution.interfaces.web.desk.standing import (
    RETURN,
    bare_code,
    desk_url,
    mode_of,
    numbered,
    own_point,
)
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.models import Loan
from lianxue.distribution.operations.desk.return_loan import return_loan
from lianxue.distribution.queries.lending import entries_found, find_loans, own_loan
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import page, request_key
from lianxue.orgs.public import ActingRequest

TAKE_BACK_MARK = "-"  # in front of a code it takes back, whatever the mode


@page(AT_POINT)
@require_POST
def scan(request: ActingRequest) -> HttpResponseBase:
    """Find what was scanned; take it back at once when it can be only one loan."""
    mode = mode_of(request.POST.get("do"))
    form = DeskForm(request.POST)
    asked = bare_code(form.cleaned_data["q"]) if form.is_valid() else ""
    shown = request.POST.get("shown", "")
    if asked.startswith(TAKE_BACK_MARK):
        # The rows on the page are those of another mode, so a number behind the mark is a text like any other.
        mode, asked, shown = RETURN, asked.removeprefix(TAKE_BACK_MARK).strip(), ""
    if not asked:
        return redirect(desk_url(mode))
    if mode == RETURN:
        return _take_back(request, asked, shown)
    picked = numbered(asked, shown)
    found = [picked] if picked is not None else entries_found(own_point(request).pk, asked)
    if len(found) == 1:
        return redirect(desk_url(mode, title=found[0]))
    return redirect(desk_url(mode, q=asked))


def _take_back(request: ActingRequest, asked: str, shown: str) -> HttpResponse:
    """Take back the one loan that is meant; ask which when there are several, say so when there is none."""
    picked = numbered(asked, shown)
    loans: list[Loan] = list(find_loans(own_point(request).pk, asked)[:2]) if picked is None else []
    try:
        if picked is not None:
            loans = [own_loan(request.actor, picked)]
        if len(loans) != 1:
            return redirect(desk_url(RETURN, q=asked))
        row = return_loan(
            actor=request.actor, at=clock.now(), loan=loans[0], request_key=request_key(request)
        )
    except NotFound:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(desk_url(RETURN))
    back = _("Back from %(name)s: %(title)s.") % {"name": row.borrower_name, "title": row.title}
    messages.success(request, back)
    return redirect(desk_url(RETURN, done=row.pk))
