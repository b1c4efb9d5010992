"""A point looks over what it is about to submit, submits it, or takes it back."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.rounds.access import POINT
from lianxue.distribution.interfaces.web.rounds.demand import found, standing
from lianxue.distribution.operations.demand.submit_demand import submit_demand
from lianxue.distribution.operations.demand.take_back_demand import take_back_demand
from lianxue.distribution.queries.demand import fingerprint, point_demand
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest


@page(POINT)
def review(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what is about to be submitted, and submit it."""
    row, request_row = found(request, pk)
    may = standing(request, request_row)
    if not may["may_save"]:
        return redirect("distribution:demand", row.pk)
    if request.method == "POST":
        try:
            submit_demand(
                actor=request.actor,
                at=clock.now(),
                round=row,
                seen=request.POST.get("seen") or None,
                needs_nothing=request.POST.get("needs_nothing") == "yes",
                request_key=request_key(request),
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("distribution:demand-review", row.pk)
        messages.success(
            request, _("Submitted to %(college)s.") % {"college": request_row.batch.college.name}
        )
        return redirect("distribution:demand", row.pk)
    begun = request_row if request_row.pk else None
    context = may | {
        "round": row,
        "row": request_row,
        "demand": point_demand(row, request.actor.organisation_id or 0, begun),
        "seen": fingerprint(begun) if begun else "",
        "request_key": request_key(request),
    }
    return render(request, "distribution/demand/review.html", context)


@page(POINT)
@require_POST
def take_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take submitted demand back to change it."""
    row, request_row = found(request, pk)
    back = reverse("distribution:demand", args=[row.pk])
    return acted(
        request,
        lambda: take_back_demand(actor=request.actor, at=clock.now(), request=request_row),
        done=_("You can change it now. Do not forget to submit it again."),
        back=back,
    )
