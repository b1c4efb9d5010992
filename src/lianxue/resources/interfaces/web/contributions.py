"""An organisation's contributions: the list, one of them, and sending many in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, Unmet
from lianxue.kernel.flow import Offer as OfferedStep
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest, Actor, tier_of
from lianxue.resources.enums import ContributionState as State
from lianxue.resources.flows.contributions import CONTRIBUTION_FLOW
from lianxue.resources.interfaces.web.access import CONTRIBUTION_READERS, NETWORK_READERS, WRITERS
from lianxue.resources.interfaces.web.filters import ContributionFilter
from lianxue.resources.interfaces.web.forms import ReasonForm
from lianxue.resources.interfaces.web.menu import contribution_tabs
from lianxue.resources.models import Contribution
from lianxue.resources.operations import discard_contribution, submit_contribution, submit_contributions
from lianxue.resources.queries.categories import category_tree
from lianxue.resources.queries.contributions import (
    changes_since_last,
    history_of,
    own_contributions,
    visible_contributions,
)
from lianxue.resources.rules.contributions import SEES_CONTRIBUTION

COLLEGE_TIER = 2  # from here on it goes straight to the office
ID_DIGITS = 18  # what surely fits into an id

TITLE = Column("title", gettext_lazy("Title"), lambda row: row.title, sort="title")
KIND = Column("kind", gettext_lazy("Resource type"), lambda row: row.get_kind_display(), sort="kind")
COPIES = Column(
    "copies", gettext_lazy("Copies offered"), lambda row: row.copies_offered, sort="copies_offered"
)
STATE = Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), sort="state")
CHANGED = Column("changed", gettext_lazy("Last changed"), lambda row: row.changed_at, sort="changed_at")
SUBMITTED = Column(
    "submitted", gettext_lazy("Submitted on"), lambda row: row.submitted_at, sort="submitted_at"
)
ORGANISATION = Column(
    "organisation",
    gettext_lazy("Contributed by"),
    lambda row: row.organisation.name,
    sort="organisation__code",
)
CATEGORY = Column(
    "category", gettext_lazy("Subject category"), lambda row: str(row.category or ""), sort="category__rank"
)


@page(CONTRIBUTION_READERS)
def own(request: ActingRequest) -> HttpResponseBase:
    """List what the organisation has written and sent in; the office, which contributes nothing, sees all there is."""
    if not WRITERS.allows(request):
        return _all(request)
    form = ContributionFilter(request.GET, request.actor, of_many=False)
    rows = form.apply(own_contributions(request.actor))
    listing = Listing(request, rows, (TITLE, KIND, COPIES, STATE, CHANGED))
    if listing.export_asked:
        return listing.export(_("Our contributions"))
    context = {
        "form": form,
        "listing": listing,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "tabs": contribution_tabs(request, "own"),
        "waits_for_college": (request.actor.tier or 0) > COLLEGE_TIER,
    }
    return render(request, "resources/contributions.html", context)


@page(NETWORK_READERS)
def network(request: ActingRequest) -> HttpResponseBase:
    """List every contribution that the actor may see, in whatever state."""
    return _all(request)


def _all(request: ActingRequest) -> HttpResponseBase:
    form = ContributionFilter(request.GET, request.actor, of_many=True)
    rows = form.apply(
        visible_contributions(request.actor).exclude(state=State.DRAFT).order_by("-submitted_at", "-pk")
    )
    listing = Listing(request, rows, (TITLE, KIND, CATEGORY, ORGANISATION, COPIES, STATE, SUBMITTED))
    if listing.export_asked:
        return listing.export(_("Contributions"))
    context = {"form": form, "listing": listing, "tabs": contribution_tabs(request, "network")}
    return render(request, "resources/network.html", context)


@dataclass(frozen=True)
class Stage:
    """One stage on the way to the catalogue."""

    label: str
    state: str
    detail: str = ""


def stages(row: Contribution, *, by_college: bool) -> list[Stage]:
    """Return where the contribution is on its way."""
    order = {
        State.DRAFT: 0,
        State.RETURNED: 0,
        State.SUBMITTED: 1,
        State.COLLATED: 2,
        State.REJECTED: 2,
        State.ACCEPTED: 3,
    }
    labels = [_("Written"), _("College"), _("Guidance office"), _("Catalogue")]
    reached = order[State(row.state)]
    found = []
    for place, label in enumerate(labels):
        if place == 1 and by_college:
            continue
        mark = "done" if place < reached or row.state == State.ACCEPTED else "todo"
        if place == reached and row.state != State.ACCEPTED:
            mark = "problem" if row.state in (State.RETURNED, State.REJECTED) else "current"
        detail = row.get_state_display() if mark in ("current", "problem") else ""
        found.append(Stage(label, mark, detail))
    return found


@page(CONTRIBUTION_READERS)
def contribution(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one contribution: what it is, how it stands, what happened, and what can be done next."""
    actor, at = request.actor, clock.now()
    row = get_visible(visible_contributions(actor), SEES_CONTRIBUTION, actor, pk=pk)
    return render(
        request, "resources/contribution.html", page_of(row, actor, at) | {"reason_form": reason_form()}
    )


