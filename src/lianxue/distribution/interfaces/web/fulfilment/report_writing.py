"""Writing the effect report: saved while one writes, handed in when all four parts are there."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import ReportState
from lianxue.distribution.errors import ReportChanged
from lianxue.distribution.flows.effect_report import CONTENTS, missing_contents
from lianxue.distribution.interfaces.web.fulfilment.access import RUNS_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import REPORT_LABELS, ReportForm
from lianxue.distribution.interfaces.web.fulfilment.reports import picture_shown
from lianxue.distribution.models import EffectReport
from lianxue.distribution.operations.reports.save_effect_report import YEARS_BACK, save_effect_report
from lianxue.distribution.operations.reports.submit_effect_report import submit_effect_report
from lianxue.distribution.queries.effect_reports import (
    figures_of,
    labelled,
    pictures_of,
    report_last_day,
    report_of,
)
from lianxue.distribution.queries.feedback import words_of_year
from lianxue.distribution.queries.stock import point_seen
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused, WrongState
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation

SAID_SHOWN = 5


@page(RUNS_POINT)
def write(request: ActingRequest, year: int) -> HttpResponseBase:
    """Write, save and hand in the report of a year."""
    point, report = _own(request, year)
    if report is not None and report.state == ReportState.SUBMITTED:
        return redirect("distribution:report", report.pk)
    form = ReportForm(request.POST if request.method == "POST" else None, report=report)
    if request.method != "POST" or not form.is_valid():
        return _show(request, year, point, report, form)
    try:
        saved = _save(request, year, point, form)
        if request.POST.get("then") != "submit":
            messages.success(request, _("Saved."))
            return redirect("distribution:report-write", year)
        for name in missing_contents(saved):
            form.add_error(name, str(_("This part is still empty.")))
        if form.errors:
            return _show(request, year, point, saved, form)
        submit_effect_report(
            actor=request.actor,
            at=clock.now(),
            report=saved,
            version=saved.version,
            request_key=request_key(request),
        )
    except ReportChanged as changed:
        add_refusal(form, changed)
        return _show(request, year, point, report_of(point.pk, year), form, is_changed=True)
    except Refused as refusal:
        add_refusal(form, refusal)
        return _show(request, year, point, report, form)
    messages.success(request, _("The report has been handed in."))
    return redirect("distribution:report", saved.pk)


@page(RUNS_POINT)
@require_POST
def autosave(request: ActingRequest, year: int) -> HttpResponseBase:
    """Save while the writer goes on writing; answer with the line that says so."""
    point, report = _own(request, year)
    form = ReportForm(request.POST, report=report)
    context: dict[str, Any] = {"at": clock.now(), "version": request.POST.get("version", "")}
    if not form.is_valid():
        context["fault"] = _("Not saved: the text is too long.")
    else:
        try:
            context["version"] = _save(request, year, point, form).version
        except (ReportChanged, WrongState):
            context["fault"] = _(
                "Not saved: somebody else has changed this report. Press “Save” to see both texts."
            )
    return render(request, "distribution/reports/saved.html", context)


def _save(request: ActingRequest, year: int, point: Organisation, form: ReportForm) -> EffectReport:
    return save_effect_report(
        actor=request.actor,
        at=clock.now(),
        point=point,
        year=year,
        version=form.cleaned_data["version"] or 0,
        texts=form.texts(),
    )


def _own(request: ActingRequest, year: int) -> tuple[Organisation, EffectReport | None]:
    if not clock.today().year - YEARS_BACK <= year <= clock.today().year:
        raise NotFound
    point = point_seen(request.actor, request.actor.organisation_id or 0)
    return point, report_of(point.pk, year)


def _show(
    request: ActingRequest,
    year: int,
    point: Organisation,
    report: EffectReport | None,
    form: ReportForm,
    *,
    is_changed: bool = False,
) -> HttpResponseBase:
    others = []
    if is_changed and report is not None:
        others = [
            (label, getattr(report, name))
            for name, (label, _hint) in REPORT_LABELS.items()
            if getattr(report, name) != form.data.get(name, "").replace("\r\n", "\n")
        ]
    context = {
        "year": year,
        "point": point,
        "report": report,
        "form": form,
        "fields": [form.as_shown()[name] for name in CONTENTS],
        # After a clash the writer goes on from what is saved now, having seen it.
        "version": report.version
        if report and (is_changed or not form.is_bound)
        else form.data.get("version", 0),
        "others": others,
        "pictures": [picture_shown(picture) for picture in pictures_of(report)] if report else [],
        "figures": figures_of(report) if report else labelled(year_figures(point.pk, year)),
        "due_on": report_last_day(year),
        "said": words_of_year(point.pk, year)[:SAID_SHOWN],
        "request_key": request_key(request),
    }
    return render(request, "distribution/reports/write.html", context, status=422 if form.errors else 200)
