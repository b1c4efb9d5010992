"""Moving a round on: opening it, ending the demand, closing it."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import BatchState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import OFFICE
from lianxue.distribution.interfaces.web.rounds.forms import ClosingForm
from lianxue.distribution.interfaces.web.rounds.round import page_of
from lianxue.distribution.operations.rounds.close_round import close_round
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.rounds.start_allocating import start_allocating
from lianxue.distribution.queries.rounds import college_standings, office_round
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest


@page(OFFICE)
@require_POST
def open_for_demand(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Open a prepared round."""
    row = office_round(request.actor, pk)
    return acted(
        request,
        lambda: open_round(actor=request.actor, at=clock.now(), round=row),
        done=_("The round is open. Points can now state their demand."),
        back=reverse("distribution:round", args=[row.pk]),
    )


@page(OFFICE)
def end_demand(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show who would be left out if the demand ended now, and end it."""
    row = office_round(request.actor, pk)
    if request.method == "POST":
        return acted(
            request,
            lambda: start_allocating(actor=request.actor, at=clock.now(), round=row),
            done=_("The demand has ended. Now the copies can be shared out."),
            back=reverse("distribution:round", args=[row.pk]),
            then=reverse("distribution:round-allocation", args=[row.pk]),
        )
    offers = {offer.verb for offer in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    if "start_allocating" not in offers:
        return redirect("distribution:round", row.pk)
    standings = college_standings(row)
    context = {
        "round": row,
        "missing": [one for one in standings if one.batch.state != BatchState.SUBMITTED],
        "submitted": [one for one in standings if one.batch.state == BatchState.SUBMITTED],
    }
    return render(request, "distribution/rounds/end_demand.html", context)


@page(OFFICE)
@require_POST
def close(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Close a round; while something has not been received it takes a reason."""
    row = office_round(request.actor, pk)
    form = ClosingForm(request.POST, is_required=False)
    if form.is_valid():
        try:
            close_round(
                actor=request.actor,
                at=clock.now(),
                round=row,
                reason=form.cleaned_data["reason"],
                closes_unmet=form.cleaned_data["closes_unmet"],
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The round is closed."))
            return redirect("distribution:round", row.pk)
    return render(request, "distribution/rounds/round.html", page_of(request, row, form), status=422)
