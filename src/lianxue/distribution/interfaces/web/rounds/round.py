"""One round: where it is, what comes next, its numbers."""

from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from lianxue.distribution.enums import RoundState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.forms import ClosingForm
from lianxue.distribution.interfaces.web.rounds.menu import round_tabs
from lianxue.distribution.models import Round
from lianxue.distribution.queries.rounds import office_round, round_figures
from lianxue.distribution.queries.unmet import open_line_count
from lianxue.kernel import clock
from lianxue.kernel.errors import Text
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest

ORDER = (RoundState.DRAFT, RoundState.OPEN, RoundState.ALLOCATING, RoundState.ALLOCATED)


@dataclass(frozen=True)
class Stage:
    """One stage of a round, as the steps at the top show it."""

    label: Text
    state: str


@page(OFFICE_READERS)
def round(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one round."""
    row = office_round(request.actor, pk)
    return render(request, "distribution/rounds/round.html", page_of(request, row))


def page_of(request: ActingRequest, row: Round, closing: ClosingForm | None = None) -> dict[str, Any]:
    """Return what the page of a round shows; ``closing`` is a form that was refused."""
    offers = {
        offer.verb: offer for offer in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())
    }
    return {
        "round": row,
        "figures": round_figures(row),
        "open_lines": open_line_count(row) if row.state in (RoundState.ALLOCATED, RoundState.CLOSED) else 0,
        "stages": stages(row),
        "tabs": round_tabs(row, "round"),
        "offers": offers,
        "closing": closing
        or ClosingForm(hint=_("For example: a supplier cannot send the rest."), is_required=False),
        "today": clock.today(),
    }


def stages(row: Round) -> list[Stage]:
    """Return the stages of a round with those that are done."""
    labels = {
        RoundState.DRAFT: _("Prepare"),
        RoundState.OPEN: _("Ordering"),
        RoundState.ALLOCATING: _("Allocate"),
        RoundState.ALLOCATED: _("Deliver"),
    }
    is_closed = row.state == RoundState.CLOSED
    here = len(ORDER) if is_closed else ORDER.index(RoundState(row.state))
    made = [
        Stage(labels[state], "done" if place < here else "current" if place == here else "todo")
        for place, state in enumerate(ORDER)
    ]
    return [*made, Stage(_("Closed"), "done" if is_closed else "todo")]
