"""One yearly selection: what counts how much, how it stands, who was chosen; and the presses that move it on."""

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import SelectionState
from lianxue.distribution.flows.selection import SELECTION_FLOW
from lianxue.distribution.interfaces.web.selections.access import OFFICE, SELECTIONS
from lianxue.distribution.interfaces.web.selections.forms import WeightsForm
from lianxue.distribution.interfaces.web.selections.shown import weights_shown
from lianxue.distribution.models import Selection
from lianxue.distribution.operations.selections.decide_selection import decide_selection
from lianxue.distribution.operations.selections.mark_candidates import follow_ranking
from lianxue.distribution.operations.selections.publish_selection import publish_selection
from lianxue.distribution.operations.selections.rank_candidates import rank_candidates
from lianxue.distribution.operations.selections.save_selection import discard_selection, save_selection
from lianxue.distribution.queries.selections.reading import (
    candidates_seen,
    chosen_in,
    own_selection,
    selection_seen,
)
from lianxue.distribution.rules.selections import READS_SELECTION
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest

OWN_SHOWN = 20


@page(SELECTIONS)
def selection(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a selection as far as the reader may know it."""
    row = selection_seen(request.actor, pk)
    offers = {o.verb: o for o in SELECTION_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    is_decided = row.state == SelectionState.DECIDED
    is_office = READS_SELECTION.holds(request.actor, row)
    own: Any = ()
    if is_decided and not is_office:
        own = candidates_seen(request.actor).filter(selection=row)[:OWN_SHOWN]
    context = {
        "selection": row,
        "steps": _steps(row),
        "weights": weights_shown(row),
        "offers": offers,
        "is_office": is_office,
        "with_unit": row.is_of_people,
        "chosen": chosen_in(row) if is_decided else (),
        "own": own,
    }
    return render(request, "distribution/selections/selection.html", context)


def _steps(row: Selection) -> list[dict[str, Any]]:
    """Return where the selection is: prepared, published, ranked, decided."""
    states = SelectionState.values
    here = states.index(row.state)
    days = {"published": row.published_at, "ranked": row.ranked_at, "decided": row.decided_at}
    is_over = row.state == SelectionState.DECIDED
    return [
        {
            "label": label,
            "state": "done" if at < here or is_over else "current" if at == here else "todo",
            "detail": clock.local_date(moment).isoformat() if (moment := days.get(state)) else "",
        }
        for at, (state, label) in enumerate(SelectionState.choices)
    ]


@page(OFFICE)
def edit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Set the weights of a draft."""
    row = own_selection(request.actor, pk)
    if row.state != SelectionState.DRAFT:
        return redirect("distribution:selection", row.pk)
    form = WeightsForm(request.POST if request.method == "POST" else None, selection=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_selection(
                actor=request.actor,
                at=clock.now(),
                selection=row,
                weights=form.weights(),
                places=form.cleaned_data["places"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("distribution:selection", row.pk)
    context = {"selection": row, "form": form, "request_key": request_key(request)}
    return render(request, "distribution/selections/edit.html", context, status=422 if form.is_bound else 200)


def _press(
    request: ActingRequest, pk: int, act: Callable[..., object], *, done: str, to: str = "selection"
) -> HttpResponseBase:
    row = own_selection(request.actor, pk)
    key = request_key(request)
    return acted(
        request,
        lambda: act(actor=request.actor, at=clock.now(), selection=row, request_key=key),
        done=done,
        back=reverse("distribution:selection", args=[pk]),
        then=reverse(f"distribution:{to}", args=[] if to == "selections" else [pk]),
    )


@page(OFFICE)
@require_POST
def discard(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away."""
    return _press(request, pk, discard_selection, done=_("The draft is gone."), to="selections")


@page(OFFICE)
@require_POST
def publish(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Publish the weights."""
    return _press(
        request,
        pk,
        publish_selection,
        done=_("The weights are published. Everybody in the network reads them from now on."),
    )


@page(OFFICE)
@require_POST
def rank(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Make the ranking."""
    return _press(request, pk, rank_candidates, done=_("The ranking is made."), to="selection-ranking")


@page(OFFICE)
@require_POST
def follow(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Mark as chosen whom the ranking chooses."""
    done = _("Marked as the ranking says. Nothing is decided yet.")
    return _press(request, pk, follow_ranking, done=done, to="selection-ranking")


@page(OFFICE)
@require_POST
def decide(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Decide."""
    return _press(request, pk, decide_selection, done=_("Decided. The certificates are ready to print."))
