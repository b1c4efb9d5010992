"""One issue, and undoing one that was written down by mistake."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import ReasonForm
from lianxue.distribution.operations.desk.issue import undo_issue
from lianxue.distribution.queries.lending import own_issue
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
def issue(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one issue of the own point; take the reason for undoing it."""
    row = own_issue(request.actor, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_issue(
                actor=request.actor,
                at=clock.now(),
                issue=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The issue has been undone; the copies are back."))
            return redirect("distribution:register-issues")
    context = {"issue": row, "form": form, "request_key": request_key(request)}
    return render(request, "distribution/desk/issue.html", context, status=422 if form.errors else 200)
