"""The photographs of effect reports: sent in, taken out, given out."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import ReportState
from lianxue.distribution.interfaces.web.fulfilment.access import RUNS_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import sent
from lianxue.distribution.interfaces.web.fulfilment.report_forms import ReportPictureForm
from lianxue.distribution.interfaces.web.fulfilment.reports import READERS, picture_shown
from lianxue.distribution.operations.reports.pictures import add_report_picture, remove_report_picture
from lianxue.distribution.operations.reports.save_effect_report import YEARS_BACK
from lianxue.distribution.queries.effect_reports import own_picture, picture_seen, pictures_of, report_of
from lianxue.distribution.queries.stock import point_seen
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(RUNS_POINT)
def pictures(request: ActingRequest, year: int) -> HttpResponseBase:
    """Add photographs to the own report of a year, or take them out again."""
    if not clock.today().year - YEARS_BACK <= year <= clock.today().year:
        raise NotFound
    point = point_seen(request.actor, request.actor.organisation_id or 0)
    form = ReportPictureForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            add_report_picture(
                actor=request.actor,
                at=clock.now(),
                point=point,
                year=year,
                upload=form.cleaned_data["picture"],
                caption=form.cleaned_data["caption"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The photograph is in the report."))
            return redirect("distribution:report-pictures", year)
    report = report_of(point.pk, year)
    if report is not None and report.state == ReportState.SUBMITTED and not form.is_bound:
        return redirect("distribution:report", report.pk)
    context = {
        "year": year,
        "form": form,
        "pictures": [picture_shown(one) for one in pictures_of(report)] if report else [],
        "request_key": request_key(request),
    }
    return render(
        request, "distribution/reports/pictures.html", context, status=422 if form.is_bound else 200
    )


@page(RUNS_POINT)
@require_POST
def remove(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take a photograph out of the own report."""
    picture = own_picture(request.actor, pk)
    try:
        remove_report_picture(
            actor=request.actor, at=clock.now(), picture=picture, request_key=request_key(request)
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The photograph has been taken out."))
    return redirect("distribution:report-pictures", picture.report.year)


@page(READERS)
def picture(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give a photograph."""
    return file_response(picture_seen(request.actor, pk).picture)


@page(READERS)
def picture_small(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the thumbnail of a photograph."""
    return file_response(picture_seen(request.actor, pk).picture, thumbnail=True)