def reason_form(data: QueryDict | None = None) -> ReasonForm:
    """Return the form with which a college sends something back."""
    return ReasonForm(
        data,
        label=_("What should the point change?"),
        hint=_("The point reads this and can send it in again."),
    )


def page_of(row: Contribution, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return what the page of a contribution shows."""
    history = history_of(row)
    offers = {offer.verb: offer for offer in CONTRIBUTION_FLOW.offered(actor=actor, subject=row, at=at)}
    is_back = row.state in (State.RETURNED, State.REJECTED)
    return {
        "row": row,
        "entry": getattr(row, "entry", None),
        "category_path": category_tree().path(row.category) if row.category else "",
        "history": history,
        "stages": stages(row, by_college=_is_colleges(row)),
        "changes": changes_since_last(row) if row.revision > 1 else [],
        "decided": history[-1] if is_back and history else None,
        "offers": offers,
        "submit": offers.get("submit") or offers.get("submit_to_office"),
        "hindrances": _hindrances(offers),
        "is_own": actor.organisation_id == row.organisation_id,
    }


def _is_colleges(row: Contribution) -> bool:
    """Tell whether nobody stands between the contributor and the office."""
    return tier_of(row.organisation_id) == COLLEGE_TIER


def _hindrances(offers: dict[str, OfferedStep]) -> list[str]:
    submit = offers.get("submit") or offers.get("submit_to_office")
    return [str(text) for text in submit.hindrances] if submit else []


@page(WRITERS)
@require_POST
def submit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Send one contribution in."""
    row = get_visible(own_contributions(request.actor), SEES_CONTRIBUTION, request.actor, pk=pk)
    return send_in(request, row)


def send_in(request: ActingRequest, row: Contribution) -> HttpResponseBase:
    """Send ``row`` in and go to its page; when something is missing, to the form with the places marked."""
    try:
        submit_contribution(
            actor=request.actor, at=clock.now(), contribution=row, request_key=request_key(request)
        )
    except Unmet as missing:
        messages.warning(
            request, _("Your text is saved, but not sent in yet. %(reason)s") % {"reason": missing}
        )
        return redirect(f"{reverse('resources:contribution-edit', args=[row.pk])}?check=1")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("“%(title)s” has been sent in.") % {"title": row.title})
    return redirect("resources:contribution", row.pk)


@page(WRITERS)
@require_POST
def submit_many(request: ActingRequest) -> HttpResponseBase:
    """Send in what was ticked in the list."""
    ids = chosen_ids(request.POST)
    try:
        submit_contributions(
            actor=request.actor, at=clock.now(), contribution_ids=ids, request_key=request_key(request)
        )
    except Unmet as missing:
        messages.warning(request, str(missing))
    else:
        done = ngettext(
            "%(count)d contribution has been sent in.", "%(count)d contributions have been sent in.", len(ids)
        )
        messages.success(request, done % {"count": len(ids)})
    return redirect("resources:contributions")


def chosen_ids(sent: QueryDict) -> list[int]:
    """Return the ids that were ticked; what is no id is left out, and so finds nothing."""
    return sorted(
        {
            int(text)
            for text in sent.getlist("chosen")
            if text.isascii() and text.isdigit() and len(text) <= ID_DIGITS
        }
    )


@page(WRITERS)
@require_POST
def discard(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away."""
    row = get_visible(own_contributions(request.actor), SEES_CONTRIBUTION, request.actor, pk=pk)
    discard_contribution(actor=request.actor, at=clock.now(), contribution=row)
    messages.success(request, _("The draft “%(title)s” is gone.") % {"title": row.title})
    return redirect("resources:contributions")
