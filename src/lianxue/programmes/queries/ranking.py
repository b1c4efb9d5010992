"""The ranking that the scores of a panel give, with its arithmetic."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef, QuerySet

from lianxue.orgs.models import ChainNode
from lianxue.programmes.enums import FilingState, ScoreState
from lianxue.programmes.models import Filing, FilingRevision, Panel, Score
from lianxue.programmes.models.definition import PanelRule

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Ranked:
    """One filing in the ranking. ``place`` is shared by equals; ``may`` tells whether the ratio leaves room for it."""

    filing: Filing
    revision_id: int
    place: int
    mean: Decimal
    lowest: Decimal
    highest: Decimal
    scores: int
    conflicts: int
    area_id: int | None
    area: str
    may: bool = True
    is_tied_at_limit: bool = False

    @property
    def spread(self) -> Decimal:
        """Return how far the experts are apart."""
        return self.highest - self.lowest


@dataclass(frozen=True)
class Room:
    """How many of the filings of an area the ratio leaves room for: ``filings`` × ``percent`` / 100, rounded down."""

    area: str
    filings: int
    percent: Decimal
    exact: Decimal
    places: int


def panel_rule(panel: Panel) -> PanelRule:
    """Return how this panel scores, as the definition of its call says."""
    stage = panel.call.definition.stage(panel.stage)
    found = next(level.panel for level in stage.levels if level.key == panel.level)
    if found is None:
        raise LookupError(panel.level)
    return found


def position_of(panel: Panel) -> int:
    """Return which desk the panel's level is."""
    stage = panel.call.definition.stage(panel.stage)
    return [level.key for level in stage.levels].index(panel.level)


def total_of(rule: PanelRule, points: dict[str, int]) -> Decimal:
    """Return what points on each item come to, out of 100: each item counts by its weight."""
    reached = sum((Decimal(points[item.key]) * item.weight / item.most for item in rule.items), Decimal())
    whole = sum(item.weight for item in rule.items)
    return (reached * 100 / whole).quantize(CENT, ROUND_HALF_UP)


def unscored(panel: Panel) -> list[int]:
    """Return the revisions before the panel that somebody still has to score, or that nobody did."""
    states: dict[int, set[str]] = defaultdict(set)
    with_unit = (FilingState.DRAFT, FilingState.RETURNED)
    rows = _newest(panel).exclude(revision__filing__state__in=with_unit)
    for revision_id, state in rows.values_list("revision_id", "state"):
        states[revision_id].add(state)
    return [pk for pk, known in states.items() if ScoreState.OPEN in known or ScoreState.GIVEN not in known]


def ranking(panel: Panel) -> list[Ranked]:
    """Return the filings before a panel from the highest mean down; equals share a place and nobody is second to their equal."""
    scores: dict[int, list[Score]] = defaultdict(list)
    for score in _newest(panel):
        scores[score.revision_id].append(score)
    revisions = FilingRevision.objects.select_related("filing__unit", "filing__call__revision").in_bulk(
        scores
    )
    areas = _areas(panel, [one.filing.unit_id for one in revisions.values()])
    rows = []
    for pk, given in scores.items():
        totals = [one.total for one in given if one.state == ScoreState.GIVEN and one.total is not None]
        if not totals:
            continue
        filing = revisions[pk].filing
        area_id, area = areas.get(filing.unit_id, (None, ""))
        mean = (sum(totals, Decimal()) / len(totals)).quantize(CENT, ROUND_HALF_UP)
        conflicts = sum(one.state == ScoreState.CONFLICT for one in given)
        rows.append(
            Ranked(filing, pk, 0, mean, min(totals), max(totals), len(totals), conflicts, area_id, area)
        )
    rows.sort(key=lambda row: (-row.mean, row.filing.unit.code))
    first: dict[Decimal, int] = {}
    placed = [replace(row, place=first.setdefault(row.mean, at)) for at, row in enumerate(rows, 1)]
    return _with_room(panel, placed)


def _newest(panel: Panel) -> QuerySet[Score]:
    """Return the scores of the newest revision of each filing: what was returned and came back is scored anew."""
    later = Score.objects.filter(
        seat__panel=panel,
        revision__filing_id=OuterRef("revision__filing_id"),
        revision__number__gt=OuterRef("revision__number"),
    )
    return Score.objects.filter(~Exists(later), seat__panel=panel)


def rooms(panel: Panel, rows: list[Ranked]) -> list[Room]:
    """Return how many may be recommended in each area; empty when the office set no ratio."""
    if panel.ratio_percent is None:
        return []
    counted: dict[str, int] = defaultdict(int)
    for row in rows:
        counted[row.area] += 1
    found = []
    for area, number in sorted(counted.items()):
        exact = number * panel.ratio_percent / 100
        # Rounded down, so that the share is never more than the ratio.
        found.append(Room(area, number, panel.ratio_percent, exact.quantize(CENT), math.floor(exact)))
    return found


def _with_room(panel: Panel, rows: list[Ranked]) -> list[Ranked]:
    places = {room.area: room.places for room in rooms(panel, rows)}
    if not places:
        return rows
    means: dict[str, Counter[Decimal]] = defaultdict(Counter)
    for row in rows:
        means[row.area][row.mean] += 1
    better_than: dict[tuple[str, Decimal], int] = {}
    for area, counted in means.items():
        before = 0
        for mean in sorted(counted, reverse=True):
            better_than[area, mean] = before
            before += counted[mean]
    result = []
    for row in rows:
        better, equal = better_than[row.area, row.mean], means[row.area][row.mean]
        limit = places[row.area]
        is_in = better + equal <= limit
        result.append(replace(row, may=is_in, is_tied_at_limit=not is_in and better < limit))
    return result


def _areas(panel: Panel, unit_ids: list[int]) -> dict[int, tuple[int | None, str]]:
    chain = panel.call.definition.units.chain
    nodes = ChainNode.objects.select_related("superior").filter(chain=chain, organisation_id__in=unit_ids)
    return {
        node.organisation_id: (node.superior_id, node.superior.name if node.superior else "")
        for node in nodes
    }


@dataclass
class Rankings:
    """The rankings by which decisions are measured, each worked out when it is first asked for: once for many decisions.

    No decision changes a ranking: scores are given before the panel closes, and decisions after it.
    """

    _known: dict[tuple[int, str, str], dict[int, Ranked]] = field(default_factory=dict)

    def are_left(self, filing: Filing, *, approves: bool) -> bool:
        """Tell whether a decision at a panel's level goes against what ranking and ratio say."""
        level = filing.level
        if level is None or level.panel is None:
            return False
        key = (filing.call_id, filing.stage, level.key)
        if key not in self._known:
            self._known[key] = _by_filing(*key)
        row = self._known[key].get(filing.pk)
        return row is not None and row.may != approves and not row.is_tied_at_limit


def _by_filing(call_id: int, stage: str, level: str) -> dict[int, Ranked]:
    """Return the ranking of a panel by filing; empty where the office set no ratio."""
    rows = Panel.objects.select_related("call__revision").filter(call_id=call_id, stage=stage, level=level)
    panel = rows.first()
    if panel is None or panel.ratio_percent is None:
        return {}
    return {one.filing.pk: one for one in ranking(panel)}
