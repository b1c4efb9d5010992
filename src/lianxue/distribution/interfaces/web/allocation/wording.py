"""Proposals and their figures as people read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from django.db.models import Count
from django.templatetags.static import static
from django.utils.translation import gettext as _

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.models import Allocation, AllocationOverride
from lianxue.distribution.operations.allocation.policies import ALLOCATION_POLICIES, Terms
from lianxue.distribution.queries.allocation import DistrictShare
from lianxue.kernel.errors import Text
from lianxue.orgs.models import Organisation

CODE_DIGITS = 6  # of a district in the map
WELL, HALF = 80, 50  # percent from which a district is drawn as well or as half filled


@dataclass(frozen=True)
class ProposalView:
    """One proposal in the comparison."""

    row: Allocation
    policy: Text
    terms: list[str]
    filled: str
    gini: str
    gini_per_learner: str
    gap_point: str
    by_hand: int

    @property
    def figures(self) -> Mapping[str, Any]:
        return cast("Mapping[str, Any]", self.row.figures)

    @property
    def is_decided(self) -> bool:
        return self.row.state == AllocationState.COMMITTED

    @property
    def name(self) -> str:
        """Return policy and terms in one line."""
        return " · ".join([str(self.policy), *self.terms])


def proposal_views(rows: Sequence[Allocation]) -> list[ProposalView]:
    """Return proposals with their figures in words, with the same few statements for one and for many."""
    gaps = {row.figures.get("gap_point") for row in rows} - {None}
    points = dict(Organisation.objects.filter(pk__in=gaps).values_list("pk", "name"))
    by_hand = dict(
        AllocationOverride.objects.filter(allocation__in=rows)
        .order_by()
        .values_list("allocation_id")
        .annotate(count=Count("demand_line", distinct=True))
    )
    return [
        ProposalView(
            row=row,
            policy=policy_title(row),
            terms=terms_in_words(Terms.from_json(row.terms)),
            filled=percent(row.figures["allocated"], row.figures["agreed"]),
            gini=f"{row.figures['gini']:.3f}",
            gini_per_learner=_per_learner(row.figures),
            gap_point=points.get(row.figures.get("gap_point"), ""),
            by_hand=by_hand.get(row.pk, 0),
        )
        for row in rows
    ]


def _per_learner(figures: Mapping[str, Any]) -> str:
    value = figures.get("gini_per_learner")
    return "" if value is None else f"{value:.3f}"


def policy_title(row: Allocation) -> Text:
    """Return the name of the policy; one that is no longer known is shown by its key."""
    policy = dict(ALLOCATION_POLICIES.items()).get(row.policy)
    return policy.title if policy else row.policy


def terms_in_words(terms: Terms) -> list[str]:
    """Return the terms that were set, one by one."""
    words = []
    if terms.cap is not None:
        words.append(_("at most %(cap)d for each point") % {"cap": terms.cap})
    if terms.minimum is not None:
        words.append(_("at least %(minimum)d for each point") % {"minimum": terms.minimum})
    if terms.district_shares:
        words.append(_("shares set for colleges: %(count)d") % {"count": len(terms.district_shares)})
    return words


def percent(part: int, whole: int) -> str:
    """Return a share in percent with one digit; of nothing it is a dash."""
    if not whole:
        return "–"
    share = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{share}%"


def bands_chart(views: Sequence[ProposalView]) -> dict[str, Any]:
    """Return how many points are filled how far, one bar for each proposal."""
    return {
        "labels": [_("got none"), "<20%", "20–40%", "40–60%", "60–80%", "80–100%", _("everything")],
        "series": [{"name": view.name, "values": view.figures["bands"]} for view in views],
    }


def district_map(districts: Sequence[DistrictShare]) -> dict[str, Any]:
    """Return the districts coloured by how far their demand is filled."""
    areas = [
        {
            "code": one.code[:CODE_DIGITS],
            "name": one.name or _("no district"),
            "state": _tone_key(one),
            "value": _("%(filled)s: %(allocated)d of %(agreed)d copies, %(points)d points")
            % {
                "filled": percent(one.allocated, one.agreed),
                "allocated": one.allocated,
                "agreed": one.agreed,
                "points": one.points,
            },
        }
        for one in districts
    ]
    legend = [
        {"key": "well", "label": _("80% and more"), "tone": "success"},
        {"key": "half", "label": _("50% to 80%"), "tone": "waiting"},
        {"key": "little", "label": _("less than 50%"), "tone": "danger"},
    ]
    for entry in legend:
        entry["count"] = str(sum(1 for area in areas if area["state"] == entry["key"]))
    return {"areas": areas, "legend": legend, "source": static("web/geo/shanghai-districts.json")}


def _tone_key(one: DistrictShare) -> str:
    filled = 100 * one.allocated
    if filled >= WELL * one.agreed:
        return "well"
    return "half" if filled >= HALF * one.agreed else "little"
