"""Letters about decisions, at a press: for one filing, or for all of a call."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.operations.letters.decision_letter import (
    issue_decision_letter,
    issue_decision_letters,
)
from lianxue.programmes.queries.filings import call_seen, filing_seen


@page(ADMINISTRATORS)
@require_POST
def issue_one(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Issue the letter about the decision on one filing."""
    row = filing_seen(request.actor, pk)
    key = request_key(request)
    return acted(
        request,
        lambda: issue_decision_letter(actor=request.actor, at=clock.now(), filing=row, request_key=key),
        done=_("The letter is issued; the unit finds it among its letters."),
        back=reverse("programmes:filing", args=[row.pk]),
    )


@page(ADMINISTRATORS)
@require_POST
def issue_all(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Issue letters about all decisions of the own office in a call."""
    row = call_seen(request.actor, pk)
    try:
        told = issue_decision_letters(actor=request.actor, at=clock.now(), call=row)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("programmes:call", row.pk)
    done = sum(one.letter is not None for one in told)
    if done:
        words = ngettext("%(number)d letter is issued.", "%(number)d letters are issued.", done)
        messages.success(request, words % {"number": done})
    for words in dict.fromkeys(str(one.refusal) for one in told if one.refusal):
        messages.warning(request, words)
    return redirect("programmes:call", row.pk)
