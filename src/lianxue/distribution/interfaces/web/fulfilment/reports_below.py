"""Who below has handed the effect report in: by unit and district, point by point, one volume of all, one reminder."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.fulfilment.access import SUPERVISING
from lianxue.distribution.interfaces.web.fulfilment.report_forms import ReportFilter
from lianxue.distribution.operations.reports.remind_of_reports import remind_of_reports
from lianxue.distribution.queries.effect_reports import report_due_on
from lianxue.distribution.queries.report_roll_up import roll_up_of
from lianxue.distribution.queries.report_standing import (
    Completeness,
    completeness_by_district,
    completeness_by_unit,
    points_reporting,
)
from lianxue.documents.public import report_roll_up
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

if TYPE_CHECKING:
    from lianxue.distribution.queries.report_standing import PointReporting

YEARS_SHOWN = 5
PER_PAGE = 50
OFFICE_TIER = 1
STANDINGS = {
    "submitted": gettext_lazy("Submitted"),
    "returned": gettext_lazy("Sent back"),
    "missing": gettext_lazy("Not handed in"),
}
COLUMNS = (
    Column("code", gettext_lazy("Code"), lambda row: row.organisation.code, "organisation__code"),
    Column("point", gettext_lazy("Point"), lambda row: row.organisation.name, "organisation__name"),
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit_name, "unit_name"),
    Column("state", gettext_lazy("State"), lambda row: STANDINGS[row.standing], "standing"),
    Column(
        "submitted",
        gettext_lazy("Submitted on"),
        lambda row: clock.local_date(row.submitted_at) if row.submitted_at else None,
        "submitted_at",
    ),
    Column("late", gettext_lazy("Late"), lambda row: _("late") if row.is_late else "", "is_late"),
)


def reports_below(request: ActingRequest) -> HttpResponseBase:
    """Show how complete the reports of a year are, and list the points."""
    year = _year(request)
    units = completeness_by_unit(request.actor, year)
    form = ReportFilter(request.GET, units=units)
    listing = Listing(
        request, _filtered(form, points_reporting(request.actor, year)), COLUMNS, per_page=PER_PAGE
    )
    if listing.export_asked:
        return listing.export(_("Effect reports %(year)d") % {"year": year})
    total, handed_in = sum(unit.points for unit in units), sum(unit.submitted for unit in units)
    context = {
        "year": year,
        "years": [{"label": str(y), "url": f"?year={y}", "current": y == year} for y in _years()],
        "due_on": report_due_on(year),
        "total": total,
        "handed_in": handed_in,
        "open": total - handed_in,
        "late": sum(unit.late for unit in units),
        "urls": {state: _query(year, state=state) for state in ("submitted", "open", "late")},
        "units": _unit_rows(units, year) if len(units) < total else [],
        "chart": _chart(units),
        "map": _map(request, year, total - handed_in),
        "form": form,
        "listing": listing,
        "volume_url": reverse("distribution:reports-volume", args=[year]),
        "request_key": request_key(request),
    }
    return render(request, "distribution/reports/below.html", context)


@page(SUPERVISING)
def volume(request: ActingRequest, year: int) -> HttpResponseBase:
    """Give all reports below in one PDF."""
    if year not in _years():
        raise NotFound
    content = report_roll_up(roll_up_of(request.actor, year, today=clock.today()))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{request.actor.organisation_name} {year} 使用效果报告汇编.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@page(SUPERVISING)
@require_POST
def remind(request: ActingRequest, year: int) -> HttpResponseBase:
    """Remind everybody below whose report is still to come."""
    try:
        remind_of_reports(actor=request.actor, at=clock.now(), year=year, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("All points whose report is still to come have been reminded."))
    return redirect(f"{reverse('distribution:reports')}?year={year}")


def _years() -> range:
    this_year = clock.today().year
    return range(this_year, this_year - YEARS_SHOWN, -1)


def _year(request: ActingRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked in {str(year) for year in _years()} else clock.today().year


def _filtered(form: ReportFilter, rows: "QuerySet[PointReporting]") -> "QuerySet[PointReporting]":
    if not form.is_valid():
        return rows
    asked = form.cleaned_data
    if asked["q"]:
        rows = rows.filter(organisation__name__icontains=asked["q"].strip())
    if asked["unit"]:
        rows = rows.filter(unit_id=int(asked["unit"]))
    match asked["state"]:
        case "late":
            return rows.filter(is_late=True)
        case "open":
            return rows.exclude(standing="submitted")
        case "":
            return rows
        case state:
            return rows.filter(standing=state)


def _query(year: int, **asked: str) -> str:
    return f"?{urlencode({'year': year, **asked})}#points"


def _unit_rows(units: Sequence[Completeness], year: int) -> list[dict[str, Any]]:
    return [
        {
            "unit": unit,
            "url": _query(year, unit=unit.key),
            "open_url": _query(year, unit=unit.key, state="open"),
            "late_url": _query(year, unit=unit.key, state="late"),
        }
        for unit in units
    ]


def _chart(units: Sequence[Completeness]) -> dict[str, Any]:
    return {
        "labels": [unit.name for unit in units],
        "series": [
            {"name": _("Handed in"), "values": [unit.submitted for unit in units]},
            {"name": _("Not handed in"), "values": [unit.open for unit in units]},
        ],
    }


def _map(request: ActingRequest, year: int, still_open: int) -> dict[str, Any] | None:
    """Return the districts as a map for whoever looks after all of them."""
    if request.actor.tier != OFFICE_TIER:
        return None
    is_due = clock.today() >= report_due_on(year)
    districts = completeness_by_district(request.actor, year)
    areas = [
        {
            "code": district.key,
            "name": district.name or _("no district"),
            "state": "all" if not district.open else "overdue" if is_due else "some",
            "value": _("%(received)d of %(points)d reports")
            % {"received": district.submitted, "points": district.points},
        }
        for district in districts
    ]
    legend = [
        {"key": "all", "label": _("all handed in"), "tone": "success"},
        {"key": "some", "label": _("some still to come"), "tone": "waiting"},
        {"key": "overdue", "label": _("overdue"), "tone": "danger"},
    ]
    return {
        "areas": areas,
        "legend": legend,
        "source": static("web/geo/shanghai-districts.json"),
        "open": still_open,
    }
