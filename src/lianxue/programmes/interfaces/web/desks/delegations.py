"""Letting somebody decide in one's place."""

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest, Role, posts_held_in
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.office.forms import day_field
from lianxue.programmes.models import Delegation
from lianxue.programmes.operations.desks.delegations import delegate, end_delegation


class DelegationForm(forms.Form):
    """Who, from when until when, and why."""

    person = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=Person.objects.none())
    starts_on = day_field(gettext_lazy("From"), required=True)
    ends_on = day_field(gettext_lazy("Until"), required=True)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


@page(ADMINISTRATORS)
def delegations(request: ActingRequest) -> HttpResponseBase:
    """List what the actor passed on, and pass on more."""
    held = posts_held_in([request.actor.organisation_id or 0], list(Role), clock.today())
    people = Person.objects.filter(pk__in=held.values("person_id")).exclude(pk=request.actor.person_id or 0)
    form = DelegationForm(
        request.POST if request.method == "POST" else None, initial={"starts_on": clock.today()}
    )
    form.fields["person"].queryset = people.order_by("full_name")  # type: ignore[attr-defined]  # a ModelChoiceField has one
    if request.method == "POST" and form.is_valid():
        try:
            delegate(
                actor=request.actor,
                at=clock.now(),
                person=form.cleaned_data["person"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Done. Opinions given in your place name both of you."))
            return redirect("programmes:delegations")
    today = clock.today()
    rows = Delegation.objects.select_related("delegate").filter(
        principal_id=request.actor.person_id, organisation_id=request.actor.organisation_id or 0
    )
    context = {
        "form": form,
        "rows": [
            {
                "one": one,
                "is_in_force": one.is_in_force(today),
                "may_end": one.ended_at is None and one.ends_on >= today,
            }
            for one in rows
        ],
        "has_people": people.exists(),
        "request_key": request_key(request),
    }
    return render(request, "programmes/desk/delegations.html", context, status=422 if form.errors else 200)


@page(ADMINISTRATORS)
@require_POST
def end(request: ActingRequest, pk: int) -> HttpResponseBase:
    """End a delegation at once."""
    row = Delegation.objects.filter(
        pk=pk, principal_id=request.actor.person_id, organisation_id=request.actor.organisation_id or 0
    ).first()
    if row is None:
        raise NotFound
    key = request_key(request)
    return acted(
        request,
        lambda: end_delegation(actor=request.actor, at=clock.now(), delegation=row, request_key=key),
        done=_("Ended."),
        back=reverse("programmes:delegations"),
    )
