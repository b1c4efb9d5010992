"""Declaring one part of an indicator."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.interfaces.web.access import APPRAISALS
from lianxue.workforce.interfaces.web.appraisal.forms import DeclareForm
from lianxue.workforce.interfaces.web.indicators.sets import threshold_words
from lianxue.workforce.operations.appraisal.declare import declare_part
from lianxue.workforce.queries.appraisal import appraisal_seen, sheet_of
from lianxue.workforce.rules.appraisal import DECLARES


@page(APPRAISALS)
def declare(request: ActingRequest, pk: int, part: str) -> HttpResponseBase:
    """Declare a part with evidence."""
    row = appraisal_seen(request.actor, pk)
    sheet = sheet_of(row)
    found = [(one.indicator, line) for one in sheet.indicators for line in one.parts if line.key == part]
    if not found or found[0][1].part.is_computed or not DECLARES.holds(request.actor, row):
        raise NotFound
    indicator, line = found[0]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DeclareForm(*sent, part=line.part, there=line.declared)
    if request.method == "POST" and form.is_valid():
        try:
            declare_part(
                actor=request.actor,
                at=clock.now(),
                appraisal=row,
                part=part,
                declaration=form.declaration(),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workforce:appraisal", row.pk)
    context = {
        "appraisal": row,
        "indicator": indicator,
        "line": line,
        "threshold": threshold_words(line.part, sheet.published) if sheet.published else "",
        "form": form,
        "request_key": request_key(request),
    }
    return render(request, "workforce/appraisal/declare.html", context, status=422 if form.errors else 200)
