"""Taking in a form that was filled in as a workbook or a Word document."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import Conflict, Invalid
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.sealing import SealBroken, seal, unseal
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.filling.differences import differences
from lianxue.programmes.interfaces.web.filling.tabs import filing_tabs
from lianxue.programmes.models import Filing
from lianxue.programmes.models.definition import Grid
from lianxue.programmes.operations.filings.save_answer import take_in_form
from lianxue.programmes.operations.filings.shapes import shaped
from lianxue.programmes.queries.filings import own_filing
from lianxue.programmes.queries.filled_forms import answers_in
from lianxue.programmes.queries.opening import opened_answers, question
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.queries.wording import worded_form
from lianxue.programmes.rules.answers import faults_of


@page(ADMINISTRATORS)
def import_form(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Read a filled-in form, show what will change, and take it over when that is agreed."""
    filing = own_filing(request.actor, pk)
    if filing.state not in ("draft", "returned"):
        return redirect("programmes:filing", filing.pk)
    context: dict[str, Any] = {"filing": filing, "tabs": filing_tabs(filing, "import")}
    if request.method != "POST":
        return render(request, "programmes/filing/import.html", context)
    try:
        if "kept" in request.POST:
            return _take_in(request, filing)
        context |= _compared(filing, request.FILES.get("form"))
    except (Invalid, Conflict) as refusal:
        context["fault"] = str(refusal.message)
    status = 422 if context.get("fault") or context.get("faults") else 200
    return render(request, "programmes/filing/import.html", context, status=status)


def _compared(filing: Filing, upload: "UploadedFile[bytes] | None") -> dict[str, Any]:
    """Return what a file says beside what is there, or every fault with its cell."""
    if upload is None:
        raise Invalid(_("Please choose the filled-in form."))
    areas = areas_of(filing.unit)
    found = answers_in(worded_form(filing), upload, areas)
    name = str(upload.name or "")[:120]
    if found.faults:
        left_out = found.read.left_out if found.read else 0
        return {"faults": found.faults, "left_out": left_out, "name": name}
    before = opened_answers(filing.form, filing.answers)
    answers = {key: _kept_rows(filing, key, value, before) for key, value in found.answers.items()}
    changed = {key: value for key, value in answers.items() if not _is_same(value, before.get(key))}
    kept = json.dumps({"answers": changed, "version": filing.version, "name": name}, ensure_ascii=False)
    wrong = faults_of(filing.form, {**before, **answers}, areas=areas, is_final=False)
    return {
        "differences": differences(filing.form, before, {**before, **answers}, areas),
        "wrong": [fault.message for fault in wrong],
        "kept": seal(kept, context=_context(filing)),
        "has_changes": bool(changed),
        "name": name,
    }


def _kept_rows(filing: Filing, key: str, value: Any, before: Mapping[str, Any]) -> Any:
    """Return an answer as it is kept; rows that are there already keep their ids, so that only real changes show."""
    asked = question(filing.form, key)
    if asked is None:
        return value
    rows = shaped(asked, value)
    if not isinstance(asked, Grid):
        return rows
    columns = [one.key for one in asked.columns]
    known = [row for row in before.get(key) or [] if isinstance(row, Mapping)]
    free = list(known)
    result: list[dict[str, Any]] = []
    for row in rows:
        same = next((one for one in free if all(one.get(name) == row.get(name) for name in columns)), None)
        same = same or next(
            (one for one in free if all(one.get(name) == row.get(name) for name in columns[:2])), None
        )
        if same is not None:
            free.remove(same)
        result.append({**row, "_id": str(same["_id"]) if same else ""})
    taken = {str(one["_id"]) for one in known}
    fresh = (f"i{at}" for at in range(1, 10_000))
    for row in result:
        row["_id"] = row["_id"] or next(name for name in fresh if name not in taken)
    return result


def _is_same(value: Any, before: Any) -> bool:
    empty: tuple[Any, ...] = ("", None, [], {"keys": [], "own": ""})
    return bool(value == before) or (value in empty and before in empty)


def _take_in(request: ActingRequest, filing: Filing) -> HttpResponseBase:
    try:
        kept = json.loads(unseal(request.POST["kept"], context=_context(filing)))
    except (SealBroken, ValueError) as broken:
        raise Invalid(_("This page has grown old. Please choose the file again.")) from broken
    take_in_form(
        actor=request.actor,
        at=clock.now(),
        filing=filing,
        answers=kept["answers"],
        version=kept["version"],
        source=kept["name"],
        request_key=request_key(request),
    )
    messages.success(request, _("The answers of the file have been taken over."))
    return redirect("programmes:fill", filing.pk)


def _context(filing: Filing) -> str:
    return f"programmes.import.{filing.pk}"
