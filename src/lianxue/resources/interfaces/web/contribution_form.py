"""Writing a contribution."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused, WrongState
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.resources.interfaces.web.access import WRITERS
from lianxue.resources.interfaces.web.contributions import COLLEGE_TIER, send_in
from lianxue.resources.interfaces.web.forms import ContributionForm, contribution_values, sent
from lianxue.resources.models import Contribution
from lianxue.resources.operations import save_contribution
from lianxue.resources.queries.contributions import own_contributions
from lianxue.resources.rules.completeness import missing_from
from lianxue.resources.rules.contributions import SEES_CONTRIBUTION


@page(WRITERS)
def begin(request: ActingRequest) -> HttpResponseBase:
    """Begin a contribution."""
    form = ContributionForm(*sent(request), initial={"rights_holder": request.actor.organisation_name})
    return _write(request, form, None)


@page(WRITERS)
def edit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Go on writing a contribution, or mend one that was sent back."""
    row = get_visible(own_contributions(request.actor), SEES_CONTRIBUTION, request.actor, pk=pk)
    if not row.is_writable:
        raise WrongState
    if request.method != "POST" and request.GET.get("check"):
        return _show(request, _checked(row), row)
    form = ContributionForm(*sent(request), present=row, initial=contribution_values(row))
    return _write(request, form, row)


def _checked(row: Contribution) -> ContributionForm:
    """Return the form with what is still missing marked in its places."""
    form = ContributionForm(contribution_values(row), present=row)
    form.as_draft()
    form.is_valid()
    for name, message in missing_from(row).items():
        form.add_error(name, str(message))
    return form


def _write(request: ActingRequest, form: ContributionForm, row: Contribution | None) -> HttpResponseBase:
    """Save what was sent, and send it in when that was asked for. The text is kept even when it is not complete."""
    form.as_draft()
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_contribution(
                actor=request.actor,
                at=clock.now(),
                contribution=row,
                description=form.to_description(),
                offer=form.to_offer(),
                new_cover=form.cleaned_data["cover"],
                drop_cover=form.cleaned_data.get("drop_cover", False),
                version=form.cleaned_data["version"],
                request_key=request_key(request),
            )
        except NotFound:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if request.POST.get("then") == "submit":
                return send_in(request, saved)
            messages.success(request, _("Saved. It is not sent in yet."))
            return redirect("resources:contribution", saved.pk)
    return _show(request, form, row)


def _show(request: ActingRequest, form: ContributionForm, row: Contribution | None) -> HttpResponseBase:
    status = 422 if request.method == "POST" and form.errors else 200
    form.as_shown()
    context = {
        "form": form,
        "row": row,
        "lost_picture": bool(request.FILES.get("cover")),
        "request_key": request_key(request),
        "goes_to_college": (request.actor.tier or 0) > COLLEGE_TIER,
    }
    return render(request, "resources/contribution_form.html", context, status=status)
