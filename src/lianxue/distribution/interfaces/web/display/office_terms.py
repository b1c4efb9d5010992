"""What the office sets for its network. The source gives no numbers, so all of it may stay empty."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.display.forms import OfficeTermsForm
from lianxue.distribution.models import OfficeTerms
from lianxue.distribution.operations.display.office_terms import set_office_terms
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Access, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation, Role

OFFICE_TIER = 1
SETS_TERMS_HERE = Access(
    "administrator of the office",
    lambda request: request.actor.role == Role.TIER_ADMIN and request.actor.tier == OFFICE_TIER,
)


@page(SETS_TERMS_HERE)
def office_terms(request: ActingRequest) -> HttpResponseBase:
    """Set what holds for the whole network."""
    office = Organisation.objects.get(pk=request.actor.organisation_id or 0)
    present = OfficeTerms.objects.filter(office=office).first()
    initial = (
        {"refresh_days": present.refresh_days, "keep_names_days": present.keep_names_days} if present else {}
    )
    form = OfficeTermsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_office_terms(
                actor=request.actor,
                at=clock.now(),
                office=office,
                request_key=request_key(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("distribution:office-terms")
    context = {"form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/corner/office_terms.html", context, status=422 if form.errors else 200
    )
