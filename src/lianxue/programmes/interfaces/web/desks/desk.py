"""What lies at the actor's desk: one by one, or many at once."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import Decision
from lianxue.programmes.interfaces.web.access import DECIDERS
from lianxue.programmes.operations.desks.opinions import give_opinions
from lianxue.programmes.queries.filings import notices_on_desk, on_desk

COLUMNS = [
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit.name, "unit__name"),
    Column("call", gettext_lazy("Call"), lambda row: row.call.title, "call__title"),
    Column("stage", gettext_lazy("Stage"), lambda row: row.stage_definition.title),
    Column("level", gettext_lazy("Level"), lambda row: row.level.title if row.level else ""),
    Column("times", gettext_lazy("Times handed in"), lambda row: row.revision_number, "revision_number"),
    Column("since", gettext_lazy("Waiting since"), lambda row: clock.local_date(row.since), "since"),
]
DECISIONS = {"approve": Decision.APPROVE, "return": Decision.RETURN}
MOST_AT_ONCE = 200
MOST_DIGITS = 18  # of a row number


@page(DECIDERS)
def desk(request: ActingRequest) -> HttpResponseBase:
    """List what waits for the actor's opinion, the longest waiting first."""
    listing = Listing(request, on_desk(request.actor), COLUMNS)
    if listing.export_asked:
        return listing.export(_("At my desk"))
    context: dict[str, Any] = {
        "listing": listing,
        "notices": notices_on_desk(request.actor),
        "today": clock.today(),
    }
    return render(request, "programmes/desk/desk.html", context)


@page(DECIDERS)
@require_POST
def decide_many(request: ActingRequest) -> HttpResponseBase:
    """Agree to all ticked filings with the same words, or return them."""
    chosen = [
        int(one)
        for one in request.POST.getlist("chosen")[:MOST_AT_ONCE]
        if one.isdecimal() and len(one) <= MOST_DIGITS
    ]
    filings = list(on_desk(request.actor).filter(pk__in=chosen))
    asked_for = request.POST.get("decision")
    if asked_for not in DECISIONS:  # the Enter key in the words
        messages.warning(request, _("Please choose what you decide."))
        return redirect("programmes:desk")
    if not filings:
        messages.warning(request, _("Please tick at least one filing."))
        return redirect("programmes:desk")
    outcomes = give_opinions(
        actor=request.actor,
        at=clock.now(),
        filings=filings,
        decision=DECISIONS[asked_for],
        comment=request.POST.get("comment", ""),
    )
    done = sum(one.refusal is None for one in outcomes)
    if done:
        words = ngettext(
            "An opinion was given on %(count)d filing.", "Opinions were given on %(count)d filings.", done
        )
        messages.success(request, words % {"count": done})
    for one in outcomes:
        if one.refusal is not None:
            messages.warning(request, f"{one.filing.unit.name}：{one.refusal}")
    return redirect("programmes:desk")
