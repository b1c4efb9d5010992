"""Deciding a proposal, or throwing it away."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.rounds.access import OFFICE
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.allocation.discard_proposal import discard_proposal
from lianxue.distribution.queries.allocation import office_allocation
from lianxue.kernel import clock
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest


@page(OFFICE)
@require_POST
def commit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Decide a proposal."""
    row = office_allocation(request.actor, pk)
    return acted(
        request,
        lambda: commit_allocation(
            actor=request.actor, at=clock.now(), allocation=row, request_key=request_key(request)
        ),
        done=_("Decided. The suppliers can now pack and send."),
        back=reverse("distribution:round-allocation", args=[row.round_id]),
    )


@page(OFFICE)
@require_POST
def discard(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Throw a proposal away."""
    row = office_allocation(request.actor, pk)
    return acted(
        request,
        lambda: discard_proposal(
            actor=request.actor, at=clock.now(), allocation=row, request_key=request_key(request)
        ),
        done=_("The proposal has been thrown away."),
        back=reverse("distribution:round-allocation", args=[row.round_id]),
    )
