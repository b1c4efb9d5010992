"""The college's desk: passing contributions on, or sending them back."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, WrongState
from lianxue.kernel.pages import Listing, add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.resources.errors import NothingChosen
from lianxue.resources.interfaces.web.access import WRITERS
from lianxue.resources.interfaces.web.contributions import (
    COPIES,
    KIND,
    ORGANISATION,
    SUBMITTED,
    TITLE,
    chosen_ids,
    page_of,
    reason_form,
)
from lianxue.resources.interfaces.web.menu import contribution_tabs
from lianxue.resources.operations import collate_contributions, return_contribution
from lianxue.resources.queries.contributions import to_collate, visible_contributions
from lianxue.resources.rules.contributions import SEES_CONTRIBUTION

PER_PAGE = 50


@page(WRITERS)
def collation(request: ActingRequest) -> HttpResponseBase:
    """List what the points have sent in; pass on what is ticked."""
    if request.method == "POST":
        return _pass_on(request)
    listing = Listing(
        request, to_collate(request.actor), (TITLE, KIND, ORGANISATION, COPIES, SUBMITTED), per_page=PER_PAGE
    )
    if listing.export_asked:
        return listing.export(_("To pass on"))
    context = {"listing": listing, "tabs": contribution_tabs(request, "collation")}
    return render(request, "resources/collation.html", context)


def _pass_on(request: ActingRequest) -> HttpResponseBase:
    ids = chosen_ids(request.POST)
    try:
        collate_contributions(
            actor=request.actor,
            at=clock.now(),
            contribution_ids=ids,
            note=request.POST.get("note", ""),
            request_key=request_key(request),
        )
    except (WrongState, NothingChosen) as refusal:
        messages.warning(request, str(refusal))
    else:
        done = ngettext(
            "%(count)d contribution has been passed on to the guidance office.",
            "%(count)d contributions have been passed on to the guidance office.",
            len(ids),
        )
        messages.success(request, done % {"count": len(ids)})
    return redirect("resources:collation")


@page(WRITERS)
@require_POST
def send_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Send one contribution back to its point with a reason."""
    actor, at = request.actor, clock.now()
    row = get_visible(visible_contributions(actor), SEES_CONTRIBUTION, actor, pk=pk)
    form = reason_form(request.POST)
    if form.is_valid():
        try:
            return_contribution(
                actor=actor,
                at=at,
                contribution=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except WrongState as moved_on:
            messages.warning(request, str(moved_on))
            return redirect("resources:contribution", row.pk)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            sent_back = _("“%(title)s” has been sent back to %(organisation)s.")
            messages.success(request, sent_back % {"title": row.title, "organisation": row.organisation})
            return redirect("resources:collation")
    context = page_of(row, actor, at) | {"reason_form": form, "request_key": request_key(request)}
    return render(request, "resources/contribution.html", context, status=422)
