"""A change notice to an approved filing (S1-48): read by all who may, decided by the desk before which it lies."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.flows.filing import NOTICE_FLOW
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.interfaces.web.filling.change import notice_differences
from lianxue.programmes.models import ChangeNotice
from lianxue.programmes.operations.notices.change_notice import decide_notice
from lianxue.programmes.queries.filings import notice_seen, notices_on_desk
from lianxue.programmes.rules.filing import WRITES_NOTICE

ACCEPT, DECLINE = "accept", "decline"


class NoticeDecisionForm(forms.Form):
    """Whether the change counts."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (ACCEPT, gettext_lazy("Accept: it counts from its day on")),
            (DECLINE, gettext_lazy("Do not accept: what is in force stays")),
        ],
        error_messages={"required": gettext_lazy("Please choose what you decide.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("Opinion"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when you do not accept it. The unit reads it."),
    )


@page(READERS)
def notice(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a change notice: what changes, why, from when, and what became of it; decide it where one may."""
    row = notice_seen(request.actor, pk)
    offers = {one.verb for one in NOTICE_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    sent = request.POST if request.method == "POST" else None
    form = NoticeDecisionForm(sent) if "accept_notice" in offers else None
    if request.method == "POST":
        if form is None:
            raise NotFound
        if form.is_valid() and (decided := _decided(request, row, form)):
            return decided
    is_own = WRITES_NOTICE.holds(request.actor, row)
    context: dict[str, Any] = {
        "notice": row,
        "is_own": is_own,
        "form": form,
        "differences": notice_differences(row, is_own=is_own),
        "request_key": request_key(request),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "programmes/notice/notice.html", context, status=status)


def _decided(request: ActingRequest, row: ChangeNotice, form: NoticeDecisionForm) -> HttpResponseBase | None:
    """Decide and lead on to the next notice, or back; ``None`` when it was refused, with the reason on the form."""
    try:
        decide_notice(
            actor=request.actor,
            at=clock.now(),
            notice=row,
            accept=form.cleaned_data["decision"] == ACCEPT,
            comment=form.cleaned_data["comment"],
            request_key=request_key(request),
        )
    except Refused as refusal:
        add_refusal(form, refusal)
        return None
    unit = row.filing.unit.name
    messages.success(request, _("Your opinion on %(unit)s has been recorded.") % {"unit": unit})
    following = notices_on_desk(request.actor).first()
    return redirect("programmes:notice", following.pk) if following else redirect("programmes:notice", row.pk)
