"""The indicators of each year, as the office published them."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.clock import local_time
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.enums import Team
from lianxue.workforce.interfaces.web.access import APPRAISALS
from lianxue.workforce.models import IndicatorSet
from lianxue.workforce.models.indicators.parts import Part
from lianxue.workforce.operations.indicators.publish import may_publish
from lianxue.workforce.queries.indicators.sets import set_seen, sets_seen

COLUMNS = (
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("number", gettext_lazy("Revision"), lambda row: row.number),
    Column("title", gettext_lazy("Set of indicators"), lambda row: row.title),
    Column(
        "published", gettext_lazy("Published on"), lambda row: local_time(row.published_at), "published_at"
    ),
    Column("reason", gettext_lazy("What changed"), lambda row: row.reason),
)


@page(APPRAISALS)
def index(request: ActingRequest) -> HttpResponseBase:
    """List every published revision, the newest first."""
    listing = Listing(request, sets_seen(request.actor), COLUMNS)
    if listing.export_asked:
        return listing.export(_("Indicators"))
    context = {"listing": listing, "may_publish": may_publish(request.actor)}
    return render(request, "workforce/indicators/index.html", context)


@page(APPRAISALS)
def published(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one revision: wording, thresholds, and the office's own numbers."""
    row = set_seen(request.actor, pk)
    made = row.content
    context = {
        "set": row,
        "content": made,
        "numbers": [(one.title, row.numbers.get(one.key, ""), one.unit) for one in made.numbers],
        "ratios": [(team.label, row.ratios[team]) for team in Team if team in row.ratios],
        "teams": [
            (
                team,
                [
                    (one, [(part, threshold_words(part, row)) for part in one.parts])
                    for one in team.indicators
                ],
            )
            for team in made.teams
        ],
        "is_newest": not IndicatorSet.objects.filter(
            office_id=row.office_id, year=row.year, number__gt=row.number
        ).exists(),
    }
    return render(request, "workforce/indicators/published.html", context)


def threshold_words(part: Part, row: IndicatorSet) -> str:
    """Return from when on a part is met, in plain words."""
    if part.at_least is not None:
        return f"≥ {part.at_least} {part.unit}".strip()
    if part.at_most is not None:
        return f"≤ {part.at_most} {part.unit}".strip()
    if part.within_percent is not None:
        return f"±{part.within_percent}%"
    if part.at_least_characters is not None:
        return _("≥ %(count)d characters") % {"count": part.at_least_characters}
    if part.at_least_percent is not None:
        return f"≥ {part.at_least_percent}%"
    if part.office_percent:
        return f"≥ {row.numbers.get(part.office_percent, '')}%"
    return _("looked at by the city")
