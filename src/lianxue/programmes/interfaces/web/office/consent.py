"""Letting one unit file late, for a reason."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.office.forms import ConsentForm
from lianxue.programmes.interfaces.web.office.preparing import own_call
from lianxue.programmes.models import LateConsent
from lianxue.programmes.operations.calls.moving import give_consent
from lianxue.programmes.queries.units import units_of


@page(ADMINISTRATORS)
def consent(request: ActingRequest, pk: int, stage: str, unit_id: int) -> HttpResponseBase:
    """Give consent; show what was given before."""
    row = own_call(request, pk)
    unit = units_of(row).filter(pk=unit_id).first()
    shown = next((one for one in row.definition.filed_stages() if one.key == stage), None)
    if unit is None or shown is None:
        raise NotFound
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            give_consent(
                actor=request.actor,
                at=clock.now(),
                call=row,
                stage=stage,
                unit=unit,
                until_on=form.cleaned_data["until_on"],
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request,
                _("%(unit)s may file until %(day)s.") % {"unit": unit, "day": form.cleaned_data["until_on"]},
            )
            return redirect("programmes:call-overview-stage", row.pk, stage)
    given = LateConsent.objects.select_related("given_by").filter(call=row, stage=stage, unit=unit)
    context = {
        "form": form,
        "call": row,
        "stage": shown,
        "unit": unit,
        "given": given,
        "request_key": request_key(request),
    }
    return render(request, "programmes/office/consent.html", context, status=422 if form.errors else 200)
