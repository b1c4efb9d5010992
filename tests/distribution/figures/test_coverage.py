"""The figures of a year's rounds: exact sums by every part of the network, fairness by hand, and rows that agree."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories.asking import queries_of
from tests.factories.distribution_demand import opened_round
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, PLATFORM, Network, client_for, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import Loan, PointYear, Receipt, Round, Shipment
from lianxue.distribution.operations.desk.issue import issue, undo_issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.shipping.dispatch import dispatch_shipments
from lianxue.distribution.operations.shipping.receive import receive
from lianxue.distribution.queries.coverage.fairness import fairness
from lianxue.distribution.queries.coverage.figures import By, FigureRow, figures_by
from lianxue.distribution.queries.coverage.points import parcels_with_days, points_with_figures
from lianxue.orgs.public import Actor, Division, load_divisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    network = small_network()
    load_divisions(actor=PLATFORM, at=AT, provinces=frozenset({"31"}))
    for point, district in zip(network.points, ["黄浦区"] * 3 + ["静安区"] * 2 + [""], strict=True):
        point.division = Division.objects.filter(parent__name=district).order_by("code").first()
        point.save()
    return network


@pytest.fixture
def played(network: Network) -> Network:
    """Two points ask for 8 and 4 copies of one title, 6 are there; the first point has received and used its own."""
    made = opened_round(network, {"智能手机入门": 6})
    first, second = network.points[0], network.points[3]
    made.ask(first, [8])
    made.ask(second, [4])
    for point in (*network.points[1:3], *network.points[4:]):
        made.ask(point, [0])
    made.allocate()
    shipments = list(Shipment.objects.select_related("point").order_by("point__code"))
    dispatch_shipments(actor=network.supplier_clerk, at=AT + timedelta(days=2), shipments=shipments)
    parcel = Shipment.objects.get(point=first)
    receive(actor=network.actor(first), at=AT + timedelta(days=3), shipment=parcel)
    desk: dict[str, Any] = {
        "actor": network.actor(first),
        "at": AT + timedelta(days=4),
        "point": first,
        "entry": made.titles[0].entry,
    }
    lend(**desk, borrower_name="王小明")
    issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)
    wrong = issue(**desk, recipient_name="赵老师", audience=Audience.TEACHER)
    undo_issue(actor=desk["actor"], at=desk["at"], issue=wrong, reason="登记错误")
    return network


def figures_of_all(actor: Actor, year: int) -> FigureRow:
    """Return the figures of all points together."""
    return figures_by(actor, year, By.KIND).total


def _numbers(row: FigureRow) -> tuple[object, ...]:
    return (
        row.points,
        row.reached,
        row.asked,
        row.allocated,
        row.received,
        row.lent,
        row.issued,
        row.titles,
        row.lead_days,
    )


EMPTY = (0, 0, 0, 0, 0, 0, 0, None)


def test_the_sums_are_the_same_by_every_part(played: Network) -> None:
    office = played.office_admin
    total = figures_of_all(office, AT.year)
    assert _numbers(total) == (6, 1, 12, 6, 4, 1, 1, 1, 3.0)
    assert (total.coverage, total.allocated_share, total.received_share, total.use_per_copy) == (
        16.7,
        50.0,
        33.3,
        0.5,
    )
    by_district = {row.name: _numbers(row) for row in figures_by(office, AT.year, By.DISTRICT).rows}
    assert by_district == {
        "黄浦区": (3, 1, 8, 4, 4, 1, 1, 1, 3.0),
        "静安区": (2, 0, 4, 2, 0, 0, 0, 0, None),
        "": (1, *EMPTY),
    }
    by_unit = {row.name: _numbers(row)[:5] for row in figures_by(office, AT.year, By.UNIT).rows}
    assert by_unit == {
        "黄浦区社区学院": (3, 1, 8, 4, 4),
        "静安区社区学院": (2, 0, 4, 2, 0),
        "上海老年大学": (1, 0, 0, 0, 0),
    }
    by_kind = {row.key: _numbers(row)[:5] for row in figures_by(office, AT.year, By.KIND).rows}
    assert by_kind == {
        "community_school": (4, 1, 12, 6, 4),
        "care_learning_point": (1, 0, 0, 0, 0),
        "elder_branch": (1, 0, 0, 0, 0),
    }
    for by in By:
        found = figures_by(office, AT.year, by)
        assert _numbers(found.total) == _numbers(total), by
        rows = found.rows
        for name in ("points", "reached", "asked", "allocated", "received", "lent", "issued"):
            assert sum(getattr(row, name) for row in rows) == getattr(total, name), (by, name)


def test_everybody_sees_the_figures_of_their_own_part(played: Network) -> None:
    first = figures_of_all(played.actor(played.colleges[0]), AT.year)
    assert _numbers(first) == (3, 1, 8, 4, 4, 1, 1, 1, 3.0)
    assert _numbers(figures_of_all(played.actor(played.colleges[1]), AT.year))[:5] == (2, 0, 4, 2, 0)
    assert _numbers(figures_of_all(played.actor(played.points[0]), AT.year)) == (0, *EMPTY)
    assert _numbers(figures_of_all(played.office_admin, AT.year - 1)) == (6, *EMPTY)


def test_the_rows_behind_the_figures_add_up_to_them(played: Network) -> None:
    rows = {row.organisation.code: row for row in points_with_figures(played.office_admin, AT.year)}
    first = rows["point-1"]
    found = (first.asked, first.allocated, first.received, first.lent, first.issued, first.learners)
    assert found == (8, 4, 4, 1, 1, None)
    total = figures_of_all(played.office_admin, AT.year)
    for name in ("asked", "allocated", "received", "lent", "issued"):
        assert sum(getattr(row, name) for row in rows.values()) == getattr(total, name), name
    parcels = list(parcels_with_days(played.office_admin, AT.year))
    assert [(one.point, one.taken) for one in parcels] == [(played.points[0], timedelta(days=3))]


def test_a_loan_that_was_undone_counts_no_more(played: Network) -> None:
    Loan.objects.update(undone_at=AT, undone_reason="误操作", state="undone")
    assert figures_of_all(played.office_admin, AT.year).lent == 0


def test_the_median_is_the_middle_of_all_parcels(network: Network) -> None:
    delivered = delivered_round(network, (3,), points=network.points[:3])
    for shipment, days in zip(delivered.shipments, (1, 2, 9), strict=True):
        Receipt.objects.filter(shipment=shipment).update(received_at=AT + timedelta(days=days))
    Round.objects.filter(pk=delivered.round.pk).update(allocated_at=AT)
    assert figures_of_all(network.office_admin, AT.year).lead_days == 2.0


def _year(network: Network, year: int, copies: list[int], learners: list[int | None]) -> None:
    """Let the first points receive so many copies in a year in which they count so many learners."""
    for point, number, people in zip(network.points, copies, learners, strict=False):
        made = delivered_round(network, (number,), points=[point])
        Round.objects.filter(pk=made.round.pk).update(year=year)
        if people is not None:
            PointYear.objects.create(point=point, year=year, learners=people, stated_at=AT)


def test_evenly_spread_copies_have_a_gini_of_nought(network: Network) -> None:
    _year(network, 2025, [2, 4, 6], [10, 20, 30])
    (found,) = fairness(network.office_admin)
    assert (found.year, found.points, found.reached, found.received) == (2025, 6, 3, 12)
    assert (found.gini_per_learner, found.points_with_learners) == (0.0, 3)
    assert (found.gini_filled, found.points_asking) == (None, 0)


def test_the_gini_is_the_one_of_the_textbook(network: Network) -> None:
    # Shares 0.1, 0.2 and 0.6: 2·(1·0.1 + 2·0.2 + 3·0.6) / (3·0.9) − 4/3 = 0.370…
    _year(network, 2025, [1, 2, 6, 5], [10, 10, 10, None])
    _year(network, 2026, [1, 1], [10, 10])
    first, second = fairness(network.office_admin)
    assert (first.gini_per_learner, first.points_with_learners) == (0.37, 3)
    assert (second.year, second.gini_per_learner) == (2026, 0.0)
    of_college = fairness(network.actor(network.colleges[1]))
    assert [(row.year, row.received, row.gini_per_learner) for row in of_college] == [(2025, 5, None)]


def test_the_filled_share_is_compared_where_anything_was_asked_for(played: Network) -> None:
    (found,) = fairness(played.office_admin)
    assert (found.asked, found.allocated, found.used, found.points_asking) == (12, 6, 2, 2)
    assert found.gini_filled == 0.0


PAGES = ("figures", "figures-years", "figures-points", "figures-parcels")


def test_every_page_asks_the_database_as_often_for_one_row_as_for_many(network: Network) -> None:
    browser = client_for(network.office_admin)
    delivered_round(network, (3,), points=network.points[:1])
    addresses = [reverse(f"distribution:{name}") for name in PAGES]
    with_one = [queries_of(browser, address) for address in addresses]
    delivered_round(network, (3, 4, 5), points=network.points)
    assert [queries_of(browser, address) for address in addresses] == with_one


def test_numbers_open_their_rows_and_everything_is_given_as_a_spreadsheet(played: Network) -> None:
    browser, year = client_for(played.office_admin), AT.year
    page = browser.get(reverse("distribution:figures"), {"year": year, "by": "district"}).content.decode()
    for table in (page, browser.get(reverse("distribution:figures-years")).content.decode()):
        rows_of_table = table.rsplit("<table", 1)[1]  # charts carry their numbers in tables before it
        numbers = re.findall(r'<td class="number"[^>]*>(.*?)</td>', rows_of_table, re.DOTALL)
        assert len(numbers) > 5
        assert [number for number in numbers if "<a " not in number and "–" not in number] == []
    points = reverse("distribution:figures-points")
    assert f"{points}?year={year}&amp;district=310101&amp;show=reached" in page
    shown = browser.get(points, {"year": year, "district": "310101", "show": "reached"}).content.decode()
    assert "外滩街道社区学校" in shown
    assert "豫园街道社区学校" not in shown
    for name, asked, rows, first in (
        ("figures", {"by": "unit"}, 4, "黄浦区社区学院"),
        ("figures-years", {}, 2, year),
        ("figures-points", {"show": "not_reached"}, 6, "branch-1"),
        ("figures-parcels", {}, 2, Shipment.objects.get(point=played.points[0]).code),
    ):
        book = browser.get(reverse(f"distribution:{name}"), {"year": year, "export": "xlsx", **asked})
        sheet = load_workbook(BytesIO(b"".join(book.streaming_content))).active
        assert sheet is not None
        found = list(sheet.iter_rows(values_only=True))
        assert (len(found), len({len(row) for row in found})) == (rows, 1), name
        assert found[1][0] == first, name


def test_a_day_without_rounds_is_a_page_too(network: Network) -> None:
    browser = client_for(network.office_admin)
    for name in PAGES:
        assert (
            browser.get(reverse(f"distribution:{name}"), {"year": "1999", "by": "nonsense"}).status_code
            == 200
        )
