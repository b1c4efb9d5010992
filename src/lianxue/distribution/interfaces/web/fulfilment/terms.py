"""The point's own loan period."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.fulfilment.access import RUNS_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import TermsForm
from lianxue.distribution.operations.desk.set_lending_terms import set_lending_terms
from lianxue.distribution.queries.lending import loan_days
from lianxue.distribution.queries.stock import point_seen
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(RUNS_POINT)
def terms(request: ActingRequest) -> HttpResponseBase:
    """Set for how many days the point lends."""
    point = point_seen(request.actor, request.actor.organisation_id or 0)
    form = TermsForm(
        request.POST if request.method == "POST" else None, initial={"loan_days": loan_days(point.pk)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_lending_terms(
                actor=request.actor,
                at=clock.now(),
                point=point,
                loan_days=form.cleaned_data["loan_days"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The loan period has been set."))
            return redirect("distribution:desk")
    context = {"form": form, "request_key": request_key(request)}
    return render(request, "distribution/desk/terms.html", context, status=422 if form.errors else 200)
