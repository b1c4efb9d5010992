"""Registering an organisation, and changing what is known of one."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.enums import OrganisationKind
from lianxue.orgs.interfaces.web.access import ADMINISTRATORS
from lianxue.orgs.interfaces.web.organisation_forms import DetailsForm, OrganisationForm
from lianxue.orgs.interfaces.web.sent import id_in, sent
from lianxue.orgs.models import ActingRequest, Organisation
from lianxue.orgs.operations import MAY_CHANGE, change_organisation, register_organisation, usual_places
from lianxue.orgs.rules import may_place


@page(ADMINISTRATORS)
def register(request: ActingRequest) -> HttpResponseBase:
    """Register an organisation below the one that ``?above=`` names (without it: below one's own)."""
    above = _above(request)
    form = OrganisationForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind = OrganisationKind(given.pop("kind"))
        try:
            made = register_organisation(
                actor=request.actor,
                at=clock.now(),
                kind=kind,
                places=usual_places(kind, above),
                request_key=request_key(request),
                **given,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("“%(name)s” has been registered.") % {"name": made})
            return redirect("orgs:organisation", pk=made.pk)
    return _form(request, "orgs/register.html", form, {"above": above})


@page(ADMINISTRATORS)
def change(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Change name, address and position of an organisation."""
    shown = get_visible(Organisation.objects.all(), MAY_CHANGE, request.actor, pk=pk)
    names = ("name", "division_id", "address", "telephone", "uscc", "latitude", "longitude")
    initial = {name.removesuffix("_id"): getattr(shown, name) for name in names}
    form = DetailsForm(*sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(actor=request.actor, at=clock.now(), organisation=shown, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The changes have been saved."))
            return redirect("orgs:organisation", pk=shown.pk)
    return _form(request, "orgs/change.html", form, {"organisation": shown})


def _above(request: ActingRequest) -> Organisation:
    asked = id_in(request.GET.get("above", "")) or request.actor.organisation_id or 0
    above = Organisation.objects.filter(pk=asked).first()
    if above is None or not may_place(request.actor, above):
        raise NotFound
    return above


def _form(
    request: ActingRequest, template: str, form: DetailsForm, context: dict[str, Any]
) -> HttpResponseBase:
    context |= {"form": form, "request_key": request_key(request)}
    return render(request, template, context, status=422 if form.errors else 200)
