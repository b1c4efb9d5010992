"""The city's presses on a sheet: findings, confirming, opening again, recommending, and whose account it is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.enums import PartVerdict
from lianxue.workforce.errors import OverQuota
from lianxue.workforce.interfaces.web.access import APPRAISALS
from lianxue.workforce.interfaces.web.appraisal.forms import AccountForm, FindingForm, ReopenForm, WordsForm
from lianxue.workforce.interfaces.web.appraisal.sheet import sheet_page
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.appraisal import appraise
from lianxue.workforce.operations.members import link_account
from lianxue.workforce.queries.appraisal import appraisal_seen


def _act(
    request: ActingRequest,
    row: Appraisal,
    act: Callable[..., Any],
    *,
    form: forms.Form | None = None,
    name: str = "",
    part: str = "",
    **given: Any,
) -> HttpResponseBase:
    """Carry one press out; what is wrong in its form is shown beside it, other refusals above the page."""
    if form is not None and not form.is_valid():
        return sheet_page(request, row, faulty={name: form}, part=part)
    try:
        act(
            actor=request.actor,
            at=clock.now(),
            appraisal=row,
            request_key=request_key(request),
            **given,
            **(form.cleaned_data if form is not None else {}),
        )
    except Refused as refusal:
        if form is not None and (refusal.fields or isinstance(refusal, OverQuota)):  # what was typed stays
            add_refusal(form, refusal)
            return sheet_page(request, row, faulty={name: form}, part=part)
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("workforce:appraisal", row.pk)


@page(APPRAISALS)
@require_POST
def find(request: ActingRequest, pk: int, part: str) -> HttpResponseBase:
    """Note the finding of one part."""
    row = appraisal_seen(request.actor, pk)
    form = FindingForm(request.POST, prefix=part.replace(".", "-"))

    def noted(*, verdict: str, **given: Any) -> object:
        return appraise.find_part(verdict=PartVerdict(verdict), part=part, **given)

    return _act(request, row, noted, form=form, name="finding", part=part)


@page(APPRAISALS)
@require_POST
def confirm(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Confirm an appraisal."""
    return _act(request, appraisal_seen(request.actor, pk), appraise.confirm_appraisal)


@page(APPRAISALS)
@require_POST
def reopen(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Open an appraisal again."""
    row = appraisal_seen(request.actor, pk)
    return _act(request, row, appraise.reopen_appraisal, form=ReopenForm(request.POST), name="reopen")


@page(APPRAISALS)
@require_POST
def recommend(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Recommend somebody."""
    row = appraisal_seen(request.actor, pk)
    return _act(request, row, appraise.recommend, form=WordsForm(request.POST), name="words")


@page(APPRAISALS)
@require_POST
def take_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take a recommendation back."""
    return _act(request, appraisal_seen(request.actor, pk), appraise.take_recommendation_back)


@page(APPRAISALS)
@require_POST
def account(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Say which account the person has."""
    row = appraisal_seen(request.actor, pk)
    return _act(request, row, link_account, form=AccountForm(request.POST), name="account")
