"""How an area is doing: receiving by district, lending and issuing by month, stock by title and by point."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.distribution_stock import delivered_round, dispatched_round
from tests.factories.orgs import AT, PLATFORM, Network, small_network

from lianxue.distribution.enums import Audience, PlaceKind
from lianxue.distribution.operations.desk.issue import issue, undo_issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.return_loan import report_loss
from lianxue.distribution.operations.shipping.receive import receive
from lianxue.distribution.queries.figures import last_months, receiving, use_figures
from lianxue.distribution.queries.lending import find_loans, find_titles
from lianxue.distribution.queries.standing import newest_allocated_round, supervises
from lianxue.distribution.queries.stock import on_display_at, stock_by_point, title_at, titles_at
from lianxue.kernel.clock import local_date
from lianxue.orgs.public import Division, load_divisions

pytestmark = pytest.mark.django_db

TODAY = local_date(AT)


@pytest.fixture
def network() -> Network:
    network = small_network()
    load_divisions(actor=PLATFORM, at=AT, provinces=frozenset({"31"}))
    for point, district in zip(network.points, ["黄浦区"] * 3 + ["静安区"] * 2 + ["徐汇区"], strict=True):
        point.division = Division.objects.filter(parent__name=district).order_by("code").first()
        point.save()
    return network


def test_a_district_is_as_far_as_the_last_of_its_points(network: Network) -> None:
    sent = dispatched_round(network, (2,), points=network.points[:5])
    for shipment in [sent.shipments[0], *sent.shipments[3:5]]:
        receive(actor=network.actor(shipment.point), at=AT, shipment=shipment)
    sent.round.receive_until = TODAY
    sent.round.save()

    def standing(day: date) -> dict[str, tuple[str, int, int, int]]:
        found = receiving(network.office_admin, sent.round, day)
        assert found.points == 5
        return {d.name: (d.state, d.received, d.on_the_way, d.overdue) for d in found.districts}

    assert standing(TODAY) == {"黄浦区": ("on_the_way", 1, 2, 0), "静安区": ("received", 2, 0, 0)}
    tomorrow = TODAY + timedelta(days=1)
    assert standing(tomorrow) == {"黄浦区": ("overdue", 1, 0, 2), "静安区": ("received", 2, 0, 0)}
    of_college = receiving(network.actor(network.colleges[1]), sent.round, TODAY)
    assert [district.as_json() for district in of_college.districts] == [
        {
            "code": "310106000000",
            "name": "静安区",
            "received": 2,
            "on_the_way": 0,
            "overdue": 0,
            "points": 2,
        }
    ]


def test_a_point_without_a_division_is_counted_all_the_same(network: Network) -> None:
    network.points[0].division = None
    network.points[0].save()
    sent = dispatched_round(network, (2,), points=network.points[:1])
    found = receiving(network.office_admin, sent.round, TODAY)
    assert [(district.name, district.points) for district in found.districts] == [("", 1)]


def test_lending_and_issuing_are_counted_by_month(network: Network) -> None:
    stocked = delivered_round(network, (20,), at=AT - timedelta(days=100))
    desk: dict[str, Any] = {"actor": stocked.admin, "at": AT, "point": stocked.point, "entry": stocked.entry}
    later = {"backdated_reason": "补录"}
    lend(
        **desk,
        borrower_name="王小明",
        quantity=2,
        lent_on=date(2026, 1, 31),
        due_on=date(2026, 2, 1),
        **later,
    )
    lend(**desk, borrower_name="李桂英", lent_on=date(2025, 12, 31), **later)
    issue(
        **desk,
        recipient_name="李老师",
        audience=Audience.TEACHER,
        quantity=3,
        issued_on=date(2026, 2, 1),
        **later,
    )
    wrong = issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)
    undo_issue(actor=stocked.admin, at=AT, issue=wrong, reason="登记错误")
    found = use_figures(stocked.admin, TODAY)
    assert (found.loans, found.lent, found.issues, found.issued, found.on_loan, found.overdue) == (
        1,
        2,
        1,
        3,
        2,
        1,
    )
    assert found.months[0] == date(2025, 4, 1)
    assert found.lent_by_month == [0] * 8 + [1, 2, 0, 0]
    assert found.issued_by_month == [0] * 10 + [3, 0]
    assert use_figures(network.office_admin, TODAY) == found
    assert use_figures(network.actor(network.colleges[1]), TODAY).lent == 0


def test_twelve_months_end_with_this_one() -> None:
    assert last_months(date(2026, 3, 31), 3) == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert last_months(date(2026, 1, 1), 2) == [date(2025, 12, 1), date(2026, 1, 1)]


def test_stock_of_one_title_from_two_rounds_is_one_row(network: Network) -> None:
    old = delivered_round(network, (4,), at=AT - timedelta(days=9))
    new = delivered_round(network, (3,), points=network.points[:2], entries=[old.entry])
    desk: dict[str, Any] = {"actor": old.admin, "at": AT, "point": old.point, "entry": old.entry}
    lost = lend(**desk, borrower_name="王小明")
    report_loss(actor=old.admin, at=AT, loan=lost, reason="遗失")
    lend(**desk, borrower_name="李桂英")
    issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)
    rows = [
        (row.arrived, row.shelf, row.display, row.on_loan, row.issued, row.lost, row.in_transit)  # type: ignore[attr-defined]
        for row in titles_at(old.point.pk)
    ]
    assert rows == [(6, 2, 2, 1, 1, 1, 0)]
    by_point = {row.pk: row.arrived for row in stock_by_point(network.office_admin)}  # type: ignore[attr-defined]
    assert by_point == {old.point.pk: 6, network.points[1].pk: 3}
    title = title_at(old.point.pk, old.entry.pk)
    assert title is not None
    assert [lot.lot.pk for lot in title.lots] == [old.lot.pk, new.lot.pk]
    assert (title.free_to_lend, title.free_to_issue, title.on_display, title.on_loan) == (2, 2, 2, 1)
    assert title.copies(PlaceKind.LOST) == 1
    assert list(on_display_at(old.point.pk)) == [old.entry]
    assert title_at(network.points[2].pk, old.entry.pk) is None


def test_the_desk_finds_titles_and_loans_by_what_people_type(network: Network) -> None:
    stocked = delivered_round(network, {"智能手机入门": 3, "手机摄影": 1, "书法": 2})
    stocked.entry.isbn = "9787111111111"
    stocked.entry.save()
    point = stocked.point.pk
    lend(actor=stocked.admin, at=AT, point=stocked.point, entry=stocked.entry, borrower_name="王小明")
    assert [found.entry.title for found in find_titles(point, "手机")] == ["智能手机入门", "手机摄影"]
    for text in ("978-7-111-11111-1", stocked.lot.code, f" {stocked.lot.code.lower()} ", stocked.entry.code):
        assert [found.entry.title for found in find_titles(point, text)] == ["智能手机入门"], text
    assert find_titles(network.points[1].pk, "手机") == []
    assert find_titles(network.points[1].pk, stocked.lot.code) == []
    for text in ("小明", "智能", stocked.lot.code):
        assert [loan.borrower_name for loan in find_loans(point, text)] == ["王小明"], text


def test_who_looks_after_others(network: Network) -> None:
    assert supervises(network.office_admin)
    assert supervises(network.actor(network.colleges[0]))
    assert not supervises(network.actor(network.points[0]))
    assert not supervises(network.supplier_clerk)
    assert newest_allocated_round(network.office_admin) is None
    newest = delivered_round(network, at=AT).round
    delivered_round(network, at=AT - timedelta(days=30))
    assert newest_allocated_round(network.actor(network.points[0])) == newest
