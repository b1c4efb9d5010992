"""Beginning a filing from the page of its call."""

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import page, request_key
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.operations.filings.begin import begin_filing
from lianxue.programmes.queries.filings import call_seen


@page(ADMINISTRATORS)
@require_POST
def begin(request: ActingRequest, pk: int, stage: str) -> HttpResponseBase:
    """Begin the filing of the actor's own unit, empty or with last time's answers, and go on to filling it in."""
    call = call_seen(request.actor, pk)
    if stage not in {one.key for one in call.definition.filed_stages()}:
        raise NotFound
    unit = Organisation.objects.get(pk=request.actor.organisation_id or 0)
    filing = begin_filing(
        actor=request.actor,
        at=clock.now(),
        call=call,
        stage=stage,
        unit=unit,
        copy_last=request.POST.get("copy") == "last",
        request_key=request_key(request),
    )
    return redirect("programmes:fill", filing.pk)
