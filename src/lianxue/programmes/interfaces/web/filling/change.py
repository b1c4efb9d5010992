"""Giving notice of a change to an approved filing (S1-48): what changes, why, from which day."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotFound, Refused
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.errors import AnswerChanged, NotComplete
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.filling.differences import Difference, differences
from lianxue.programmes.interfaces.web.filling.notes import clash_note, refused_note, saved_note
from lianxue.programmes.interfaces.web.filling.questions import SPARE_ROWS, Filled, Section
from lianxue.programmes.interfaces.web.filling.sent import (
    Sent,
    as_sent,
    mark_of,
    place_after,
    seen_in,
    sent_answers,
    sent_value,
    settled,
    with_pasted,
)
from lianxue.programmes.models import ChangeNotice, FilingRevision
from lianxue.programmes.models.definition import Field
from lianxue.programmes.operations.filings.putting import Written
from lianxue.programmes.operations.notices.change_notice import begin_notice, discard_notice, submit_notice
from lianxue.programmes.operations.notices.save_answers import save_notice_answers
from lianxue.programmes.queries.filings import own_filing
from lianxue.programmes.queries.notices import notice_answers, notice_form
from lianxue.programmes.queries.opening import masked_answers, opened_answers, question
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.answers import faults_of
from lianxue.programmes.rules.filing import WRITES_NOTICE


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
    """Write a change notice: the form as it is in force, to be changed; save it as a whole, or go on to hand it in."""
    notice = _own(request, pk)
    if notice.state != "draft":
        return redirect("programmes:notice", notice.pk)
    return _save(request, notice) if request.method == "POST" else _show(request, notice)


@page(ADMINISTRATORS)
def change_answer(request: ActingRequest, pk: int, key: str) -> HttpResponseBase:
    """Save one answer of a change notice and say how it stands, or show the question anew."""
    notice = _own(request, pk)
    form = notice_form(notice)
    asked = question(form, key)
    if asked is None or (isinstance(asked, Field) and asked.type == "files"):
        raise NotFound
    if request.method != "POST":
        context = {"question": _filled(notice).question(asked), "notice": notice}
        return render(request, "programmes/filing/question.html", context)
    value = sent_value(asked, request.POST)
    written = Written(value, mark_of(request.POST, key), seen_in(request.POST, asked))
    try:
        saved = save_notice_answers(
            actor=request.actor, at=clock.now(), notice=notice, written={key: written}
        )
    except Refused as refusal:
        return refused_note(request, key, refusal)
    if key in saved.clashes:
        return clash_note(request, notice.filing, asked, value, saved.clashes[key])
    row = saved.notice
    kept, mark = notice_answers(row), int(row.marks.get(key, 0))
    return saved_note(request, notice.filing, form, asked, value, kept=kept, mark=mark)


def _save(request: ActingRequest, notice: ChangeNotice) -> HttpResponseBase:
    form = notice_form(notice)
    sent = settled(sent_answers(form, request.POST), request.POST)
    sent, refused = with_pasted(form, areas_of(notice.filing.unit), sent, request.POST)
    if refused:
        return _show(request, notice, sent=sent, refused=refused, status=422)
    try:
        saved = save_notice_answers(
            actor=request.actor,
            at=clock.now(),
            notice=notice,
            written={key: one.written for key, one in sent.items() if one.is_changed},
        )
    except Invalid as refusal:
        if not refusal.fields:
            raise
        return _show(request, notice, sent=sent, refused=refusal.fields, status=422)
    if saved.clashes:
        left = {key: sent[key] for key in saved.clashes}
        return _show(request, saved.notice, sent=left, clashes=saved.clashes, status=409)
    if request.POST.get("then") == "check":
        return redirect("programmes:change_check", notice.pk)
    messages.success(request, _("Saved."))
    return redirect(reverse("programmes:change", args=[notice.pk]) + place_after(form, request.POST))


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


def _filled(notice: ChangeNotice, **shown: Any) -> Filled:
    """Return the form of a notice with what stands in it, personal values readable: for the unit itself."""
    form, areas = notice_form(notice), areas_of(notice.filing.unit)
    answers = opened_answers(form, notice_answers(notice))
    faults = faults_of(form, answers, areas=areas, is_final=False)
    return Filled(form, answers, notice.marks, areas, faults, **shown)


def _show(
    request: ActingRequest,
    notice: ChangeNotice,
    *,
    sent: Mapping[str, Sent] | None = None,
    refused: Mapping[str, Any] | None = None,
    clashes: Mapping[str, AnswerChanged] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    whole = _filled(
        notice,
        refused=refused or {},
        clashes=clashes or {},
        **as_sent(sent or {}),
        spare_rows={request.GET.get("rows", ""): SPARE_ROWS},
    )
    context = {
        "notice": notice,
        "filing": notice.filing,
        "sections": [one for part in whole.sections() if (one := _without_files(part)).questions],
        "refused": list((refused or {}).items()),
        "clashes": clashes or {},
    }
    return render(request, "programmes/notice/change.html", context, status=status)


def _without_files(part: Section) -> Section:
    """Return a section without its attached files, which belong to the filing and stay as they were."""
    return replace(part, questions=[one for one in part.questions if one.kind != "file"])
