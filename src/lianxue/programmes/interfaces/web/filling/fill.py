"""The form of a filing, filled in and saved as a whole; the script saves each answer by itself (``answers``)."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import FilingState
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.filling.questions import SPARE_ROWS, Filled
from lianxue.programmes.interfaces.web.filling.sent import (
    Sent,
    as_sent,
    number_in,
    place_after,
    sent_answers,
    settled,
    with_pasted,
)
from lianxue.programmes.interfaces.web.filling.tabs import filing_tabs
from lianxue.programmes.models import Filing, FilingFile, Opinion
from lianxue.programmes.operations.filings.save_answer import save_answers
from lianxue.programmes.queries.faults import evidence_kept
from lianxue.programmes.queries.filings import own_filing
from lianxue.programmes.queries.opening import opened_answers
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.answers import faults_of, notes_of

OPEN_STATES = (FilingState.DRAFT, FilingState.RETURNED)


@page(ADMINISTRATORS)
def fill(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the form with what stands in it, or save what was sent."""
    filing = own_filing(request.actor, pk)
    if filing.state not in OPEN_STATES:
        return redirect("programmes:filing", filing.pk)
    if request.method == "POST":
        return _save(request, filing)
    return _show(request, filing)


def _save(request: ActingRequest, filing: Filing) -> HttpResponseBase:
    form = filing.form
    sent = settled(sent_answers(form, request.POST), request.POST)
    sent, refused = with_pasted(form, areas_of(filing.unit), sent, request.POST)
    if refused:
        return _show(request, filing, sent=sent, refused=refused, status=422)
    try:
        saved = save_answers(
            actor=request.actor,
            at=clock.now(),
            filing=filing,
            written={key: one.written for key, one in sent.items() if one.is_changed},
            uploads=uploads_of(request, filing),
            removed=removed_of(request, filing),
        )
    except Invalid as refusal:
        if not refusal.fields:
            raise
        return _show(request, filing, sent=sent, refused=refusal.fields, status=422)
    if saved.clashes:
        left = {key: sent[key] for key in saved.clashes}
        return _show(
            request, own_filing(request.actor, filing.pk), sent=left, clashes=saved.clashes, status=409
        )
    if request.POST.get("then") == "check":
        return redirect("programmes:check", filing.pk)
    messages.success(request, _("Saved."))
    return redirect(reverse("programmes:fill", args=[filing.pk]) + place_after(form, request.POST))


def uploads_of(request: HttpRequest, filing: Filing) -> list[tuple[str, "UploadedFile[bytes]"]]:
    """Return the files that were sent for questions of type ``files``."""
    asked = {key for key, one in filing.form.fields().items() if one.type == "files"}
    return [(key, upload) for key in sorted(asked) for upload in request.FILES.getlist(f"f.{key}")]


def removed_of(request: HttpRequest, filing: Filing) -> list[FilingFile]:
    """Return the attached file that is to be taken out, if any. Raise ``NotFound`` for one of another filing."""
    word = request.POST.get("remove", "")
    if not word:
        return []
    row = FilingFile.objects.filter(filing=filing, pk=number_in(word)).first()
    if row is None:
        raise NotFound
    return [row]


def filled(filing: Filing, *, is_final: bool = False, **shown: Any) -> Filled:
    """Return the form of a filing with what stands in it, personal values readable: for the unit itself."""
    answers = opened_answers(filing.form, filing.answers)
    areas = areas_of(filing.unit)
    return Filled(
        filing.form,
        answers,
        filing.marks,
        areas,
        faults_of(
            filing.form,
            answers,
            areas=areas,
            evidence=evidence_kept(filing) if is_final else None,
            is_final=is_final,
        ),
        notes_of(filing.form, answers),
        files=attached_files(filing),
        **shown,
    )


def attached_files(filing: Filing) -> dict[str, list[FilingFile]]:
    """Return the attached files by question, in one read."""
    keys = [key for key, one in filing.form.fields().items() if one.type == "files"]
    named = [pk for key in keys for pk in filing.answers.get(key) or []]
    found: dict[str, list[FilingFile]] = {key: [] for key in keys}
    if named:
        for row in FilingFile.objects.select_related("file").filter(filing=filing, pk__in=named):
            found.setdefault(row.key, []).append(row)
    return found


def _show(
    request: ActingRequest,
    filing: Filing,
    *,
    sent: Mapping[str, Sent] | None = None,
    refused: Mapping[str, Any] | None = None,
    clashes: Mapping[str, AnswerChanged] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    form = filled(
        filing,
        is_final="all" in request.GET,
        refused=refused or {},
        clashes=clashes or {},
        **as_sent(sent or {}),
        spare_rows={request.GET.get("rows", ""): SPARE_ROWS},
    )
    opinion = _return_words(filing)
    context = {
        "filing": filing,
        "tabs": filing_tabs(filing, "fill"),
        "sections": form.sections(),
        "opinion": opinion,
        "refused": [(key, words) for key, words in (refused or {}).items()],
        "clashes": clashes or {},
    }
    return render(request, "programmes/filing/fill.html", context, status=status)


def _return_words(filing: Filing) -> Any:
    """Return the opinion with which the filing was returned last, to stand on top (``None`` while it is a first draft)."""
    if filing.state != FilingState.RETURNED:
        return None
    rows = Opinion.objects.filter(revision__filing=filing, decision="return").select_related("organisation")
    return rows.order_by("-given_at", "-pk").first()
