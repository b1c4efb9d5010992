"""Why one number is as it is: to the office with the means to change it, and once decided to those whom it concerns."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.interfaces.web.allocation.forms import OverrideForm
from lianxue.distribution.interfaces.web.rounds.access import ADMINISTRATORS, OFFICE, OFFICE_READERS
from lianxue.distribution.models import Allocation, DemandLine
from lianxue.distribution.operations.allocation.explanation import explain_line
from lianxue.distribution.operations.allocation.override_line import override_line
from lianxue.distribution.queries.allocation import line_in, office_allocation, visible_allocation_line
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

WRONG = 422


@page(OFFICE_READERS)
def number(request: ActingRequest, pk: int, line_id: int) -> HttpResponseBase:
    """Explain one number to the office, and let it set another one by hand."""
    row = office_allocation(request.actor, pk)
    line = line_in(row, line_id)
    if request.method != "POST" or not OFFICE.allows(request):
        return _shown(request, row, line, OverrideForm())
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, line, form, status=WRONG)
    try:
        override_line(
            actor=request.actor,
            at=clock.now(),
            allocation=row,
            line=line,
            quantity=form.cleaned_data["quantity"],
            reason=form.cleaned_data["reason"],
            request_key=request_key(request),
        )
    except NotFound:
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return _shown(request, row, line, form, status=WRONG)
    messages.success(request, _("Set by hand. All sums and figures have followed."))
    return redirect("distribution:allocation-number", pk=row.pk, line_id=line.pk)


@page(ADMINISTRATORS | OFFICE_READERS)
def why(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Explain a decided number to those whom it concerns and those above them."""
    found = visible_allocation_line(request.actor, pk)
    return _shown(request, found.allocation, found.demand_line, None)


def _shown(
    request: ActingRequest, row: Allocation, line: DemandLine, form: OverrideForm | None, *, status: int = 200
) -> HttpResponseBase:
    offers = {
        offer.verb
        for offer in ALLOCATION_FLOW.offered(actor=request.actor, subject=row, at=clock.now())
        if offer.is_ready
    }
    context: dict[str, Any] = {
        "round": row.round,
        "allocation": row,
        "line": line,
        "explanation": explain_line(row.pk, line.title_id, line.pk),
        "adjustments": line.adjustments.select_related("by"),
        "is_office": OFFICE_READERS.allows(request),
        "form": form if "override_line" in offers else None,
        "request_key": request_key(request),
    }
    return render(request, "distribution/allocation/why.html", context, status=status)
