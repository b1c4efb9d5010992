"""Who sits on a level, for one unit and for many at the same number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.factories.orgs import small_network

from lianxue.orgs.public import Chain
from lianxue.programmes.rules.seats import SEATS

pytestmark = pytest.mark.django_db


def test_the_office_and_those_above() -> None:
    network = small_network()
    point, college, office = network.points[0], network.colleges[0], network.office
    asked: dict[str, Any] = {"office_id": 77, "unit_id": point.pk, "chain": Chain.DISTRIBUTION.value}
    assert SEATS["office"].organisation(**asked, given={}) == 77
    assert SEATS["directly_above"].organisation(**asked, given={}) == college.pk
    assert SEATS["steps_above"].organisation(**asked, given={"steps": 1}) == college.pk
    assert SEATS["steps_above"].organisation(**asked, given={"steps": 2}) == office.pk
    assert SEATS["steps_above"].organisation(**asked, given={"steps": 3}) is None
    asked["chain"] = Chain.RESOURCE_SERVICE.value  # the point does not stand there
    assert SEATS["directly_above"].organisation(**asked, given={}) is None


def test_many_units_take_one_query(django_assert_num_queries: Callable[[int], Any]) -> None:
    network = small_network()
    units = [point.pk for point in network.points]
    for name, given, queries in (
        ("office", {}, 0),
        ("directly_above", {}, 1),
        ("steps_above", {"steps": 2}, 1),
    ):
        for some in (units[:1], units):
            with django_assert_num_queries(queries):
                found = SEATS[name].organisations(
                    office_id=77, unit_ids=some, chain=Chain.DISTRIBUTION.value, given=given
                )
            assert found.keys() == set(some)
            assert None not in found.values()
