"""How the units of a call stand: by area and level, who is missing, one press to remind them all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import FilingState
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.interfaces.web.office.forms import StandingFilter
from lianxue.programmes.interfaces.web.office.maps import Place, map_of_areas, map_of_units, places_of
from lianxue.programmes.interfaces.web.office.unit_listing import UnitListing
from lianxue.programmes.models import Call
from lianxue.programmes.models.definition import Stage
from lianxue.programmes.operations.calls.remind import TO_DO, remind_units
from lianxue.programmes.queries.filings import call_seen
from lianxue.programmes.queries.overview import (
    NOT_BEGUN,
    STANDINGS,
    AreaStanding,
    UnitStanding,
    areas_standing,
)
from lianxue.programmes.queries.standing_words import STANDING_TONES, STANDING_WORDS
from lianxue.programmes.queries.windows import StageDays, days_of_stages

CHART_ORDER = (
    FilingState.APPROVED,
    FilingState.SUBMITTED,
    FilingState.DRAFT,
    FilingState.RETURNED,
    NOT_BEGUN,
    FilingState.DECLINED,
)


@page(READERS)
def overview(request: ActingRequest, pk: int, stage: str = "") -> HttpResponseBase:
    """Show how the units below the actor stand in one stage of a call."""
    row = call_seen(request.actor, pk)
    stages = row.definition.filed_stages()
    days = days_of_stages(row)
    shown = next((one for one in stages if one.key == stage), None) if stage else _current(stages, days)
    if shown is None:
        raise NotFound
    last_day = days[shown.key].last_day
    search = StandingFilter(request.GET or None)
    narrowed = search.cleaned_data if search.is_valid() else {}
    listing = UnitListing(
        request,
        row,
        shown.key,
        _columns(shown),
        standing=narrowed.get("standing", ""),
        area_id=narrowed.get("area"),
        find=(narrowed.get("find") or "").strip(),
    )
    if listing.export_asked:
        return listing.export(_("%(call)s: how the units stand") % {"call": row})
    areas = areas_standing(row, shown.key, request.actor, last_day=last_day)
    places = places_of(areas)
    totals = _totals(areas)
    context = {
        "call": row,
        "stage": shown,
        "tabs": _tabs(row, stages, shown),
        "last_day": last_day,
        "today": clock.today(),
        "areas": [_area(area, row, shown) for area in areas],
        "totals": totals,
        "by_standing": [
            {
                "words": STANDING_WORDS[one],
                "tone": STANDING_TONES[one],
                "count": totals["counts"][one],
                "key": one,
            }
            for one in STANDINGS
        ],
        "chart": _chart(areas, places),
        "map": map_of_areas(areas, places, lambda area: _area(area, row, shown)["url"])
        or map_of_units(row, shown.key, request.actor, areas),
        "listing": listing,
        "rows": [
            {"one": one, "state": STANDING_WORDS[one.standing], "tone": STANDING_TONES[one.standing]}
            for one in listing.page
        ],
        "search": search,
        "is_filtered": any(request.GET.get(name) for name in search.fields),
        "may_remind": request.actor.is_administrator
        and row.state == "open"
        and any(totals["counts"][one] for one in TO_DO),
        "remind_url": reverse("programmes:call-remind", args=[row.pk, shown.key]),
        "may_let_late": request.actor.is_administrator and request.actor.organisation_id == row.office_id,
    }
    return render(request, "programmes/office/overview.html", context)


def _totals(areas: list[AreaStanding]) -> dict[str, Any]:
    units = sum(area.units for area in areas)
    return {
        "units": units,
        "handed_in": sum(area.handed_in for area in areas),
        "in_time": sum(area.in_time for area in areas),
        "approved": sum(area.counts["approved"] for area in areas),
        "counts": {one: sum(area.counts[one] for area in areas) for one in STANDINGS},
    }


def _area(area: AreaStanding, row: Call, stage: Stage) -> dict[str, Any]:
    here = reverse("programmes:call-overview-stage", args=[row.pk, stage.key])
    return {
        "one": area,
        "counts": [area.counts[one] for one in STANDINGS],
        "url": f"{here}?area={area.area_id}#units",
    }


def _current(stages: Sequence[Stage], days: Mapping[str, StageDays]) -> Stage | None:
    """Return the stage that takes filings today, of several the latest; else the first."""
    today = clock.today()
    taking = [
        one for one in stages if (days[one.key].opens_on or today) <= today and days[one.key].takes(today)
    ]
    return taking[-1] if taking else next(iter(stages), None)


def _chart(areas: list[AreaStanding], places: Mapping[int | None, Place]) -> dict[str, Any]:
    """Return how far each area is, what is done first, so that each state keeps its colour on every page."""
    is_declined = any(area.counts[FilingState.DECLINED] for area in areas)
    order = [one for one in CHART_ORDER if is_declined or one != FilingState.DECLINED]
    return {
        "labels": [places.get(area.area_id, Place("", area.area)).name for area in areas],
        "series": [
            {"name": str(STANDING_WORDS[one]), "values": [area.counts[one] for area in areas]}
            for one in order
        ],
    }


def _state(one: UnitStanding, stage: Stage) -> str:
    """Return how a unit stands, with the level at whose desk it lies."""
    words = str(STANDING_WORDS[one.standing])
    if one.position is not None and one.position < len(stage.levels):
        return f"{words} · {stage.levels[one.position].title}"
    return words


def _columns(stage: Stage) -> list[Column]:
    return [
        Column("area", gettext_lazy("Area"), lambda one: one.area),
        Column("unit", gettext_lazy("Unit"), lambda one: one.unit),
        Column("standing", gettext_lazy("State"), lambda one: _state(one, stage)),
        Column("desk", gettext_lazy("At the desk of"), lambda one: one.desk),
        Column(
            "since",
            gettext_lazy("There since"),
            lambda one: clock.local_date(one.since) if one.since else None,
        ),
        Column(
            "handed",
            gettext_lazy("Handed in on"),
            lambda one: clock.local_date(one.submitted_at) if one.submitted_at else None,
        ),
        Column(
            "decided",
            gettext_lazy("Decided on"),
            lambda one: clock.local_date(one.decided_at) if one.decided_at else None,
        ),
    ]


def _tabs(row: Call, stages: Any, shown: Stage) -> list[dict[str, Any]]:
    return [
        {
            "label": one.title,
            "url": reverse("programmes:call-overview-stage", args=[row.pk, one.key]),
            "current": one.key == shown.key,
        }
        for one in stages
    ]


@page(READERS)
@require_POST
def remind(request: ActingRequest, pk: int, stage: str) -> HttpResponseBase:
    """Remind all that have not filed."""
    row = call_seen(request.actor, pk)
    try:
        count = remind_units(actor=request.actor, at=clock.now(), call=row, stage=stage)
    except NotFound:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        done = ngettext("%(count)d unit has been reminded.", "%(count)d units have been reminded.", count)
        messages.success(request, done % {"count": count})
    return redirect("programmes:call-overview-stage", pk, stage)
