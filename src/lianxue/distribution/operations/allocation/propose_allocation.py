"""The office has the copies of a round shared out on paper, by one policy and its terms."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from operator import gt

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Allocation, AllocationPoint, AllocationTitle, Round
from lianxue.distribution.operations.allocation.figures import Figures, PointSum
from lianxue.distribution.operations.allocation.policies import (
    ALLOCATION_POLICIES,
    NO_TERMS,
    Claim,
    Policy,
    Terms,
    TitleShares,
    share_title,
)
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.queries.allocation_inputs import (
    AskedTitle,
    asked_titles,
    asking_points,
    usual_learners,
)
from lianxue.kernel import audit
from lianxue.kernel.bulk import by_the_million, copy_rows
from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

TITLES_AT_ONCE = 50  # between two looks into the stream of demand

TITLE_COLUMNS = (
    "allocation_id", "title_id", "supply", "pack_size", "points_asking", "points_covered", "asked", "agreed", "allocated",
    "groups", "demand_lines", "passed_on", "quantities", "group_of", "places", "needs", "had", "learners",
)  # fmt: skip
POINT_COLUMNS = (
    "allocation_id", "point_id", "college_id", "learners", "titles", "asked", "agreed", "allocated",
)  # fmt: skip


@operation("distribution.propose_allocation", label=_("Propose an allocation"))
def propose_allocation(
    *,
    actor: Actor,
    at: datetime,
    round: Round,
    policy: str,
    terms: Terms = NO_TERMS,
    request_key: str | None = None,
) -> Allocation:
    """Share the copies out by ``policy`` over what the colleges have submitted; nothing moves yet.

    An earlier proposal by the same policy under the same terms is replaced. Raise ``WrongState``, ``NotAllowed`` or
    ``Invalid`` (fields ``policy``, ``cap``, ``minimum``, ``district_shares``).
    """
    row = locked_round(round.pk)
    ROUND_FLOW.require("propose_allocation", actor=actor, subject=row, at=at)
    faults: dict[str, Text] = terms.faults(row.batches.values_list("college_id", flat=True))
    if policy not in ALLOCATION_POLICIES:
        faults["policy"] = _("There is no such way of sharing out.")
    if faults:
        raise Invalid(fields=faults)
    row.allocations.filter(policy=policy, terms=terms.as_json, state=AllocationState.PROPOSED).delete()
    allocation = Allocation.objects.create(round=row, policy=policy, terms=terms.as_json, proposed_at=at)
    with by_the_million():
        figures = _Sheet(allocation, ALLOCATION_POLICIES[policy], terms).fill_in()
    allocation.figures = figures.as_json
    allocation.save(update_fields=["figures"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.propose_allocation",
        subject=row,
        after={"policy": policy, "terms": allocation.terms, **figures.for_the_trail},
    )
    return allocation


class _Sheet:
    """The paper on which one proposal is worked out, title by title; what is told of points stands in columns."""

    def __init__(self, allocation: Allocation, policy: Policy, terms: Terms) -> None:
        self.allocation, self.policy, self.terms = allocation, policy, terms
        self.points = asking_points(allocation.round, with_had="had" in policy.looks_at)
        self.usual = usual_learners(self.points)
        self.codes = [point.code for point in self.points]
        self.colleges = [point.college_id for point in self.points]
        self.had = [point.had for point in self.points]
        self.learners = [point.learners for point in self.points]
        self.sums = _Sums(len(self.points))
        self.figures = Figures()

    def fill_in(self) -> Figures:
        """Write every title and every point of the proposal down and return the figures."""
        with closing(self._titles()) as rows:
            while some := list(islice(rows, TITLES_AT_ONCE)):
                copy_rows(AllocationTitle, TITLE_COLUMNS, some)
        sums = [
            PointSum(point.point_id, point.college_id, point.learners or None, *found)
            for point, found in zip(self.points, self.sums.rows(), strict=True)
            if found[0]
        ]
        copy_rows(AllocationPoint, POINT_COLUMNS, ((self.allocation.pk, *one) for one in sums))
        self.figures.add_points(sums)
        return self.figures

    def _titles(self) -> Generator[tuple[object, ...]]:
        with_needs = "needs" in self.policy.looks_at
        with closing(asked_titles(self.allocation.round, self.points, with_needs=with_needs)) as titles:
            for asked in titles:
                yield self._title(asked)

    def _title(self, asked: AskedTitle) -> tuple[object, ...]:
        title, looks_at = asked.title, self.policy.looks_at
        claims = self._claims(asked)
        found = share_title(
            self.policy,
            claims,
            title.copies_available,
            pack=title.pack_size,
            terms=self.terms,
            usual_learners=self.usual,
        )
        _require_fair(self.policy, asked, found)
        self.sums.add(asked, found.quantities)
        if asked.lines:
            self.figures.titles += 1
            self.figures.lines += len(asked.lines)
            self.figures.supply += title.copies_available
        return (
            self.allocation.pk,
            title.pk,
            title.copies_available,
            title.pack_size,
            len(asked.agreed) - asked.agreed.count(0),
            len(found.quantities) - found.quantities.count(0),
            sum(asked.asked),
            sum(asked.agreed),
            sum(found.quantities),
            found.groups,
            asked.lines,
            asked.agreed,
            found.quantities,
            found.group_of,
            found.places,
            asked.needs if "needs" in looks_at else [],
            [claim.had for claim in claims] if "had" in looks_at else [],
            [claim.learners for claim in claims] if "learners" in looks_at else [],
        )

    def _claims(self, asked: AskedTitle) -> list[Claim]:
        """Return what is to be shared of a title; by the codes of the points, as all that hangs on it."""
        places = asked.points
        return list(
            map(
                Claim,
                asked.lines,
                map(self.codes.__getitem__, places),
                asked.agreed,
                map(self.colleges.__getitem__, places),
                asked.needs,
                map(self.had.__getitem__, places),
                map(self.learners.__getitem__, places),
            )
        )


class _Sums:
    """What every point comes to over all titles."""

    def __init__(self, points: int) -> None:
        self.titles, self.asked, self.agreed, self.given = ([0] * points for _ in range(4))

    def add(self, title: AskedTitle, quantities: Sequence[int]) -> None:
        """Add what the points ask and get of one title."""
        titles, all_asked, all_agreed, given = self.titles, self.asked, self.agreed, self.given
        for place, asked, agreed, quantity in zip(
            title.points, title.asked, title.agreed, quantities, strict=True
        ):
            titles[place] += 1
            all_asked[place] += asked
            all_agreed[place] += agreed
            given[place] += quantity

    def rows(self) -> Iterable[tuple[int, int, int, int]]:
        """Return titles, copies asked for, passed on and given, point by point."""
        return zip(self.titles, self.asked, self.agreed, self.given, strict=True)


def _require_fair(policy: Policy, asked: AskedTitle, found: TitleShares) -> None:
    """Stop a policy that gives away what is not there; that would be its fault, not the office's."""
    title, quantities = asked.title, found.quantities
    if (
        [claim.key for claim in found.claims] != asked.lines
        or len(quantities) != len(asked.agreed)
        or min(quantities, default=0) < 0
        or any(map(gt, quantities, asked.agreed))
        or (title.pack_size > 1 and any(quantity % title.pack_size for quantity in quantities))
        or sum(quantities) > title.copies_available
    ):
        raise ValueError(f"policy {policy.key} shares out what is not there")
