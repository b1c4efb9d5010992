"""What must be true after calls were played, worked out anew from the frozen revisions, opinions and scores."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F, Q

from lianxue.kernel.days import local_date
from lianxue.programmes.public import (
    Award,
    Call,
    Filing,
    FilingRevision,
    FilingState,
    Opinion,
    Panel,
    RosterEntry,
    Score,
    ScoreState,
    is_unchanged,
    opened_answers,
    ranking,
)

CENT = Decimal("0.01")
Names = set[tuple[str, int, str, str]]  # roster, unit, row, name


def check_programmes(calls: Sequence[Call], *, days: Sequence[date]) -> dict[str, Any]:
    """Return each check with whether it holds; counts say how much was looked at."""
    approved = list(
        Filing.objects.filter(call__in=calls, state=FilingState.APPROVED).select_related(
            "approved", "call__revision"
        )
    )
    panels = list(Panel.objects.filter(call__in=calls).select_related("call__revision"))
    return {
        "approved_filings": len(approved),
        "every_approved_filing_is_frozen_and_unchanged": all(map(_is_frozen, approved)),
        "quotas_hold": all(map(_quotas_hold, approved)),
        "nobody_decided_on_their_own_filing": not _own_decisions(calls),
        "roster_days": len(days),
        "roster_in_force_is_what_was_decided": all(
            _rostered(calls, on) == _decided(approved, on) for on in days
        ),
        "nobody_scored_after_stepping_back": not _scored_with_conflict(calls),
        "ranking_is_what_was_scored": all(map(_is_ranked_rightly, panels)),
        "one_status_for_each_approved_summary": _statuses_fit(calls),
    }


def _is_frozen(filing: Filing) -> bool:
    """The revision that was approved is there, its fingerprint fits, and the filing still says the same."""
    revision = filing.approved
    return revision is not None and is_unchanged(revision) and revision.answers == filing.answers


def _quotas_hold(filing: Filing) -> bool:
    """Count the rows of each area in every grid with a quota."""
    answers = opened_answers(filing.form, filing.answers)
    for key, grid in filing.form.grids().items():
        for quota in grid.quotas:
            counted = Counter(row.get(quota.column) for row in answers.get(key) or [])
            most = quota.most if quota.most is not None else max(counted.values(), default=0)
            if any(not quota.least <= number <= most for number in counted.values()):
                return False
    return True


def _own_decisions(calls: Sequence[Call]) -> int:
    rows = Opinion.objects.filter(revision__filing__call__in=calls)
    own = Q(person=F("revision__submitted_by")) | Q(organisation=F("revision__filing__unit"))
    return rows.filter(own).count()


def _rostered(calls: Sequence[Call], on: date) -> Names:
    """Return who is on the rosters on a day."""
    rows = RosterEntry.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), call__in=calls, starts_on__lte=on
    )
    return set(rows.values_list("roster", "filing__unit_id", "row", "name"))


def _decided(approved: Collection[Filing], on: date) -> Names:
    """Return who must be on them: the rows of the newest revision in force on that day, for each filing."""
    found: Names = set()
    for filing in approved:
        revision = _in_force(filing, on)
        for product in filing.stage_definition.products if revision else ():
            if product.kind == "roster" and revision is not None:
                found |= {
                    (product.key, filing.unit_id, str(row["_id"]), str(row[product.name_column]))
                    for row in revision.answers[product.grid]
                }
    return found


def _in_force(filing: Filing, on: date) -> FilingRevision | None:
    newest = None
    for revision in filing.revisions.order_by("number"):
        notice = getattr(revision, "notice", None)
        if notice is not None:
            begins: date | None = notice.effective_on
        else:
            last = len(filing.stage_definition.levels) - 1
            opinion = revision.opinions.filter(position=last, decision="approve").first()
            begins = local_date(opinion.given_at) if opinion else None
        if begins is not None and begins <= on:
            newest = revision
    return newest


def _scored_with_conflict(calls: Sequence[Call]) -> int:
    rows = Score.objects.filter(seat__panel__call__in=calls, state=ScoreState.CONFLICT)
    return rows.filter(total__isnull=False).count()


def _is_ranked_rightly(panel: Panel) -> bool:
    """Work the means and places out anew from the points, and compare."""
    totals: Mapping[int, list[Decimal]] = defaultdict(list)
    level = next(one for one in panel.call.definition.stage(panel.stage).levels if one.key == panel.level)
    rule = level.panel
    if rule is None:
        return False
    whole = sum(item.weight for item in rule.items)
    for row in Score.objects.filter(seat__panel=panel, state=ScoreState.GIVEN):
        reached = sum(
            (Decimal(row.points[item.key]) * item.weight / item.most for item in rule.items), Decimal()
        )
        totals[row.revision_id].append((reached * 100 / whole).quantize(CENT, ROUND_HALF_UP))
    means = {
        pk: (sum(given, Decimal()) / len(given)).quantize(CENT, ROUND_HALF_UP) for pk, given in totals.items()
    }
    ordered = sorted(means.values(), reverse=True)
    return {row.revision_id: (row.mean, row.place) for row in ranking(panel)} == {
        pk: (mean, 1 + ordered.index(mean)) for pk, mean in means.items()
    }


def _statuses_fit(calls: Sequence[Call]) -> bool:
    given = set(Award.objects.filter(call__in=calls, kind="status").values_list("filing_id", flat=True))
    due = {
        filing.pk
        for filing in Filing.objects.filter(call__in=calls, state=FilingState.APPROVED).select_related(
            "call__revision"
        )
        if any(product.kind == "status" for product in filing.stage_definition.products)
    }
    return given == due
