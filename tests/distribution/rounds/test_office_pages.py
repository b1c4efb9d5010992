"""The office prepares, fills, opens, shares out and closes a round on its pages."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.distribution_demand import DemandRound, everything, opened_round, prepared_round
from tests.factories.orgs import Network, client_for, make_organisation, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.models import Allocation, Round, RoundTitle, Shipment, UnmetAnswer
from lianxue.distribution.operations.demand.submit_batch import submit_batch
from lianxue.distribution.operations.rounds.start_allocating import start_allocating
from lianxue.kernel import clock
from lianxue.orgs.public import Chain, OrganisationKind
from lianxue.resources.enums import ResourceKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def office(network: Network) -> Client:
    return client_for(network.office_admin)


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _titles(made: DemandRound | Round) -> dict[str, int]:
    row = made.round if isinstance(made, DemandRound) else made
    return dict(row.titles.values_list("entry__title", "copies_available"))


def sheet(rows: list[list[object]], name: str = "titles.xlsx") -> SimpleUploadedFile:
    """Return a workbook of these rows, as a person sends it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def test_a_round_from_its_name_to_its_end(network: Network, office: Client) -> None:
    """The whole way through the office's own pages."""
    entry = make_entry("太极拳入门")
    began = office.post(_url("round-new"), {"name": "春季配送", "year": "2026", "demand_until": "2099-03-31"})
    row = Round.objects.get()
    assert began.url == _url("round-pick", row.pk)  # type: ignore[attr-defined]
    picked = {"chosen": [entry.pk], f"copies_{entry.pk}": "6", "supplier": network.supplier.pk}
    office.post(_url("round-pick", row.pk), picked)
    assert _titles(row) == {"太极拳入门": 6}
    title = row.titles.get()
    office.post(_url("round-title", row.pk, title.pk), {"copies": "7", "supplier": network.supplier.pk})
    assert _titles(row) == {"太极拳入门": 7}
    office.post(_url("round-open", row.pk))
    row.refresh_from_db()
    assert row.state == "open"
    made = DemandRound(network, row, [title], clock.now())
    made.ask(network.points[0], [4])
    made.ask(network.points[3], [4])
    made.pass_on()
    office.post(_url("round-end-demand", row.pk))
    office.post(_url("allocation-propose", row.pk), {"policy": "proportional"})
    proposal = Allocation.objects.get()
    page = office.get(_url("round-allocation", row.pk))
    assert page.context["chosen"].row == proposal
    page = office.get(_url("allocation", proposal.pk))
    assert [(t.agreed, t.allocated, t.unmet) for t in page.context["listing"].page] == [(8, 7, 1)]
    office.post(_url("allocation-commit", proposal.pk))
    assert Shipment.objects.count() == 2
    refused = office.post(_url("round-close", row.pk), {"reason": ""})
    assert refused.status_code == 422
    assert "未满足" in str(refused.context["closing"].non_field_errors())
    office.post(_url("round-close", row.pk), {"reason": "供应单位停业"})
    assert Round.objects.get(pk=row.pk).state == "allocated"
    office.post(_url("round-close", row.pk), {"reason": "供应单位停业", "closes_unmet": "on"})
    assert UnmetAnswer.objects.get().reason == "供应单位停业"
    row.refresh_from_db()
    assert row.state == "closed"


