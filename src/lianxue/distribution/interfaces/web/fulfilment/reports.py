"""Effect reports: one's own by year, those of the points below, reading one, sending one back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import ReportState
from lianxue.distribution.flows.effect_report import EFFECT_REPORT_FLOW
from lianxue.distribution.interfaces.web.fulfilment.access import RUNS_POINT, SUPERVISING
from lianxue.distribution.interfaces.web.fulfilment.forms import REPORT_LABELS, ReasonForm
from lianxue.distribution.interfaces.web.fulfilment.reports_below import reports_below
from lianxue.distribution.interfaces.web.printed import TYPES
from lianxue.distribution.models import EffectReport, EffectReportPicture
from lianxue.distribution.operations.reports.submit_effect_report import return_effect_report
from lianxue.distribution.queries.effect_reports import (
    figures_of,
    is_late,
    paper_of,
    pictures_of,
    report_last_day,
    report_seen,
    reports_of,
)
from lianxue.documents.public import effect_report_docx, effect_report_pdf
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

READERS = RUNS_POINT | SUPERVISING


@page(READERS)
def reports(request: ActingRequest) -> HttpResponseBase:
    """List the own reports by year, or who below has handed theirs in."""
    return reports_below(request) if SUPERVISING.allows(request) else _own(request)


def _own(request: ActingRequest) -> HttpResponseBase:
    year = clock.today().year
    rows = list(reports_of(request.actor.organisation_id or 0))
    context = {
        "year": year,
        "due_on": report_last_day(year),
        "this_year": next((row for row in rows if row.year == year), None),
        "earlier": [(row, is_late(row)) for row in rows if row.year != year],
    }
    return render(request, "distribution/reports/own.html", context)


@page(READERS)
def report(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Read a report."""
    return _show(request, report_seen(request.actor, pk), ReasonForm())


@page(SUPERVISING)
@require_POST
def send_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Send a report back to its point with a reason."""
    row = report_seen(request.actor, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            return_effect_report(
                actor=request.actor,
                at=clock.now(),
                report=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The report has been sent back to %(point)s.") % {"point": row.point})
            return redirect("distribution:reports")
    return _show(request, row, form)


@page(READERS)
def report_file(request: ActingRequest, pk: int, ending: str) -> HttpResponseBase:
    """Give a report as PDF or Word document."""
    row = report_seen(request.actor, pk)
    match ending:
        case "pdf":
            content = effect_report_pdf(paper_of(row))
        case "docx":
            content = effect_report_docx(paper_of(row))
        case _:
            raise Http404
    response = HttpResponse(content, content_type=TYPES[ending])
    name = f"{row.point.name} {row.year} 使用效果报告.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def picture_shown(picture: EffectReportPicture) -> dict[str, object]:
    """Return what the photo component needs of a photograph."""
    return {
        "pk": picture.pk,
        "url": reverse("distribution:report-picture", args=[picture.pk]),
        "thumbnail": reverse("distribution:report-picture-small", args=[picture.pk]),
        "caption": picture.caption,
    }


def _show(request: ActingRequest, row: EffectReport, form: ReasonForm) -> HttpResponseBase:
    offered = {o.verb for o in EFFECT_REPORT_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context = {
        "report": row,
        "is_late": is_late(row),
        "is_submitted": row.state == ReportState.SUBMITTED,
        "texts": [(label, getattr(row, name)) for name, (label, _hint) in REPORT_LABELS.items()],
        "figures": figures_of(row),
        "pictures": [picture_shown(picture) for picture in pictures_of(row)],
        "offered": offered,
        "form": form,
        "request_key": request_key(request),
    }
    return render(request, "distribution/reports/report.html", context, status=422 if form.errors else 200)
