"""The desk as a scanner and a keyboard meet it, and its papers: labels and class lists."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.documents.printed import pdf_pages
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import client_for, small_network

from lianxue.distribution.enums import Audience, LoanState
from lianxue.distribution.errors import NotEnoughCopies
from lianxue.distribution.models import Issue, Loan, Reservation
from lianxue.distribution.operations.desk.hand_out import Gift
from lianxue.distribution.operations.desk.issue import issue_to_class
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.reserve import reserve
from lianxue.distribution.operations.desk.set_lending_terms import set_lending_terms
from lianxue.distribution.queries.ledger import check_ledger, retention_violations
from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotAllowed

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}

DESK = "/desk/"


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(
        small_network(), {"智能手机入门": 5, "书法入门": 3}, at=clock.now() - timedelta(days=20)
    )


@pytest.fixture
def browser(stocked: StockedRound) -> Client:
    return client_for(stocked.desk)


def _lend(stocked: StockedRound, name: str, title: int = 0, **more: Any) -> Loan:
    return lend(
        actor=stocked.desk,
        at=clock.now(),
        point=stocked.point,
        entry=stocked.titles[title].entry,
        borrower_name=name,
        **more,
    )


def _scan(browser: Client, text: str, do: str = "lend", shown: str = "") -> str:
    """Type into the box and press Enter, as a scanner does; return where it leads."""
    answer: Any = browser.post(reverse("distribution:desk-scan"), {"q": text, "do": do, "shown": shown})
    assert answer.status_code == 302
    return str(answer.url)


def _hand_out(browser: Client, page: str, **typed: str) -> Any:
    """Send the form of a page with what it proposes and with what is typed."""
    context = browser.get(page).context
    form = context["form"]
    proposed = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in proposed.items() if value is not None}
    return browser.post(context["action"], {**sent, "readers": context["shown_readers"], **typed})


def test_two_scans_lend_and_one_scan_takes_back(stocked: StockedRound, browser: Client) -> None:
    page = _scan(browser, stocked.lot.code)
    assert page == f"{DESK}?title={stocked.entry.pk}"
    assert _hand_out(browser, page, borrower_name="王小明").url == DESK
    loan = Loan.objects.get()
    assert (loan.borrower_name, loan.lot_id, loan.state) == ("王小明", stocked.lot.pk, LoanState.ON_LOAN)
    assert _scan(browser, stocked.lot.code, "return") == f"{DESK}?do=return&done={loan.pk}"
    loan.refresh_from_db()
    assert loan.state == LoanState.RETURNED


def test_six_keys_lend_by_numbers_and_three_take_back(stocked: StockedRound, browser: Client) -> None:
    """Two digits and two Enters lend what is on the page; a digit and an Enter take back."""
    _lend(stocked, "李桂英", borrower_phone="13812345678")
    _lend(stocked, "王小明", title=1)
    page = browser.get(DESK).context
    assert [entry.title for entry in page["lately"]] == ["书法入门", "智能手机入门"]
    chosen = _scan(browser, "2", shown=page["shown"])
    assert chosen == f"{DESK}?title={stocked.entry.pk}"
    assert [(r.name, r.phone) for r in browser.get(chosen).context["readers"]] == [
        ("王小明", ""),
        ("李桂英", "138****5678"),
    ]
    assert _hand_out(browser, chosen, borrower_name="2").status_code == 302
    newest = Loan.objects.order_by("-pk")[0]
    assert (newest.borrower_name, newest.borrower_phone) == ("李桂英", "+8613812345678")
    out = browser.get(DESK, {"do": "return"}).context
    third = out["out"][2]
    _scan(browser, "3", "return", out["shown"])
    third.refresh_from_db()
    assert third.state == LoanState.RETURNED


def test_a_minus_takes_back_whatever_the_desk_is_doing(stocked: StockedRound, browser: Client) -> None:
    loan = _lend(stocked, "王小明")
    assert _scan(browser, f"-{stocked.lot.code}") == f"{DESK}?do=return&done={loan.pk}"


def test_a_label_of_which_several_copies_are_out_asks_which(stocked: StockedRound, browser: Client) -> None:
    loans = [_lend(stocked, name) for name in ("王小明", "李桂英")]
    page = _scan(browser, stocked.lot.code.lower(), "return")
    assert page == f"{DESK}?do=return&q={stocked.lot.code.lower()}"
    shown = browser.get(page).context
    assert [loan.pk for loan in shown["loans"]] == [loan.pk for loan in loans]
    assert _scan(browser, "2", "return", shown["shown"]) == f"{DESK}?do=return&done={loans[1].pk}"
    assert _scan(browser, "小明", "return") == f"{DESK}?do=return&done={loans[0].pk}"
    nothing = browser.get(_scan(browser, stocked.lot.code, "return"))
    assert nothing.context["loans"] == []


@pytest.mark.parametrize("text", ["Ｌ{lot}", " l{lot} ", "https://lianxue.example/d/L{lot}/", "智能手机"])
def test_a_code_is_known_in_every_form_in_which_it_comes(
    stocked: StockedRound, browser: Client, text: str
) -> None:
    assert _scan(browser, text.format(lot=stocked.lot.pk)) == f"{DESK}?title={stocked.entry.pk}"


def test_nonsense_in_the_box_is_harmless(stocked: StockedRound, browser: Client) -> None:
    before = everything_written()
    for text in (
        "",
        "%",
        "'",
        "L",
        "L99999999999999999999",
        "\x00",
        "长" * 500,
        "<script>",
        "-",
        "--",
        "-9",
        "9" * 40,
    ):
        for do in ("lend", "return", "?"):
            assert browser.get(_scan(browser, text, do, "1,x,99999999999999999999")).status_code == 200
    foreign = delivered_round(stocked.network, (3,), points=[stocked.network.points[1]])
    assert "q=" in _scan(browser, foreign.lot.code)
    assert {k: v for k, v in everything_written().items() if k in ("Loan", "Issue")} == {
        k: v for k, v in before.items() if k in ("Loan", "Issue")
    }


def test_a_reader_of_another_point_is_no_reader_here(stocked: StockedRound, browser: Client) -> None:
    other = delivered_round(stocked.network, (3,), points=[stocked.network.points[1]])
    foreign = _lend(other, "外人", borrower_phone="13800000000")
    page = f"{DESK}?title={stocked.entry.pk}"
    assert _hand_out(browser, page, reader=str(foreign.pk)).status_code == 404
    assert _hand_out(browser, page, borrower_name="1", readers=str(foreign.pk)).status_code == 404
    assert (
        browser.get(reverse("distribution:desk-readers"), {"borrower_name": "外"}, headers=PART).context[
            "readers"
        ]
        == []
    )


def test_readers_are_found_by_the_first_letters_with_masked_numbers(
    stocked: StockedRound, browser: Client
) -> None:
    for name in ("王小明", "王大伟", "李桂英"):
        _lend(stocked, name, borrower_phone="13812345678") if name != "李桂英" else _lend(
            stocked, name, title=1
        )
    answer = browser.get(reverse("distribution:desk-readers"), {"borrower_name": "王"}, headers=PART)
    assert [reader.name for reader in answer.context["readers"]] == ["王大伟", "王小明"]
    text = answer.content.decode()
    assert "138****5678" in text
    assert "13812345678" not in text


def test_back_dating_asks_for_the_reason_beside_its_box(stocked: StockedRound, browser: Client) -> None:
    page = f"{DESK}?title={stocked.entry.pk}"
    earlier = (clock.today() - timedelta(days=3)).isoformat()
    answer = _hand_out(browser, page, borrower_name="王小明", lent_on=earlier)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["backdated_reason"]
    done = _hand_out(browser, page, borrower_name="王小明", lent_on=earlier, backdated_reason="停电")
    assert done.status_code == 302
    assert Loan.objects.get().backdated_reason == "停电"


def test_the_desk_is_told_for_whom_a_copy_that_came_back_is_put_aside(
    stocked: StockedRound, browser: Client
) -> None:
    page = f"{DESK}?do=reserve&title={stocked.titles[1].entry_id}"
    assert browser.get(page).context["keeps_reserved"] is False
    set_lending_terms(
        actor=stocked.admin, at=clock.now(), point=stocked.point, loan_days=30, renewals=1, hold_days=5
    )
    loan = _lend(stocked, "甲", title=1, quantity=2)
    assert _hand_out(browser, page, borrower_name="李桂英").url == f"{DESK}?do=reserve"
    back = browser.get(_scan(browser, f"-{stocked.lots[1].code}"))
    assert back.context["put_aside"].borrower_name == "李桂英"
    _lend(stocked, "乙", title=1)
    lending = f"{DESK}?title={stocked.titles[1].entry_id}"
    refused = _hand_out(browser, lending, borrower_name="路人")
    assert list(refused.context["form"].errors) == ["queue_reason"]
    listing = browser.get(reverse("distribution:reservations"))
    assert [row.borrower_name for row in listing.context["listing"].page] == ["李桂英"]
    row = Reservation.objects.get()
    assert browser.post(reverse("distribution:reservation-cancel", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert loan.quantity == 2


def test_a_loan_is_renewed_or_says_why_not_and_a_mistake_is_undone(
    stocked: StockedRound, browser: Client
) -> None:
    loan = _lend(stocked, "王小明", due_on=clock.today())
    page = reverse("distribution:loan", args=[loan.pk])
    assert not browser.get(page).context["renewal"].is_ready
    set_lending_terms(actor=stocked.admin, at=clock.now(), point=stocked.point, loan_days=10, renewals=1)
    assert browser.get(page).context["renewal"].is_ready
    renew = reverse("distribution:loan-renew", args=[loan.pk])
    browser.post(renew, {"request_key": "k"})
    browser.post(renew, {"request_key": "other"})
    loan.refresh_from_db()
    assert (loan.renewals, loan.due_on) == (1, clock.today() + timedelta(days=10))
    undo = reverse("distribution:loan-undo", args=[loan.pk])
    assert browser.post(undo, {"undo-reason": " "}).status_code == 422
    assert browser.post(undo, {"undo-reason": "登记错误"}).status_code == 302
    assert browser.get(page).status_code == 200
    assert list(browser.get(reverse("distribution:register-loans")).context["listing"].page) == []


def test_the_desk_takes_as_many_queries_for_one_row_as_for_many(
    stocked: StockedRound, browser: Client
) -> None:
    set_lending_terms(actor=stocked.admin, at=clock.now(), point=stocked.point, loan_days=30, hold_days=5)
    pages = [
        DESK,
        f"{DESK}?do=return",
        f"{DESK}?title={stocked.entry.pk}",
        f"{DESK}?q=入门",
        "/reservations/",
        "/desk/labels/",
        "/desk/class/",
    ]

    def one_more(number: int) -> None:
        more = delivered_round(stocked.network, {f"入门{number}": 4})
        _lend(more, f"读者{number}")
        reserve(
            actor=stocked.desk,
            at=clock.now(),
            point=stocked.point,
            entry=more.entry,
            borrower_name=f"等候{number}",
        )

    def queries() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as found:
                assert browser.get(page).status_code == 200
            counts.append(len(found))
        return counts

    _lend(stocked, "王小明")
    one_more(0)
    queries()
    with_one = queries()
    for number in range(1, 6):
        one_more(number)
    assert queries() == with_one


# --- labels


def test_labels_lie_on_the_sheet_that_is_at_hand(stocked: StockedRound, browser: Client) -> None:
    page = browser.get("/desk/labels/")
    assert [(lot.pk, box.value()) for lot, box in page.context["form"].of_lots()] == [
        (stocked.lots[1].pk, 3),
        (stocked.lots[0].pk, 5),
    ]
    sheet = {
        f"lot_{stocked.lots[0].pk}": "20",
        f"lot_{stocked.lots[1].pk}": "5",
        "sheet": "3x8",
        "start": "1",
    }
    printed = browser.get("/desk/labels/", sheet)
    assert printed["Content-Type"] == "application/pdf"
    pages = pdf_pages(printed.content)
    assert len(pages) == 2  # 25 labels, 24 on a sheet
    assert sum(text.count(stocked.lots[0].code) for text in pages) == 20
    assert "智能手机入门" in pages[0]
    assert stocked.point.name in pages[0]
    assert len(pdf_pages(browser.get("/desk/labels/", {**sheet, "start": "24"}).content)) == 2
    own = {
        **sheet,
        "sheet": "own",
        "columns": "5",
        "rows": "13",
        "margin_top": "10",
        "margin_left": "5",
        "gap_x": "2",
    }
    assert len(pdf_pages(browser.get("/desk/labels/", own).content)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"sheet": "own", "columns": "10", "rows": "30"},
        {"sheet": "own", "columns": "3", "rows": "8", "margin_left": "100"},
        {"start": "25"},
        {"sheet": "?"},
        {"columns": "x"},
    ],
)
def test_labels_that_nobody_could_read_are_refused(
    stocked: StockedRound, browser: Client, wrong: dict[str, str]
) -> None:
    asked = {f"lot_{stocked.lot.pk}": "2", "sheet": "3x8", "start": "1", **wrong}
    assert browser.get("/desk/labels/", asked).status_code == 422


def test_labels_of_a_parcel_and_of_nothing(stocked: StockedRound, browser: Client) -> None:
    other = delivered_round(stocked.network, (2,))
    of_parcel = browser.get("/desk/labels/", {"shipment": other.shipments[0].pk}).context["lots"]
    assert [lot.pk for lot in of_parcel] == [other.lot.pk]
    nothing = {f"lot_{lot.pk}": "0" for lot in stocked.lots} | {"sheet": "3x8"}
    assert browser.get("/desk/labels/", nothing | {f"lot_{other.lot.pk}": "0"}).status_code == 422
    assert browser.get("/desk/labels/", {"lot": "x", "title": "9" * 30}).status_code == 200


# --- class lists


def _sheet(*rows: list[object]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名*", "领取人身份", "数量"])
    for row in rows:
        book.worksheets[0].append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("一班.xlsx", content.getvalue())


def _send(stocked: StockedRound, browser: Client, *rows: list[object], titles: int = 2, **more: str) -> Any:
    sent = {
        "class_name": "书画一班",
        "titles": [title.entry_id for title in stocked.titles[:titles]],
        "sheet": _sheet(*rows),
        "issued_on": clock.today().isoformat(),
        **more,
    }
    return browser.post(reverse("distribution:class-list"), sent)


def test_a_class_gets_every_title_in_one_go(stocked: StockedRound, browser: Client) -> None:
    blank = browser.get(reverse("distribution:class-list-blank"))
    assert blank.content.startswith(b"PK")
    assert _send(stocked, browser, ["王小明"], ["李老师", "教师", 1]).status_code == 302
    assert sorted(
        Issue.objects.values_list("title__entry__title", "recipient_name", "audience", "class_name")
    ) == [
        ("书法入门", "李老师", "teacher", "书画一班"),
        ("书法入门", "王小明", "learner", "书画一班"),
        ("智能手机入门", "李老师", "teacher", "书画一班"),
        ("智能手机入门", "王小明", "learner", "书画一班"),
    ]
    assert check_ledger().is_sound
    assert retention_violations() == 0


def test_when_one_title_is_short_nobody_gets_anything(stocked: StockedRound, browser: Client) -> None:
    before = everything_written()
    answer = _send(stocked, browser, ["甲"], ["乙"], ["丙"])
    assert answer.status_code == 422
    assert "书法入门" in str(answer.context["form"].non_field_errors())
    assert everything_written() == before


def test_faults_of_a_class_list_are_named_and_the_table_comes_back(
    stocked: StockedRound, browser: Client
) -> None:
    before = everything_written()
    answer = _send(stocked, browser, ["甲", "校长"], [None, "教师", 1], ["丙", None, 0])
    assert [fault.place for fault in answer.context["faults"]] == ["B2", "A3", "C4"]
    marked = browser.get(answer.context["marked_url"])
    assert b"".join(marked.streaming_content).startswith(b"PK")
    assert everything_written() == before


def test_a_class_list_takes_equally_many_statements_for_three_and_for_thirty(stocked: StockedRound) -> None:
    many = delivered_round(stocked.network, (90,), at=clock.now() - timedelta(days=2))
    counts = []
    for people in (3, 30):
        with CaptureQueriesContext(connection) as queries:
            issue_to_class(
                actor=stocked.desk,
                at=clock.now(),
                point=stocked.point,
                class_name="一班",
                gifts=[Gift(many.entry.pk, f"学员{n}", Audience.LEARNER) for n in range(people)],
            )
        counts.append(len(queries))
    assert counts[1] <= counts[0]  # the first also makes the place of issued copies
    assert Issue.objects.count() == 33


def test_a_class_list_shares_copies_of_several_lots_out_to_the_last(stocked: StockedRound) -> None:
    newer = delivered_round(
        stocked.network, (4,), entries=[stocked.entry], at=clock.now() - timedelta(days=2)
    )
    frame: dict[str, Any] = {
        "actor": stocked.desk,
        "at": clock.now(),
        "point": stocked.point,
        "class_name": "一班",
    }
    gifts = [Gift(stocked.entry.pk, name, Audience.LEARNER, 2) for name in ("甲", "乙", "丙")]
    issue_to_class(**frame, gifts=gifts)
    assert list(Issue.objects.order_by("pk").values_list("recipient_name", "lot_id", "quantity")) == [
        ("甲", stocked.lot.pk, 2),
        ("乙", stocked.lot.pk, 2),
        ("丙", newer.lot.pk, 2),
    ]
    with pytest.raises(NotEnoughCopies):
        issue_to_class(**frame, gifts=gifts)
    for wrong in (
        {"gifts": []},
        {"class_name": " "},
        {"gifts": [Gift(stocked.entry.pk, " ", Audience.LEARNER)]},
    ):
        with pytest.raises(Invalid):
            issue_to_class(**{**frame, "gifts": gifts, **wrong})
    with pytest.raises(NotAllowed):
        issue_to_class(**{**frame, "actor": stocked.network.office_admin}, gifts=gifts)
