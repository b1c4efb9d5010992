"""The office has the copies of a round shared out on paper, by one policy."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState, BatchState, DemandState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Allocation, AllocationLine, DemandLine, Round
from lianxue.distribution.operations.allocation.policies import ALLOCATION_POLICIES, Claim, Policy, Share
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

ROWS_AT_ONCE = 5000


@dataclass
class Figures:
    """Totals of one allocation, for comparing it with others and for the record."""

    titles: int = 0
    lines: int = 0
    supply: int = 0
    asked: int = 0
    agreed: int = 0
    allocated: int = 0
    unmet: int = 0
    points_asking: int = 0
    points_covered: int = 0


@operation("distribution.propose_allocation", label=_("Propose an allocation"))
def propose_allocation(
    *, actor: Actor, at: datetime, round: Round, policy: str, request_key: str | None = None
) -> Allocation:
    """Share the copies out by ``policy`` over what the colleges have submitted; nothing moves yet.

    An earlier proposal by the same policy is replaced. Raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    row = locked_round(round.pk)
    ROUND_FLOW.require("propose_allocation", actor=actor, subject=row, at=at)
    if policy not in ALLOCATION_POLICIES:
        raise Invalid(fields={"policy": _("There is no such way of sharing out.")})
    row.allocations.filter(policy=policy, state=AllocationState.PROPOSED).delete()
    allocation = Allocation.objects.create(round=row, policy=policy, proposed_at=at)
    figures = Figures()
    with closing(_lines(allocation, ALLOCATION_POLICIES[policy], figures)) as lines:
        while some := list(islice(lines, ROWS_AT_ONCE)):
            AllocationLine.objects.bulk_create(some)
    allocation.figures = asdict(figures)
    allocation.save(update_fields=["figures"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.propose_allocation",
        subject=row,
        after={"policy": policy, **allocation.figures},
    )
    return allocation


def _lines(allocation: Allocation, policy: Policy, figures: Figures) -> Generator[AllocationLine]:
    """Yield the line of every claim, title by title, and add up the figures on the way."""
    asking, covered = set[int](), set[int]()
    with closing(_asked_lines(allocation.round_id)) as rows:
        for (_title_id, supply), group in groupby(rows, key=lambda row: (row.title_id, row.supply)):
            of_title = list(group)
            points = {row.line_id: row.point_id for row in of_title}
            claims = [Claim(row.line_id, row.point_code, row.agreed) for row in of_title]
            shares = policy.share(claims, supply)
            _require_fair(policy, claims, shares, supply)
            figures.titles += 1
            figures.lines += len(of_title)
            figures.supply += supply
            figures.asked += sum(row.asked for row in of_title)
            figures.agreed += sum(claim.agreed for claim in claims)
            figures.allocated += sum(share.quantity for share in shares)
            asking |= {points[claim.key] for claim in claims if claim.agreed}
            covered |= {points[share.key] for share in shares if share.quantity}
            for share in shares:
                yield AllocationLine(
                    allocation=allocation,
                    demand_line_id=share.key,
                    quantity=share.quantity,
                    working=dict(share.working),
                )
    figures.unmet = figures.agreed - figures.allocated
    figures.points_asking, figures.points_covered = len(asking), len(covered)


class _AskedLine(NamedTuple):
    title_id: int
    supply: int
    line_id: int
    point_id: int
    point_code: str
    asked: int
    agreed: int


def _asked_lines(round_id: int) -> Generator[_AskedLine]:
    """Yield what counts, title by title, without holding all of it at once."""
    rows = (
        DemandLine.objects.filter(
            request__batch__round_id=round_id,
            request__batch__state=BatchState.SUBMITTED,
            request__state=DemandState.SUBMITTED,
        )
        .order_by("title_id", "pk")
        .values_list(
            "title_id",
            "title__copies_available",
            "pk",
            "request__point_id",
            "request__point__code",
            "asked",
            "agreed",
        )
    )
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield _AskedLine(*row)


def _require_fair(policy: Policy, claims: list[Claim], shares: list[Share], supply: int) -> None:
    """Stop a policy that gives away what is not there; that would be its fault, not the office's."""
    agreed = {claim.key: claim.agreed for claim in claims}
    quantities = {share.key: share.quantity for share in shares}
    if (
        len(shares) != len(claims)
        or quantities.keys() != agreed.keys()
        or any(not 0 <= quantity <= agreed[key] for key, quantity in quantities.items())
        or sum(quantities.values()) > supply
    ):
        raise ValueError(f"policy {policy.key} shares out what is not there")
