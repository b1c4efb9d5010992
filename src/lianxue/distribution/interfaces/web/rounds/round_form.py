"""Preparing a round, and changing its name and days."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.distribution.enums import Route
from lianxue.distribution.interfaces.web.rounds.access import OFFICE
from lianxue.distribution.interfaces.web.rounds.forms import RoundForm
from lianxue.distribution.models import Round
from lianxue.distribution.operations.rounds.create_round import create_round
from lianxue.distribution.operations.rounds.edit_round import edit_round
from lianxue.distribution.queries.rounds import office_round
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(OFFICE)
def begin(request: ActingRequest) -> HttpResponseBase:
    """Begin a round."""
    form = RoundForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        try:
            made = create_round(
                actor=request.actor,
                at=clock.now(),
                name=form.cleaned_data["name"],
                year=form.cleaned_data["year"],
                days=form.days,
                route=form.way or Route.DIRECT,
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The round has been prepared. Now add the titles."))
            return redirect("distribution:round-pick", made.pk)
    return _form_page(request, form, None)


@page(OFFICE)
def edit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Change the name or the days of a round."""
    row = office_round(request.actor, pk)
    form = RoundForm(request.POST or None, initial=RoundForm.values_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            edit_round(
                actor=request.actor,
                at=clock.now(),
                round=row,
                name=form.cleaned_data["name"],
                year=form.cleaned_data["year"],
                days=form.days,
                route=form.way,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("distribution:round", row.pk)
    return _form_page(request, form, row)


def _form_page(request: ActingRequest, form: RoundForm, row: Round | None) -> HttpResponseBase:
    context = {"form": form, "round": row, "request_key": request_key(request)}
    return render(request, "distribution/rounds/form.html", context, status=422 if form.errors else 200)
