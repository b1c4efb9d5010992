"""A college's desk: who has reported, totals with every line behind them, changes, sending back, passing on, tables."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.distribution_demand import DemandRound, everything, opened_round
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import DemandLine, DemandRequest, LineAdjustment
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.kernel import clock
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def made(network: Network) -> DemandRound:
    """Two of three points of the first college have submitted; one learner left a wish."""
    made = opened_round(network, (9, 9, 9), at=clock.now())
    made.ask(network.points[0], [4, 2])
    made.ask(network.points[1], [6])
    made.ask(network.points[3], [5, 5, 5])
    leave_need(
        actor=Actor.visitor(),
        at=clock.now(),
        door=made.door(network.points[0]),
        round=made.round,
        wishes=[Wish(made.titles[0].pk, 3)],
        audience=Audience.LEARNER,
    )
    return made


@pytest.fixture
def college(network: Network) -> Client:
    return client_for(network.actor(network.colleges[0]))


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _line(made: DemandRound, point: int, title: int) -> DemandLine:
    return DemandLine.objects.get(request__point=made.network.points[point], title=made.titles[title])


def _agreed(made: DemandRound) -> list[int]:
    lines = DemandLine.objects.filter(request__batch=made.batch(made.network.colleges[0]))
    return list(lines.order_by("request__point__code", "title_id").values_list("agreed", flat=True))


def test_totals_by_title_with_the_wishes_behind_them(made: DemandRound, college: Client) -> None:
    page = college.get(_url("aggregation", made.round.pk))
    totals = [
        (t.title.entry.title, t.points, t.asked, t.agreed, t.needs.learners)
        for t in page.context["listing"].page
    ]
    assert totals == [("选订资源1", 2, 10, 10, 3), ("选订资源2", 1, 2, 2, 0)]
    assert (page.context["reported"], page.context["missing"], page.context["expected"]) == (2, 1, 3)
    title = college.get(_url("aggregation-title", made.round.pk, made.titles[0].pk))
    lines = [
        (one["line"].request.point.code, one["line"].asked, one["source"].needs.learners)
        for one in title.context["lines"]
    ]
    assert lines == [("point-2", 6, 0), ("point-1", 4, 3)]


def test_who_has_not_reported(made: DemandRound, network: Network, college: Client) -> None:
    row = DemandRequest.objects.get(point=network.points[1])
    return_demand(actor=network.actor(network.colleges[0]), at=clock.now(), request=row, reason="请核对")
    made.save(network.points[2], [3])  # begun, not submitted: nobody else's to see
    page = college.get(_url("aggregation-points", made.round.pk))
    standings = {one.point.code: (one.state, one.asked) for one in page.context["listing"].page}
    assert standings == {"care-1": ("missing", 0), "point-1": ("submitted", 6), "point-2": ("returned", 6)}
    only = college.get(_url("aggregation-points", made.round.pk), {"state": "missing"})
    assert [one.point.code for one in only.context["listing"].page] == ["care-1"]
    totals = college.get(_url("aggregation", made.round.pk)).context["listing"].page
    assert [(t.title.entry.title, t.asked) for t in totals] == [("选订资源1", 4), ("选订资源2", 2)]


def test_a_draft_of_a_point_is_not_opened(made: DemandRound, network: Network, college: Client) -> None:
    draft = made.save(network.points[2], [3])
    assert college.get(_url("aggregation-point", made.round.pk, draft.pk)).status_code == 404
    foreign = DemandRequest.objects.get(point=network.points[3])
    assert college.get(_url("aggregation-point", made.round.pk, foreign.pk)).status_code == 404


def test_changing_lines_of_a_title(made: DemandRound, college: Client) -> None:
    first, second = _line(made, 0, 0), _line(made, 1, 0)
    url = _url("aggregation-title", made.round.pk, made.titles[0].pk)
    sent = {
        f"agreed_{first.pk}": "4",
        f"seen_{first.pk}": "4",
        f"agreed_{second.pk}": "5",
        f"seen_{second.pk}": "6",
    }
    assert college.post(url, sent | {"reason": ""}).status_code == 422
    assert _agreed(made) == [4, 2, 6]
    assert college.post(url, sent | {"reason": "按班级数"}).status_code == 302
    assert _agreed(made) == [4, 2, 5]
    change = LineAdjustment.objects.get()
    assert (change.before, change.after, change.reason) == (6, 5, "按班级数")
    page = college.get(url)
    assert "按班级数" in page.content.decode()


def test_changing_lines_of_a_point(made: DemandRound, college: Client) -> None:
    line, row = _line(made, 0, 1), DemandRequest.objects.get(point=made.network.points[0])
    url = _url("aggregation-point", made.round.pk, row.pk)
    sent = {f"agreed_{line.pk}": "0", f"seen_{line.pk}": "2", "reason": "已有库存"}
    assert college.post(url, sent).status_code == 302
    assert _agreed(made) == [4, 0, 6]


@pytest.mark.parametrize("typed", ["-1", "100000", "1.5", "多一点", "9" * 40])
def test_numbers_that_cannot_be(made: DemandRound, college: Client, typed: str) -> None:
    line = _line(made, 0, 0)
    url = _url("aggregation-title", made.round.pk, made.titles[0].pk)
    answer = college.post(url, {f"agreed_{line.pk}": typed, f"seen_{line.pk}": "4", "reason": "x"})
    assert answer.status_code == 422
    shown = {one["line"].pk: one for one in answer.context["lines"]}
    assert shown[line.pk]["fault"]
    assert shown[line.pk]["typed"] == typed
    assert _agreed(made) == [4, 2, 6]


def test_a_number_that_somebody_else_changed_meanwhile(made: DemandRound, college: Client) -> None:
    line = _line(made, 0, 0)
    url = _url("aggregation-title", made.round.pk, made.titles[0].pk)
    college.post(url, {f"agreed_{line.pk}": "3", f"seen_{line.pk}": "4", "reason": "甲"})
    answer = college.post(url, {f"agreed_{line.pk}": "2", f"seen_{line.pk}": "4", "reason": "乙"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert _agreed(made) == [3, 2, 6]


def test_lines_that_were_not_on_the_page_are_left_alone(made: DemandRound, college: Client) -> None:
    foreign, other = _line(made, 3, 0), _line(made, 0, 1)
    url = _url("aggregation-title", made.round.pk, made.titles[0].pk)
    sent = {
        f"agreed_{foreign.pk}": "1",
        f"agreed_{other.pk}": "1",
        "agreed_0": "1",
        "agreed_x": "1",
        "reason": "x",
    }
    before = everything()
    college.post(url, sent)
    assert everything() == before


def test_sending_back(made: DemandRound, network: Network, college: Client) -> None:
    row = DemandRequest.objects.get(point=network.points[0])
    url = _url("demand-return", made.round.pk, row.pk)
    assert college.post(url, {"back-reason": " "}).status_code == 422
    assert college.post(url, {"back-reason": "请核对"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.return_reason) == ("returned", "请核对")
    page = college.get(_url("aggregation-point", made.round.pk, row.pk))
    assert not page.context["may_adjust"]
    again = college.post(url, {"back-reason": "再核对"})
    assert again.status_code == 422


def test_passing_on_names_those_who_are_missing(made: DemandRound, network: Network, college: Client) -> None:
    url = _url("batch-submit", made.round.pk)
    page = college.get(url)
    assert [one.point.code for one in page.context["late"]] == ["care-1"]
    assert college.post(url).status_code == 302
    assert made.batch(network.colleges[0]).state == "submitted"
    assert college.get(url).status_code == 302
    answer: Any = college.post(url, follow=True)
    assert [m.level_tag for m in answer.context["messages"]][-1] == "warning"


def _sheet(content: bytes) -> list[list[object]]:
    rows = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [list(row) for row in rows]


def _upload(rows: list[list[object]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("lines.xlsx", content.getvalue())


def test_the_lines_go_out_and_come_back_changed(made: DemandRound, college: Client) -> None:
    heading, *rows = _sheet(college.get(_url("aggregation-table", made.round.pk)).getvalue())
    codes = [title.entry.code for title in made.titles]
    assert [str(h).rstrip("*") for h in heading] == [
        "学习点代码",
        "学习点",
        "目录编号",
        "资源名称",
        "选订",
        "上报数",
        "调整理由",
    ]
    assert [row[:6] for row in rows] == [
        ["point-1", "外滩街道社区学校", codes[0], "选订资源1", 4, 4],
        ["point-1", "外滩街道社区学校", codes[1], "选订资源2", 2, 2],
        ["point-2", "豫园街道社区学校", codes[0], "选订资源1", 6, 6],
    ]
    rows[1][5], rows[1][6] = 1, "已有库存"
    answer = college.post(_url("aggregation-import", made.round.pk), {"sheet": _upload([heading, *rows])})
    assert answer.status_code == 302
    assert _agreed(made) == [4, 1, 6]
    assert LineAdjustment.objects.get().reason == "已有库存"


def test_every_wrong_cell_of_the_table_is_named(made: DemandRound, college: Client) -> None:
    heading, *rows = _sheet(college.get(_url("aggregation-table", made.round.pk)).getvalue())
    rows[0][5] = 3  # changed, no reason
    rows[1][5] = -2
    rows[2][4] = 7  # the point asks for 6
    rows.append(list(rows[2]))
    rows[3][4] = 6
    rows.append(["point-9", "", made.titles[0].entry.code, "", 1, 1, ""])
    rows.append(["point-3", "", made.titles[0].entry.code, "", 5, 1, "别家的点"])
    before = everything()
    answer = college.post(_url("aggregation-import", made.round.pk), {"sheet": _upload([heading, *rows])})
    assert answer.status_code == 422
    assert [fault.place for fault in answer.context["faults"]] == ["G2", "F3", "E4", "C5", "C6", "C7"]
    assert everything() == before


def test_pages_ask_the_database_as_often_for_many_as_for_few(network: Network, college: Client) -> None:
    few, many = (
        opened_round(network, (5,), at=clock.now()),
        opened_round(network, tuple([5] * 15), at=clock.now()),
    )
    few.ask(network.points[0], [2])
    for point in network.points[:3]:
        many.ask(point, [2] * 15)

    def of(made: DemandRound, name: str, *args: object) -> int:
        return queries_of(college, _url(name, made.round.pk, *args))

    for name in (
        "aggregation",
        "aggregation-points",
        "batch-submit",
        "aggregation-needs",
        "aggregation-import",
    ):
        assert of(few, name) == of(many, name), name
    assert of(few, "aggregation-title", few.titles[0].pk) == of(many, "aggregation-title", many.titles[0].pk)
    one, other = (
        DemandRequest.objects.get(batch__round=m.round, point=network.points[0]) for m in (few, many)
    )
    assert of(few, "aggregation-point", one.pk) == of(many, "aggregation-point", other.pk)
