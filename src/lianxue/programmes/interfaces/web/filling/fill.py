"""The form of a filing, filled in and saved as a whole; the script saves each answer by itself (``answers``)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
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
from lianxue.programmes.interfaces.web.filling.questions import Filled
from lianxue.programmes.interfaces.web.filling.sent import Sent, number_in, sent_answers, settled_in
from lianxue.programmes.interfaces.web.filling.tabs import filing_tabs
from lianxue.programmes.models import Filing, FilingFile, Opinion
from lianxue.programmes.operations.filings.save_answer import save_answers
from lianxue.programmes.queries.faults import evidence_kept
from lianxue.programmes.queries.filings import own_filing
from lianxue.programmes.queries.opening import opened_answers
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.answers import faults_of, notes_of
from lianxue.programmes.rules.fingerprints import seen_text
from lianxue.programmes.rules.written import pasted_rows

SPARE_ROWS = 5
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
    sent = _settled(sent_answers(filing.form, request.POST), request.POST)
    refused: dict[str, Any] = {}
    asked_for = request.POST.get("then", "")
    if asked_for.startswith("paste:"):
        sent, refused = _with_pasted(request, filing, sent, asked_for.removeprefix("paste:"))
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
    if asked_for == "check":
        return redirect("programmes:check", filing.pk)
    messages.success(request, _("Saved."))
    address = reverse("programmes:fill", args=[filing.pk])
    kind, _colon, key = asked_for.partition(":")
    place = key if kind in ("rows", "paste") else request.POST.get("move", "").partition(".")[0]
    place = place or settled_in(request.POST)[1]
    if place in filing.form.grids() or place in filing.form.fields():
        address += f"?rows={place}#q-{place}" if kind == "rows" else f"#q-{place}"
    return redirect(address)


def _settled(sent: dict[str, Sent], data: QueryDict) -> dict[str, Sent]:
    """Return the answers after a choice between two texts; of a grid it is a choice between rows, made when it is saved."""
    which, key, mark = settled_in(data)
    if key not in sent or mark < 0:
        return sent
    if sent[key].seen is not None:
        return {**sent, key: replace(sent[key], digest="")}
    if which == "theirs":
        return {name: one for name, one in sent.items() if name != key}
    return {**sent, key: replace(sent[key], mark=mark, digest="")}


def _with_pasted(
    request: ActingRequest, filing: Filing, sent: dict[str, Sent], key: str
) -> tuple[dict[str, Sent], dict[str, Any]]:
    """Return the answers with the rows that were pasted into a grid, or what is wrong in them; nothing half."""
    grid, text = filing.form.grids().get(key), request.POST.get(f"p.{key}", "")
    if grid is None or key not in sent:
        raise NotFound
    pasted = pasted_rows(grid, text, areas_of(filing.unit))
    if pasted.faults:
        return sent, {key: " ".join(pasted.faults)}
    one = sent[key]
    taken = {row["_id"] for row in one.value}
    if grid.row_titles:
        rows = [
            {**row, **(pasted.rows[at] if at < len(pasted.rows) else {})} for at, row in enumerate(one.value)
        ]
    else:
        free = (name for name in (f"p{at}" for at in range(1, 10_000)) if name not in taken)
        rows = [*one.value, *({"_id": name, **row} for name, row in zip(free, pasted.rows, strict=False))]
    return {**sent, key: replace(one, value=rows, digest="")}, {}


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
    rows = request.GET.get("rows", "")
    form = filled(
        filing,
        is_final="all" in request.GET,
        refused=refused or {},
        clashes=clashes or {},
        shown={key: one.value for key, one in (sent or {}).items()},
        seen_marks={key: one.mark for key, one in (sent or {}).items()},
        seen_rows={
            key: seen_text(one.seen.digests) for key, one in (sent or {}).items() if one.seen is not None
        },
        spare_rows={rows: SPARE_ROWS},
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
