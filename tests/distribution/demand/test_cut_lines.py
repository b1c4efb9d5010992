"""A college lowers what it passes on of one title in one step, each point in proportion."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.distribution_demand import DemandRound, opened_round, refused
from tests.factories.orgs import client_for, small_network

from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.models import DemandBatch, DemandLine, LineAdjustment
from lianxue.distribution.operations.demand.cut_lines import cut_lines, in_proportion
from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotAllowed, Unmet


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.data())
def test_shares_add_up_and_nobody_gets_more(numbers: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(0, sum(numbers) - 1))
    shares = in_proportion(numbers, total)
    assert sum(shares) == total
    assert all(0 <= share <= number for share, number in zip(shares, numbers, strict=True))
    if total >= len(numbers):
        assert min(shares) >= 1
    for first, second in zip(range(len(numbers)), range(1, len(numbers)), strict=False):
        if numbers[first] > numbers[second]:
            assert shares[first] >= shares[second]


def test_exact_shares() -> None:
    assert in_proportion([10, 5, 1], 8) == [4, 3, 1]
    assert in_proportion([4, 4, 4], 7) == [3, 2, 2]  # the first by code wins the tie
    assert in_proportion([4, 9, 4], 2) == [1, 1, 0]
    assert in_proportion([3], 0) == [0]


@pytest.fixture
def made() -> DemandRound:
    made = opened_round(small_network(), (9, 9), at=clock.now())
    for place, copies in enumerate((4, 10, 2)):
        made.ask(made.network.points[place], [copies, 3])
    return made


def _cut(made: DemandRound, total: int, reason: str = "本区限额", college: int = 0) -> DemandBatch:
    return cut_lines(
        actor=made.network.actor(made.network.colleges[college]),
        at=made.at,
        batch=made.batch(made.network.colleges[0]),
        title=made.titles[0],
        total=total,
        reason=reason,
    )


def _agreed(made: DemandRound) -> dict[str, int]:
    lines = DemandLine.objects.filter(title=made.titles[0])
    return dict(lines.values_list("request__point__code", "agreed"))


@pytest.mark.django_db
def test_all_lines_of_the_title_go_down_with_the_reason(made: DemandRound) -> None:
    _cut(made, 8)
    assert _agreed(made) == {"care-1": 1, "point-1": 2, "point-2": 5}
    assert set(LineAdjustment.objects.values_list("reason", "title")) == {("本区限额", made.titles[0].pk)}
    assert set(DemandLine.objects.filter(title=made.titles[1]).values_list("agreed", flat=True)) == {3}


@pytest.mark.django_db
def test_what_is_refused(made: DemandRound) -> None:
    for total in (-1, 16, 17):
        with refused(Invalid, verb="cut_lines"):
            _cut(made, total)
    with refused(ReasonMissing, verb="cut_lines"):
        _cut(made, 8, reason=" ")
    with refused(NotAllowed, verb="cut_lines"):
        _cut(made, 8, college=1)
    made.pass_on(made.network.colleges[0])
    with refused(Unmet, verb="cut_lines"):
        _cut(made, 8)


@pytest.mark.django_db
def test_the_form_on_the_page_of_a_title(made: DemandRound) -> None:
    college = client_for(made.network.actor(made.network.colleges[0]))
    url = reverse("distribution:aggregation-cut", args=[made.round.pk, made.titles[0].pk])
    faulty = college.post(url, {"cut-total": "99", "cut-reason": "本区限额"})
    assert faulty.status_code == 422
    assert faulty.context["cut_form"].errors["total"]
    assert college.post(url, {"cut-total": "8", "cut-reason": "本区限额"}).status_code == 302
    assert sum(_agreed(made).values()) == 8