@pytest.mark.parametrize(
    ("sent", "faulty"),
    [
        ({"name": "", "year": "2026"}, "name"),
        ({"name": "春" * 81, "year": "2026"}, "name"),
        ({"name": "春", "year": ""}, "year"),
        ({"name": "春", "year": "-5"}, "year"),
        ({"name": "春", "year": "今年"}, "year"),
        ({"name": "春", "year": "9" * 40}, "year"),
        ({"name": "春", "year": "2026", "demand_from": "2026-02-30"}, "demand_from"),
        (
            {"name": "春", "year": "2026", "demand_from": "2026-03-02", "demand_until": "2026-03-01"},
            "demand_until",
        ),
    ],
)
def test_a_faulty_round_form_comes_back(office: Client, sent: dict[str, str], faulty: str) -> None:
    answer = office.post(_url("round-new"), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [faulty]
    assert not Round.objects.exists()


def test_a_double_click_begins_one_round(office: Client) -> None:
    for _click in range(2):
        office.post(_url("round-new"), {"name": "春季配送", "year": "2026", "request_key": "one"})
    assert Round.objects.count() == 1


def test_picking_names_what_is_wrong_and_keeps_what_was_typed(network: Network, office: Client) -> None:
    made = prepared_round(network, ())
    good, bad = make_entry("好的"), make_entry("没有份数")
    url = _url("round-pick", made.round.pk)
    for copies in ("", "0", "-3", "三", "9" * 30):
        sent = {
            "chosen": [good.pk, bad.pk],
            f"copies_{good.pk}": "5",
            f"copies_{bad.pk}": copies,
            "supplier": network.supplier.pk,
        }
        answer = office.post(url, sent)
        assert answer.status_code == 422
        shown = {one["entry"].pk: one for one in answer.context["entries"]}
        assert (shown[good.pk]["copies"], shown[good.pk]["is_chosen"], shown[good.pk]["fault"]) == (
            "5",
            True,
            "",
        )
        assert shown[bad.pk]["fault"]
        assert shown[bad.pk]["copies"] == copies
    for sent in (
        {"supplier": network.supplier.pk},
        {"chosen": ["x", "0", "99999999", "9" * 40], "supplier": network.supplier.pk},
        {"chosen": [good.pk], f"copies_{good.pk}": "5", "supplier": network.office.pk},
        {"chosen": [good.pk], f"copies_{good.pk}": "5", "supplier": "x"},
    ):
        assert office.post(url, sent).status_code == 422
    assert _titles(made) == {}


def test_only_titles_that_are_not_there_yet_are_offered(network: Network, office: Client) -> None:
    made = prepared_round(network, {"已经在内": 3})
    make_entry("书法入门")
    make_entry("太极拳", ResourceKind.DISC)
    make_entry("在线课程", ResourceKind.ONLINE)

    def offered(**asked: str) -> set[str]:
        page = office.get(_url("round-pick", made.round.pk), asked)
        return {one["entry"].title for one in page.context["entries"]}

    assert offered() == {"书法入门", "太极拳", "在线课程"}
    assert offered(q="书法") == {"书法入门"}
    assert offered(kind="disc") == {"太极拳"}
    assert offered(q="没有这个") == set()


def test_titles_come_in_from_a_table(network: Network, office: Client) -> None:
    make_organisation(
        "supplier-2", OrganisationKind.SUPPLIER, network.office, chain=Chain.SUPPLY, name="另一家"
    )
    made = prepared_round(network, {"已经在内": 3})
    first, second = make_entry("书法入门"), make_entry("太极拳", ResourceKind.DISC)
    rows = [
        ["目录编号", "资源名称", "可供份数", "供应单位"],
        [first.code, "书法入门", 12, "上海教育音像出版社"],
        [second.code.lower(), "", 1, "另一家"],
    ]
    url = _url("round-titles-import", made.round.pk)
    assert office.post(url, {"sheet": sheet(rows)}).status_code == 302
    assert _titles(made) == {"已经在内": 3, "书法入门": 12, "太极拳": 1}
    assert RoundTitle.objects.get(entry=second).supplier.name == "另一家"


def test_every_wrong_cell_is_named_and_nothing_is_half_saved(network: Network, office: Client) -> None:
    made = prepared_round(network, {"已经在内": 3})
    there, good = made.titles[0].entry, make_entry("书法入门")
    online = make_entry("在线课程", ResourceKind.ONLINE)
    rows: list[list[object]] = [
        ["目录编号", "资源名称", "可供份数", "供应单位"],
        [good.code, "书法入门", 12, "上海教育音像出版社"],
        ["ZY9999999", "", 5, "上海教育音像出版社"],
        [there.code, "", 5, "上海教育音像出版社"],
        [online.code, "", 5, "上海教育音像出版社"],
        [good.code, "别的名称", 5, "上海教育音像出版社"],
        [good.code, "", 0, "上海教育音像出版社"],
        [good.code, "", "很多", "上海教育音像出版社"],
        [good.code, "", 5, "没有这家"],
        ["", "", 5, "上海教育音像出版社"],
    ]
    before = everything()
    answer = office.post(_url("round-titles-import", made.round.pk), {"sheet": sheet(rows)})
    assert answer.status_code == 422
    assert [fault.place for fault in answer.context["faults"]] == [
        "A3",
        "A4",
        "A5",
        "A6",
        "B6",
        "C7",
        "C8",
        "D9",
        "A10",
    ]
    assert everything() == before
    marked = office.get(answer.context["marked_url"])
    assert marked.status_code == 200
    book = openpyxl.load_workbook(BytesIO(b"".join(marked.streaming_content)))  # type: ignore[attr-defined]
    assert book.worksheets[0]["C8"].comment is not None
    stranger = client_for(network.actor(network.colleges[0]))
    assert stranger.get(answer.context["marked_url"]).status_code == 404


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_files_that_are_no_table(network: Network, office: Client, content: bytes) -> None:
    made = prepared_round(network, ())
    upload = SimpleUploadedFile("titles.xlsx", content)
    answer = office.post(_url("round-titles-import", made.round.pk), {"sheet": upload})
    assert answer.status_code == 422
    assert answer.context["form"].errors or answer.context["faults"]


def test_the_blank_table_is_what_the_import_reads(network: Network, office: Client) -> None:
    made = prepared_round(network, ())
    blank = office.get(_url("round-titles-blank", made.round.pk)).getvalue()
    book = openpyxl.load_workbook(BytesIO(blank))
    entry = make_entry("书法入门")
    book.worksheets[0].append([entry.code, None, 4, "上海教育音像出版社"])
    content = BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("titles.xlsx", content.getvalue())
    assert office.post(_url("round-titles-import", made.round.pk), {"sheet": upload}).status_code == 302
    assert _titles(made) == {"书法入门": 4}


def test_packs_are_typed_on_the_page_or_in_the_table(network: Network, office: Client) -> None:
    made = prepared_round(network, {"太极拳": 12})
    url = _url("round-title", made.round.pk, made.titles[0].pk)
    sent = {"copies": "12", "supplier": str(network.supplier.pk)}
    wrong = office.post(url, sent | {"pack_size": "13"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["pack_size"])
    assert office.post(url, sent | {"pack_size": "6"}).status_code == 302
    assert RoundTitle.objects.get().pack_size == 6
    assert office.post(url, sent | {"pack_size": ""}).status_code == 302
    assert RoundTitle.objects.get().pack_size == 1
    first, second = make_entry("书法入门"), make_entry("家常菜")
    heads = ["目录编号", "可供份数", "供应单位", "每包份数"]
    rows = [heads, [first.code, 12, "上海教育音像出版社", 13], [second.code, 8, "上海教育音像出版社", 4]]
    answer = office.post(_url("round-titles-import", made.round.pk), {"sheet": sheet(rows)})
    assert [fault.place for fault in answer.context["faults"]] == ["D2"]
    rows[1][3] = None
    assert office.post(_url("round-titles-import", made.round.pk), {"sheet": sheet(rows)}).status_code == 302
    assert dict(RoundTitle.objects.values_list("entry__title", "pack_size")) == {
        "太极拳": 1,
        "书法入门": 1,
        "家常菜": 4,
    }


def test_a_title_that_somebody_wants_cannot_be_taken_out(network: Network, office: Client) -> None:
    made = opened_round(network, (5, 5))
    made.save(network.points[0], [1])
    for title in made.titles:
        office.post(_url("round-title-remove", made.round.pk, title.pk))
    assert _titles(made) == {"选订资源1": 5}


def test_a_title_of_another_round_is_not_here(network: Network, office: Client) -> None:
    one, other = prepared_round(network, {"甲": 5}), prepared_round(network, {"乙": 5})
    url = _url("round-title", one.round.pk, other.titles[0].pk)
    assert office.get(url).status_code == 404
    assert office.post(_url("round-title-remove", one.round.pk, other.titles[0].pk)).status_code == 404


def test_ending_the_demand_says_who_is_missing(network: Network, office: Client) -> None:
    made = opened_round(network, (5,))
    college = network.colleges[0]
    submit_batch(actor=network.actor(college), at=clock.now(), batch=made.batch(college))
    page = office.get(_url("round-end-demand", made.round.pk))
    assert [one.batch.college.name for one in page.context["missing"]] == ["静安区社区学院", "上海老年大学"]


def test_the_office_sends_an_aggregation_back(network: Network, office: Client) -> None:
    made = opened_round(network, (5,))
    college = network.colleges[0]
    submit_batch(actor=network.actor(college), at=clock.now(), batch=made.batch(college))
    url = _url("batch-return", made.round.pk, college.pk)
    assert office.post(url, {"reason": " "}).status_code == 422
    assert made.batch(college).state == "submitted"
    assert office.post(url, {"reason": "缺一个点"}).status_code == 302
    assert (made.batch(college).state, made.batch(college).return_reason) == ("gathering", "缺一个点")


def test_what_moved_on_meanwhile_is_said_in_words(network: Network, office: Client) -> None:
    """A page that is no longer true: the press is refused with a message, never an error page."""
    made = opened_round(network, (5,))
    start_allocating(actor=network.office_admin, at=clock.now(), round=made.round)
    for name, args in [("round-open", [made.round.pk]), ("round-end-demand", [made.round.pk])]:
        answer: Any = office.post(_url(name, *args), follow=True)
        assert answer.status_code == 200
        assert [m.level_tag for m in answer.context["messages"]] == ["warning"]


def test_an_unknown_policy_is_refused(network: Network, office: Client) -> None:
    made = opened_round(network, (5,))
    made.end_demand()
    for policy in ("", "by mood"):
        office.post(_url("allocation-propose", made.round.pk), {"policy": policy})
    assert not Allocation.objects.exists()


def test_pages_ask_the_database_as_often_for_many_as_for_few(network: Network, office: Client) -> None:
    few = opened_round(network, (5,))
    few.ask(network.points[0], [1])
    few.end_demand()
    few.propose()
    many = opened_round(network, tuple([9] * 15))
    for point in network.points:
        many.ask(point, [1] * 15)
    many.end_demand()
    many.propose()
    for name in ("round", "round-titles", "round-colleges", "round-needs", "round-allocation"):
        assert queries_of(office, _url(name, few.round.pk)) == queries_of(
            office, _url(name, many.round.pk)
        ), name
    college = network.colleges[0].pk
    assert queries_of(office, _url("round-college", few.round.pk, college)) == queries_of(
        office, _url("round-college", many.round.pk, college)
    )
