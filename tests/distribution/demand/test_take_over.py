"""Demand stated elsewhere is taken over as one piece, or refused as one."""

from collections.abc import Callable, Sequence

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.errors import RoundMovedOn
from lianxue.distribution.models import DemandLine, DemandRequest
from lianxue.distribution.operations.demand.take_over_demand import StatedLine, take_over_demand
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db


def _take(made: DemandRound, lines: Sequence[StatedLine], actor: Actor | None = None) -> None:
    take_over_demand(actor=actor or made.network.office_admin, at=AT, round=made.round, lines=iter(lines))


def test_points_have_submitted_what_was_stated_and_colleges_go_on_from_there() -> None:
    made = opened_round(small_network())
    first, other = made.network.points[0], made.network.points[5]
    one, two = made.titles[0].pk, made.titles[1].pk
    _take(made, [StatedLine(other.pk, two, 7), StatedLine(first.pk, one, 3), StatedLine(first.pk, two, 2)])
    found = DemandLine.objects.values_list(
        "request__point", "request__batch__college", "request__state", "title", "asked", "agreed"
    ).order_by("request__point", "title")
    college, university = made.network.colleges[0].pk, made.network.elder_university.pk
    assert list(found) == [
        (first.pk, college, "submitted", one, 3, 3),
        (first.pk, college, "submitted", two, 2, 2),
        (other.pk, university, "submitted", two, 7, 7),
    ]
    trail = AuditEntry.objects.filter(verb="distribution.take_over_demand").order_by("id")
    assert [entry.subject_type for entry in trail] == ["distribution.demandrequest"] * 2 + [
        "distribution.round"
    ]
    assert trail.last().after == {"points": 2, "lines": 3}  # type: ignore[union-attr]
    made.end_demand()
    assert made.propose().figures["allocated"] > 0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda made: [StatedLine(made.network.points[1].pk, 0, 1)],
        lambda made: [StatedLine(made.network.points[1].pk, made.titles[0].pk, 0)],
        lambda made: [StatedLine(made.network.points[1].pk, made.titles[0].pk, 100_000)],
        lambda made: [StatedLine(made.network.points[1].pk, made.titles[0].pk, 1)] * 2,
        lambda made: [StatedLine(made.network.colleges[0].pk, made.titles[0].pk, 1)],
        lambda made: [StatedLine(made.network.supplier.pk, made.titles[0].pk, 1)],
        lambda made: [StatedLine(made.network.points[2].pk, made.titles[0].pk, 1)],
    ],
    ids=["no title", "nothing", "too many", "twice", "a college", "a supplier", "stated already"],
)
def test_one_wrong_line_refuses_all_and_names_the_point(
    wrong: Callable[[DemandRound], list[StatedLine]],
) -> None:
    made = opened_round(small_network())
    made.save(made.network.points[2], [1])
    lines = wrong(made)
    with pytest.raises(Invalid) as refusal:
        _take(made, [StatedLine(made.network.points[0].pk, made.titles[0].pk, 5), *lines])
    assert refusal.value.fields == {"point": str(lines[0].point_id)}
    assert DemandRequest.objects.count() == 1


def test_only_the_office_and_only_while_the_round_is_open() -> None:
    made = opened_round(small_network())
    lines = [StatedLine(made.network.points[0].pk, made.titles[0].pk, 1)]
    with pytest.raises(NotAllowed):
        _take(made, lines, made.network.actor(made.network.colleges[0]))
    made.end_demand()
    with pytest.raises(RoundMovedOn):
        _take(made, lines)
    assert not DemandRequest.objects.exists()
