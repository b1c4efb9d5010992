"""The figures of a year by district, system, kind or unit, with charts and a map; every number opens its rows."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.fulfilment.access import SUPERVISING
from lianxue.distribution.queries.coverage.fairness import FairYear, fairness
from lianxue.distribution.queries.coverage.figures import (
    By,
    FigureRow,
    figures_by,
    years_with_rounds,
)
from lianxue.kernel import clock
from lianxue.kernel.pages import export_asked, page, spreadsheet
from lianxue.orgs.public import ActingRequest

OFFICE_TIER = 1
BY = {
    By.DISTRICT: gettext_lazy("By district"),
    By.SYSTEM: gettext_lazy("By system"),
    By.KIND: gettext_lazy("By kind"),
    By.UNIT: gettext_lazy("By unit"),
}
NOWHERE = {
    By.DISTRICT: gettext_lazy("no district"),
    By.SYSTEM: gettext_lazy("no system"),
    By.KIND: gettext_lazy("other"),
    By.UNIT: gettext_lazy("other"),
}


@page(SUPERVISING)
def figures(request: ActingRequest) -> HttpResponseBase:
    """Show the figures of a year."""
    years = years_with_rounds(request.actor)
    year, by = _year(request, years), _by(request)
    found = figures_by(request.actor, year, by)
    rows = found.rows
    if export_asked(request):
        return _workbook(
            _("Figures %(year)d") % {"year": year}, _headings(by), [_cells(row, by) for row in rows]
        )
    context = {
        "year": year,
        "by": by,
        "by_label": BY[by],
        "years": [{"label": str(y), "url": _here(y, by), "current": y == year} for y in years],
        "tabs": [{"label": label, "url": _here(year, b), "current": b == by} for b, label in BY.items()],
        "total": found.total,
        "urls": _urls(year),
        "rows": [
            {"row": row, "name": row.name or NOWHERE[by], "urls": _urls(year, **{by: row.key})}
            for row in rows
        ],
        "labels": [str(row.name or NOWHERE[by]) for row in rows],
        "charts": _charts(rows),
        "map": _map(rows, year) if by == By.DISTRICT and request.actor.tier == OFFICE_TIER else None,
        "export_url": f"{_here(year, by)}&export=xlsx",
    }
    return render(request, "distribution/figures/overview.html", context)


@page(SUPERVISING)
def years(request: ActingRequest) -> HttpResponseBase:
    """Show the figures over the years, and how evenly copies were spread."""
    rows = fairness(request.actor)
    if export_asked(request):
        return _workbook(_("Figures over the years"), YEAR_HEADINGS, [_year_cells(row) for row in rows])
    context = {
        "rows": [{"row": row, "urls": _urls(row.year)} for row in rows],
        "labels": [str(row.year) for row in rows],
        "gini": [
            {"name": _("Copies for each learner"), "values": [row.gini_per_learner or 0 for row in rows]},
            {"name": _("Filled share"), "values": [row.gini_filled or 0 for row in rows]},
        ],
        "shares": [
            {"name": _("Points reached (%)"), "values": [row.coverage or 0 for row in rows]},
            {
                "name": _("Allocated of what was asked for (%)"),
                "values": [row.allocated_share or 0 for row in rows],
            },
        ],
        "export_url": "?export=xlsx",
    }
    return render(request, "distribution/figures/years.html", context)


def _year(request: ActingRequest, years: Sequence[int]) -> int:
    asked = request.GET.get("year", "")
    found = [year for year in years if str(year) == asked]
    return found[0] if found else years[0] if years else clock.today().year


def _by(request: ActingRequest) -> By:
    asked = request.GET.get("by", "")
    fallback = By.DISTRICT if request.actor.tier == OFFICE_TIER else By.UNIT
    return By(asked) if asked in {by.value for by in By} else fallback


def _here(year: int, by: By) -> str:
    return f"?{urlencode({'year': year, 'by': by.value})}"


def _urls(year: int, **part: str) -> dict[str, str]:
    """Return where the rows behind the numbers of a part stand."""
    points, parcels = reverse("distribution:figures-points"), reverse("distribution:figures-parcels")
    query = {"year": year, **{str(name): value for name, value in part.items() if value}}
    return {
        "points": f"{points}?{urlencode(query)}",
        "reached": f"{points}?{urlencode({**query, 'show': 'reached'})}",
        "not_reached": f"{points}?{urlencode({**query, 'show': 'not_reached'})}",
        "parcels": f"{parcels}?{urlencode(query)}",
    }


def _charts(rows: Sequence[FigureRow]) -> dict[str, Any]:
    return {
        "reached": [
            {"name": _("Reached"), "values": [row.reached for row in rows]},
            {"name": _("Not reached"), "values": [row.not_reached for row in rows]},
        ],
        "filled": [
            {"name": _("Allocated"), "values": [row.allocated_share or 0 for row in rows]},
            {"name": _("Received"), "values": [row.received_share or 0 for row in rows]},
        ],
    }


def _map(rows: Sequence[FigureRow], year: int) -> dict[str, Any]:
    areas = [
        {
            "code": row.key,
            "name": row.name or NOWHERE[By.DISTRICT],
            "state": "all" if not row.not_reached else "some" if row.reached else "none",
            "value": _("%(reached)d of %(points)d points reached")
            % {"reached": row.reached, "points": row.points},
            "url": _urls(year, district=row.key)["not_reached" if row.not_reached else "points"],
        }
        for row in rows
    ]
    legend = [
        {"key": "all", "label": _("all points reached"), "tone": "success"},
        {"key": "some", "label": _("some points reached"), "tone": "waiting"},
        {"key": "none", "label": _("no point reached"), "tone": "danger"},
    ]
    return {"areas": areas, "legend": legend, "source": static("web/geo/shanghai-districts.json")}


def _headings(by: By) -> list[str]:
    return [
        str(BY[by]),
        *(
            str(heading)
            for heading in (
                _("Points"),
                _("Points reached"),
                _("Points reached (%)"),
                _("Titles received"),
                _("Asked for"),
                _("Allocated"),
                _("Allocated of what was asked for (%)"),
                _("Received"),
                _("Received of what was asked for (%)"),
                _("Lent"),
                _("Issued"),
                _("Use per copy"),
                _("Days from the decision to the receipt (median)"),
            )
        ),
    ]


def _cells(row: FigureRow, by: By) -> list[object]:
    return [
        str(row.name or NOWHERE[by]),
        row.points,
        row.reached,
        row.coverage,
        row.titles,
        row.asked,
        row.allocated,
        row.allocated_share,
        row.received,
        row.received_share,
        row.lent,
        row.issued,
        row.use_per_copy,
        row.lead_days,
    ]


YEAR_HEADINGS = (
    gettext_lazy("Year"),
    gettext_lazy("Points"),
    gettext_lazy("Points reached (%)"),
    gettext_lazy("Asked for"),
    gettext_lazy("Allocated of what was asked for (%)"),
    gettext_lazy("Received of what was asked for (%)"),
    gettext_lazy("Use per copy"),
    gettext_lazy("Gini of copies for each learner"),
    gettext_lazy("Points that stated their learners"),
    gettext_lazy("Gini of the filled share"),
    gettext_lazy("Points that asked"),
)


def _year_cells(row: FairYear) -> list[object]:
    return [
        row.year,
        row.points,
        row.coverage,
        row.asked,
        row.allocated_share,
        row.received_share,
        row.use_per_copy,
        row.gini_per_learner,
        row.points_with_learners,
        row.gini_filled,
        row.points_asking,
    ]


def _workbook(name: str, headings: Sequence[Any], rows: Sequence[Sequence[object]]) -> HttpResponseBase:
    return spreadsheet(name, headings, rows)
