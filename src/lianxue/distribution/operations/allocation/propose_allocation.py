"""The office has the copies of a round shared out on paper, by one policy and its terms."""

from collections.abc import Generator
from contextlib import closing
from datetime import datetime
from itertools import islice

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
    AskingPoint,
    asked_titles,
    asking_points,
    usual_learners,
)
from lianxue.kernel import audit
from lianxue.kernel.bulk import copy_rows
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
    """The paper on which one proposal is worked out, title by title."""

    def __init__(self, allocation: Allocation, policy: Policy, terms: Terms) -> None:
        self.allocation, self.policy, self.terms = allocation, policy, terms
        self.points = asking_points(allocation.round, with_had="had" in policy.looks_at)
        self.usual = usual_learners(self.points.values())
        self.sums = {request_id: [0, 0, 0, 0] for request_id in self.points}
        self.figures = Figures()

    def fill_in(self) -> Figures:
        """Write every title and every point of the proposal down and return the figures."""
        with closing(self._titles()) as rows:
            while some := list(islice(rows, TITLES_AT_ONCE)):
                copy_rows(AllocationTitle, TITLE_COLUMNS, some)
        sums = [
            self._point_sum(point, found)
            for key, point in self.points.items()
            if (found := self.sums[key])[0]
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
        title, points, looks_at = asked.title, self.points, self.policy.looks_at
        claims = [
            Claim(
                line_id,
                (point := points[request_id]).code,
                agreed,
                point.college_id,
                needs,
                point.had,
                point.learners,
            )
            for line_id, request_id, _asked, agreed, needs in asked.lines
        ]
        found = share_title(
            self.policy,
            claims,
            title.copies_available,
            pack=title.pack_size,
            terms=self.terms,
            usual_learners=self.usual,
        )
        _require_fair(self.policy, claims, found, title.copies_available, title.pack_size)
        quantities = [share.quantity for share in found.shares]
        covered = self._add_up(asked, dict(zip((s.key for s in found.shares), quantities, strict=True)))
        return (
            self.allocation.pk,
            title.pk,
            title.copies_available,
            title.pack_size,
            sum(1 for claim in claims if claim.agreed),
            covered,
            sum(line.asked for line in asked.lines),
            sum(claim.agreed for claim in claims),
            sum(quantities),
            found.groups,
            [share.key for share in found.shares],
            [claim.agreed for claim in found.claims],
            quantities,
            [share.group for share in found.shares],
            [share.place for share in found.shares],
            [claim.needs for claim in found.claims] if "needs" in looks_at else [],
            [claim.had for claim in found.claims] if "had" in looks_at else [],
            [claim.learners for claim in found.claims] if "learners" in looks_at else [],
        )

    def _add_up(self, asked: AskedTitle, quantities: dict[int, int]) -> int:
        """Add a title to the sums of its points and to the figures; return how many points get some of it."""
        covered = 0
        for line_id, request_id, wanted, agreed, _needs in asked.lines:
            quantity = quantities[line_id]
            of_point = self.sums[request_id]
            of_point[0] += 1
            of_point[1] += wanted
            of_point[2] += agreed
            of_point[3] += quantity
            covered += quantity > 0
        if asked.lines:
            self.figures.titles += 1
            self.figures.lines += len(asked.lines)
            self.figures.supply += asked.title.copies_available
        return covered

    @staticmethod
    def _point_sum(point: AskingPoint, sums: list[int]) -> PointSum:
        return PointSum(point.point_id, point.college_id, point.learners or None, *sums)


def _require_fair(policy: Policy, claims: list[Claim], found: TitleShares, supply: int, pack: int) -> None:
    """Stop a policy that gives away what is not there; that would be its fault, not the office's."""
    agreed = {claim.key: claim.agreed for claim in claims}
    quantities = {share.key: share.quantity for share in found.shares}
    if (
        len(found.shares) != len(claims)
        or quantities.keys() != agreed.keys()
        or any(not 0 <= quantity <= agreed[key] or quantity % pack for key, quantity in quantities.items())
        or sum(quantities.values()) > supply
    ):
        raise ValueError(f"policy {policy.key} shares out what is not there")
