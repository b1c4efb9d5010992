"""The titles of a round: the list, the supply of one, taking one out."""

from django.contrib import messages
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import OFFICE, OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.forms import TitleForm, WordFilter
from lianxue.distribution.interfaces.web.rounds.menu import round_tabs
from lianxue.distribution.models import Round
from lianxue.distribution.operations.rounds.change_title import change_title
from lianxue.distribution.operations.rounds.remove_title import remove_title
from lianxue.distribution.operations.rounds.round_titles import suppliers_of
from lianxue.distribution.queries.rounds import office_round, office_title, titles_with_demand
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.entry.title, "entry__title"),
    Column("code", gettext_lazy("Catalogue number"), lambda row: row.entry.code, "entry__code"),
    Column("kind", gettext_lazy("Resource type"), lambda row: row.entry.get_kind_display(), "entry__kind"),
    Column("supplier", gettext_lazy("Supplier"), lambda row: row.supplier.name, "supplier__name"),
    Column("copies", gettext_lazy("Copies available"), lambda row: row.copies_available, "copies_available"),
    Column("pack_size", gettext_lazy("Copies in a pack"), lambda row: row.pack_size, "pack_size"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
)


@page(OFFICE_READERS)
def titles(request: ActingRequest, pk: int) -> HttpResponseBase:
    """List the titles of a round with what colleges have passed on so far."""
    row = office_round(request.actor, pk)
    rows = titles_with_demand(row)
    form = WordFilter(request.GET or None)
    if form.is_valid() and (words := form.cleaned_data["q"]):
        rows = rows.filter(Q(entry__title__icontains=words) | Q(entry__code__icontains=words))
    listing = Listing(request, rows, COLUMNS, per_page=50)
    if listing.export_asked:
        return listing.export(_("Titles of %(round)s") % {"round": row.name})
    context = {
        "round": row,
        "tabs": round_tabs(row, "round-titles"),
        "listing": listing,
        "form": form,
        "is_filtered": bool(request.GET.get("q")),
        "offers": _offers(request, row),
    }
    return render(request, "distribution/rounds/titles.html", context)


@page(OFFICE)
def title(request: ActingRequest, pk: int, title_id: int) -> HttpResponseBase:
    """Change the supply of one title."""
    row = office_title(request.actor, pk, title_id)
    suppliers = list(suppliers_of(row.round.office_id).values())
    form = TitleForm(request.POST or None, suppliers=suppliers, initial=TitleForm.values_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            change_title(
                actor=request.actor,
                at=clock.now(),
                title=row,
                copies=form.cleaned_data["copies"],
                supplier_id=int(form.cleaned_data["supplier"]),
                pack_size=form.cleaned_data["pack_size"] or 1,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("distribution:round-titles", row.round_id)
    context = {"round": row.round, "title": row, "form": form, "offers": _offers(request, row.round)}
    return render(request, "distribution/rounds/title.html", context, status=422 if form.errors else 200)


@page(OFFICE)
@require_POST
def remove(request: ActingRequest, pk: int, title_id: int) -> HttpResponseBase:
    """Take a title out of a round."""
    row = office_title(request.actor, pk, title_id)
    back = reverse("distribution:round-titles", args=[pk])
    return acted(
        request,
        lambda: remove_title(actor=request.actor, at=clock.now(), title=row),
        done=_("“%(title)s” is no longer in the round.") % {"title": row.entry.title},
        back=back,
    )


def _offers(request: ActingRequest, row: Round) -> set[str]:
    return {offer.verb for offer in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
