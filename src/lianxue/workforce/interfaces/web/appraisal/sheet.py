"""The sheet of one person: every indicator, what it comes to and why, and what comes next."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.enums import PartVerdict
from lianxue.workforce.flows.appraisal import APPRAISAL_FLOW
from lianxue.workforce.interfaces.web.access import APPRAISALS
from lianxue.workforce.interfaces.web.appraisal.forms import AccountForm, FindingForm, ReopenForm, WordsForm
from lianxue.workforce.interfaces.web.indicators.sets import threshold_words
from lianxue.workforce.models import Appraisal
from lianxue.workforce.queries.appraisal import appraisal_seen, sheet_of
from lianxue.workforce.queries.quota import quota_of
from lianxue.workforce.queries.roster import account_of, unit_name_of
from lianxue.workforce.rules.appraisal import APPRAISES, AREA


@page(APPRAISALS)
def appraisal(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one sheet."""
    return sheet_page(request, appraisal_seen(request.actor, pk))


def sheet_page(
    request: ActingRequest,
    row: Appraisal,
    *,
    faulty: dict[str, Any] | None = None,
    part: str = "",
) -> HttpResponseBase:
    """Show a sheet, perhaps with a form in which something was wrong (``faulty`` by name, for ``part``)."""
    offers = {o.verb: o for o in APPRAISAL_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    sheet = sheet_of(row)
    forms = faulty or {}
    finds = "find_part" in offers
    context: dict[str, Any] = {
        "appraisal": row,
        "unit": unit_name_of(row.entry),
        "account": account_of(row.entry),
        "sheet": sheet,
        "offers": offers,
        "indicators": [
            {
                "line": one,
                "is_faulty": any(line.key == part for line in one.parts),
                "parts": [
                    {
                        "line": line,
                        "threshold": threshold_words(line.part, sheet.published) if sheet.published else "",
                        "form": (forms.get("finding") if line.key == part else None)
                        or (_finding_form(line) if finds else None),
                        "is_faulty": line.key == part,
                        "may_declare": "declare_part" in offers and not line.part.is_computed,
                    }
                    for line in one.parts
                ],
            }
            for one in sheet.indicators
        ],
        "open_parts": sum(1 for line in sheet.lines() if line.verdict == PartVerdict.OPEN),
        "undeclared": [
            line
            for line in sheet.lines()
            if not line.part.is_computed and line.declared is None and line.finding is None
        ],
        "met": sum(1 for one in sheet.indicators if one.verdict == PartVerdict.MET),
        "in_all": len(sheet.indicators),
        "quota": quota_of(row.city_id, row.office_id, row.year, row.team),
        "may_link": (APPRAISES | AREA).holds(request.actor, row),
        "account_form": forms.get("account") or AccountForm(),
        "words_form": forms.get("words") or WordsForm(),
        "reopen_form": forms.get("reopen") or ReopenForm(),
        "request_key": request_key(request),
    }
    return render(request, "workforce/appraisal/sheet.html", context, status=422 if faulty else 200)


def _finding_form(line: Any) -> FindingForm:
    known = line.finding
    verdict = known.verdict if known else line.judged.verdict
    return FindingForm(
        initial={"verdict": verdict, "reason": known.reason if known else ""},
        prefix=line.key.replace(".", "-"),
    )


@page(APPRAISALS)
def evidence(request: ActingRequest, pk: int, declared_id: int) -> HttpResponseBase:
    """Give the file that was sent in as evidence."""
    row = appraisal_seen(request.actor, pk)
    found = row.declared.filter(pk=declared_id).select_related("file").first()
    if found is None or found.file is None:
        raise NotFound
    return file_response(found.file, download=not found.file.is_picture)
