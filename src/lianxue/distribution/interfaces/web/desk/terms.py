"""The point's own terms of lending."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.desk.forms import TermsForm
from lianxue.distribution.interfaces.web.desk.standing import own_point
from lianxue.distribution.interfaces.web.fulfilment.access import RUNS_POINT
from lianxue.distribution.operations.desk.set_lending_terms import TERMS, set_lending_terms
from lianxue.distribution.queries.terms import terms_of
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(RUNS_POINT)
def terms(request: ActingRequest) -> HttpResponseBase:
    """Set loan period, renewals, how long reserved copies are kept, and when the desk is told of overdue loans."""
    point = own_point(request)
    form = TermsForm(
        request.POST if request.method == "POST" else None, initial=model_to_dict(terms_of(point.pk), TERMS)
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_lending_terms(
                actor=request.actor,
                at=clock.now(),
                point=point,
                request_key=request_key(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The terms have been set."))
            return redirect("distribution:desk")
    context = {"form": form, "request_key": request_key(request)}
    return render(request, "distribution/desk/terms.html", context, status=422 if form.errors else 200)
