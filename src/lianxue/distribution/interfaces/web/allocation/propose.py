"""Having the copies shared out on paper: the way, and the terms that the office sets for it."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.allocation.forms import PolicyForm
from lianxue.distribution.interfaces.web.rounds.access import OFFICE
from lianxue.distribution.interfaces.web.rounds.menu import round_tabs
from lianxue.distribution.models import Round
from lianxue.distribution.operations.allocation.policies import ALLOCATION_POLICIES
from lianxue.distribution.operations.allocation.propose_allocation import propose_allocation
from lianxue.distribution.queries.rounds import office_round
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import ActingRequest

WRONG = 422


@page(OFFICE)
def propose(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Choose how to share out and under which terms; nothing is decided by it."""
    row = office_round(request.actor, pk)
    colleges = list(Organisation.objects.filter(demand_batches__round=row).order_by("code"))
    if request.method != "POST":
        form = PolicyForm(colleges=colleges, initial={"policy": next(iter(ALLOCATION_POLICIES))})
        return _shown(request, row, form)
    form = PolicyForm(request.POST, colleges=colleges)
    if not form.is_valid():
        return _shown(request, row, form, status=WRONG)
    try:
        propose_allocation(
            actor=request.actor,
            at=clock.now(),
            round=row,
            policy=form.cleaned_data["policy"],
            terms=form.terms,
            request_key=request_key(request),
        )
    except NotFound:
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return _shown(request, row, form, status=WRONG)
    messages.success(request, _("Here is the proposal. Nothing has been decided yet."))
    return redirect("distribution:round-allocation", pk=row.pk)


def _shown(request: ActingRequest, row: Round, form: PolicyForm, *, status: int = 200) -> HttpResponseBase:
    offers = {offer.verb for offer in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context = {
        "round": row,
        "tabs": round_tabs(row, "round-allocation"),
        "form": form,
        "policies": ALLOCATION_POLICIES.values(),
        "can_propose": "propose_allocation" in offers,
        "request_key": request_key(request),
    }
    return render(request, "distribution/allocation/propose.html", context, status=status)
