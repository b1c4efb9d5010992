"""Giving notice of a change to an approved filing (S1-48): what changes, why, from which day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Conflict, Invalid, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.errors import NotComplete
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.filling.differences import Difference, differences
from lianxue.programmes.interfaces.web.filling.questions import Filled
from lianxue.programmes.interfaces.web.filling.sent import number_in, sent_answers
from lianxue.programmes.models import ChangeNotice, FilingRevision
from lianxue.programmes.operations.notices.change_notice import (
    begin_notice,
    discard_notice,
    save_notice,
    submit_notice,
)
from lianxue.programmes.queries.filings import own_filing
from lianxue.programmes.queries.opening import masked_answers, opened_answers
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.answers import faults_of
from lianxue.programmes.rules.filing import WRITES_NOTICE


class NoticeForm(forms.Form):
    """Why something changes, and from which day."""

    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("In force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@page(ADMINISTRATORS)
@require_POST
def begin(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Begin a change notice, or go on with the open one."""
    filing = own_filing(request.actor, pk)
    notice = begin_notice(
        actor=request.actor,
        at=clock.now(),
        filing=filing,
        effective_on=clock.today(),
        request_key=request_key(request),
    )
    return redirect("programmes:notice" if notice.state != "draft" else "programmes:change", notice.pk)


@page(ADMINISTRATORS)
def change(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Write a change notice: the form as it is in force, to be changed; save it, or hand it in."""
    notice = _own(request, pk)
    if notice.state != "draft":
        return redirect("programmes:notice", notice.pk)
    if request.method != "POST":
        initial = {"reason": notice.reason, "effective_on": notice.effective_on}
        return _show(request, notice, NoticeForm(initial=initial))
    form = NoticeForm(request.POST)
    sent = {key: one for key, one in sent_answers(notice.filing.form, request.POST).items() if one.is_changed}
    shown = {key: one.value for key, one in sent.items()}
    if not form.is_valid():
        return _show(request, notice, form, shown=shown)
    try:
        notice = save_notice(
            actor=request.actor,
            at=clock.now(),
            notice=notice,
            version=number_in(request.POST.get("version", "")),
            answers=shown,
            reason=form.cleaned_data["reason"],
            effective_on=form.cleaned_data["effective_on"],
        )
    except (Invalid, Conflict) as refusal:
        add_refusal(form, refusal)
        return _show(request, notice, form, shown=shown)
    if request.POST.get("then") == "check":
        return redirect("programmes:change_check", notice.pk)
    messages.success(request, _("Saved."))
    return redirect("programmes:change", notice.pk)


@page(ADMINISTRATORS)
def check(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what the notice changes, and hand it in."""
    notice = _own(request, pk)
    if notice.state != "draft":
        return redirect("programmes:notice", notice.pk)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            submit_notice(
                actor=request.actor, at=clock.now(), notice=notice, request_key=request_key(request)
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("The notice has been handed in."))
            return redirect("programmes:notice", notice.pk)
    context = {
        "notice": notice,
        "refusal": refusal,
        "places": refusal.places if isinstance(refusal, NotComplete) else [],
        "differences": notice_differences(notice),
    }
    return render(request, "programmes/notice/check.html", context, status=422 if refusal else 200)


@page(ADMINISTRATORS)
@require_POST
def discard(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Throw the draft of a notice away."""
    notice = _own(request, pk)
    discard_notice(actor=request.actor, at=clock.now(), notice=notice, request_key=request_key(request))
    messages.success(request, _("The draft has been thrown away."))
    return redirect("programmes:filing", notice.filing_id)


def notice_differences(notice: ChangeNotice, *, is_own: bool = True) -> list[Difference]:
    """Return what a notice changes against what was in force before it; personal values are masked for others."""
    form, opened = notice.filing.form, opened_answers if is_own else masked_answers
    before = _before(notice)
    answers = opened(form, before.answers) if before else {}
    return differences(form, answers, opened(form, notice.answers), areas_of(notice.filing.unit))


def _before(notice: ChangeNotice) -> FilingRevision | None:
    """Return the revision that a notice changes; once it is accepted, that is the one before its own."""
    if notice.revision is None:
        return notice.filing.approved
    return FilingRevision.objects.filter(
        filing_id=notice.filing_id, number=notice.revision.number - 1
    ).first()


def _own(request: ActingRequest, pk: int) -> ChangeNotice:
    rows = ChangeNotice.objects.select_related(
        "filing__call__revision", "filing__unit", "filing__approved", "revision"
    )
    return get_visible(rows, WRITES_NOTICE, request.actor, pk=pk)


def _show(
    request: ActingRequest, notice: ChangeNotice, form: NoticeForm, *, shown: dict[str, Any] | None = None
) -> HttpResponseBase:
    filing = notice.filing
    answers, areas = opened_answers(filing.form, notice.answers), areas_of(filing.unit)
    whole = Filled(
        filing.form,
        answers,
        {},
        areas,
        faults_of(filing.form, answers, areas=areas, is_final=False),
        shown=shown or {},
    )
    sections = [part for part in whole.sections() if all(one.kind != "file" for one in part.questions)]
    context = {"notice": notice, "filing": filing, "form": form, "sections": sections}
    return render(request, "programmes/notice/change.html", context, status=422 if form.errors else 200)
