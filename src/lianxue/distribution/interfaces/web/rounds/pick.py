"""Picking catalogue titles for a round: search, tick, say how many copies there are and who supplies them."""

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import OFFICE
from lianxue.distribution.interfaces.web.rounds.forms import (
    PickFilter,
    PickForm,
    copies_of,
    row_number,
    whole_number,
)
from lianxue.distribution.models import Round
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.round_titles import MOST_COPIES, Offer, suppliers_of
from lianxue.distribution.queries.rounds import entries_to_pick, office_round
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title, "title"),
    Column("kind", gettext_lazy("Resource type"), lambda row: row.get_kind_display(), "kind"),
    Column("provider", gettext_lazy("Provided by"), lambda row: row.provider.name, "provider__code"),
    Column("copies", gettext_lazy("Copies available"), lambda _row: ""),
)
FAULT = gettext_lazy("Please say how many copies there are.")


@page(OFFICE)
def pick(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show catalogue titles that are not in the round yet; put the ticked ones into it."""
    row = office_round(request.actor, pk)
    offers = {offer.verb for offer in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    if "add_titles" not in offers:
        messages.warning(request, _("Titles can no longer be added to this round."))
        return redirect("distribution:round-titles", row.pk)
    suppliers = list(suppliers_of(row.office_id).values())
    form = PickForm(request.POST or None, suppliers=suppliers)
    faults: dict[str, Text] = {}
    if request.method == "POST" and form.is_valid():
        chosen, faults = _chosen(request.POST, int(form.cleaned_data["supplier"]))
        if not faults:
            try:
                add_titles(
                    actor=request.actor,
                    at=clock.now(),
                    round=row,
                    offers=chosen,
                    request_key=request_key(request),
                )
            except Refused as refusal:
                faults = refusal.fields
                add_refusal(form, refusal)
            else:
                done = ngettext(
                    "%(count)d title has been added.", "%(count)d titles have been added.", len(chosen)
                )
                messages.success(request, done % {"count": len(chosen)})
                return redirect(request.get_full_path())
    return _page(request, row, form, faults)


def _page(request: ActingRequest, row: Round, form: PickForm, faults: dict[str, Text]) -> HttpResponseBase:
    search = PickFilter(request.GET or None)
    words, kind = (search.cleaned_data["q"], search.cleaned_data["kind"]) if search.is_valid() else ("", "")
    listing = Listing(request, entries_to_pick(row, words, kind), COLUMNS)
    context = {
        "round": row,
        "listing": listing,
        "search": search,
        "form": form,
        "entries": [_shown(request.POST, entry, faults) for entry in listing.page],
        "faulty": bool(faults),
        "is_filtered": bool(words or kind),
        "most": MOST_COPIES,
        "request_key": request_key(request),
    }
    is_faulty = bool(faults) or bool(form.errors)
    return render(request, "distribution/rounds/pick.html", context, status=422 if is_faulty else 200)


def _chosen(data: QueryDict, supplier_id: int) -> tuple[list[Offer], dict[str, Text]]:
    """Return what was ticked, and what is wrong with the numbers."""
    copies = copies_of(data, "copies")
    offers, faults = [], dict[str, Text]()
    for entry_id in dict.fromkeys(n for n in map(row_number, data.getlist("chosen")) if n is not None):
        number = whole_number(copies.get(entry_id, ""))
        if number is None:
            faults[f"copies_{entry_id}"] = FAULT
        offers.append(Offer(entry_id, supplier_id, number or 0))
    return offers, faults


def _shown(data: QueryDict, entry: object, faults: dict[str, Text]) -> dict[str, object]:
    """Return an entry with what was ticked and typed for it before."""
    pk = getattr(entry, "pk", 0)
    offered = getattr(entry, "offered", None)
    typed = data.get(f"copies_{pk}") if data else None
    return {
        "entry": entry,
        "key": str(pk),
        "is_chosen": str(pk) in data.getlist("chosen"),
        "copies": typed if typed is not None else offered or "",
        "fault": faults.get(f"copies_{pk}") or faults.get(f"entry_{pk}") or "",
    }
