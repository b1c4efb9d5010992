"""Every page of fulfilment as each kind of person meets it: what opens, what answers 404, what a press changes."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round, dispatched_round, packed_round
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.enums import Audience, LoanState, ReportState, ShipmentState
from lianxue.distribution.models import (
    DisplayCorner,
    DisplayPhoto,
    EffectReport,
    Issue,
    Loan,
    Receipt,
    Shipment,
)
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.display.corner import set_up_corner
from lianxue.distribution.operations.display.photographs import add_display_photo
from lianxue.kernel import clock
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

TEXTS = {"recipients": "学员", "forms": "借阅", "effects": "很好", "suggestions": "更多"}


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(content, "JPEG")
    return SimpleUploadedFile("corner.jpg", content.getvalue(), "image/jpeg")


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def stocked(network: Network) -> StockedRound:
    return delivered_round(network, {"智能手机入门": 4, "书法入门": 1}, at=clock.now() - timedelta(days=20))


def one_of_everything(stocked: StockedRound) -> None:
    """Lend one copy and issue another."""
    at, admin = clock.now(), stocked.admin
    desk: dict[str, Any] = {"actor": admin, "at": at, "point": stocked.point, "entry": stocked.entry}
    lend(**desk, borrower_name="王小明", borrower_phone="13812345678")
    issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)


def test_what_does_not_exist_answers_404_like_what_is_foreign(stocked: StockedRound) -> None:
    browser = client_for(stocked.admin)
    for name, arguments in {
        "shipment": [999_999],
        "receive": [999_999],
        "corner": [999_999],
        "photo": [10**30],
        "loan": [999_999],
        "issue": [999_999],
        "report": [10**20],
        "report-write": [1999],
        "point-stock": [999_999],
        "title-stock": [stocked.point.pk, 999_999],
        "trace": [999_999],
        "scan": ["no-such-token"],
        "register-loans-file": ["exe"],
        "desk-lend": [999_999],
    }.items():
        address = reverse(f"distribution:{name}", args=arguments)
        answer = browser.post(address) if name == "desk-lend" else browser.get(address)
        assert answer.status_code == 404, name


LISTS = {
    "admin": ["shipments", "desk", "register-loans", "register-issues", "stock"],
    "office": ["stock", "shipments", "photos", "reports", "register-loans"],
}


def _queries_of_lists(browsers: dict[str, Client]) -> dict[tuple[str, str], int]:
    counts = {}
    for person, names in LISTS.items():
        for name in names:
            with CaptureQueriesContext(connection) as queries:
                answer = browsers[person].get(reverse(f"distribution:{name}"))
            assert answer.status_code == 200
            counts[person, name] = len(queries)
    return counts


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(network: Network) -> None:
    def one_more(number: int) -> None:
        stocked = delivered_round(network, {f"资源{number}": 6}, points=network.points[:2])
        at = clock.now()
        for shipment in stocked.shipments:
            admin = network.actor(shipment.point)
            desk: dict[str, Any] = {
                "actor": admin,
                "at": at,
                "point": shipment.point,
                "entry": stocked.entry,
            }
            lend(**desk, borrower_name=f"读者{number}")
            issue(**desk, recipient_name=f"学员{number}", audience=Audience.LEARNER)
            set_up_corner(actor=admin, at=at, point=shipment.point, location="二楼")
            receipt = shipment.receipt
            add_display_photo(actor=admin, at=at, point=shipment.point, upload=picture(), receipt=receipt)

    browsers = {
        "admin": client_for(network.actor(network.points[0])),
        "office": client_for(network.office_admin),
    }
    one_more(0)
    _queries_of_lists(browsers)
    with_one = _queries_of_lists(browsers)
    for number in range(1, 6):
        one_more(number)
    assert _queries_of_lists(browsers) == with_one


def test_a_supplier_sends_one_and_then_all_the_others(network: Network) -> None:
    packed = packed_round(network, (2,), points=network.points)
    browser = client_for(network.supplier_clerk)
    first = packed.shipments[0]
    sent = browser.post(reverse("distribution:dispatch", args=[first.pk]), {"carrier_note": "顺丰 12"})
    assert sent.url == reverse("distribution:shipment", args=[first.pk])
    first.refresh_from_db()
    assert (first.state, first.carrier_note) == (ShipmentState.DISPATCHED, "顺丰 12")
    chosen = {
        "chosen": [packed.shipments[1].pk, packed.shipments[2].pk],
        "act": "dispatch",
        "request_key": "k",
    }
    many = reverse("distribution:shipments-many")
    for _ in range(2):
        assert browser.post(many, chosen, follow=True).status_code == 200
    assert Shipment.objects.filter(state=ShipmentState.DISPATCHED).count() == 3
    browser.post(many, {"which": "all", "act": "dispatch", "carrier_note": "物流"})
    assert not Shipment.objects.filter(state=ShipmentState.PREPARING).exists()


def test_a_supplier_prints_the_notes_of_what_is_to_be_packed(network: Network) -> None:
    packed = packed_round(network, (2,), points=network.points[:2])
    browser = client_for(network.supplier_clerk)
    answer = browser.post(reverse("distribution:shipments-many"), {"which": "all", "act": "print"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    none = browser.post(
        reverse("distribution:shipments-many"), {"act": "print", "chosen": ["x", "-1", "9" * 40]}
    )
    assert none.status_code == 302
    assert packed.shipments[0].state == ShipmentState.PREPARING


def test_nobody_sends_what_is_anothers_to_send(network: Network) -> None:
    packed = packed_round(network, (2,))
    other = everybody(network)["T"]
    before = everything_written()
    browser = client_for(other)
    assert browser.post(reverse("distribution:dispatch", args=[packed.shipments[0].pk])).status_code == 404
    chosen = {"chosen": [packed.shipments[0].pk], "act": "dispatch"}
    browser.post(reverse("distribution:shipments-many"), chosen)
    browser.post(reverse("distribution:shipments-many"), {"which": "all", "act": "dispatch"})
    assert everything_written() == before


def test_a_parcel_is_opened_by_its_code_and_checked_with_one_press(network: Network) -> None:
    sent = dispatched_round(network, (3, 2))
    shipment = sent.shipments[0]
    browser = client_for(sent.desk)
    receive = reverse("distribution:receive", args=[shipment.pk])
    scan = reverse("distribution:scan", args=[shipment.token])
    assert browser.get(scan).url == receive
    assert Client().get(scan).status_code == 302
    assert client_for(network.actor(network.points[1])).get(scan).status_code == 404
    for _ in range(2):
        done = browser.post(receive, {"all_good": "yes", "request_key": "k"})
        assert done.url == reverse("distribution:shipment", args=[shipment.pk])
    assert [line.good for line in Receipt.objects.get().lines.all()] == [3, 2]
    assert browser.get(scan).url == reverse("distribution:shipment", args=[shipment.pk])


def test_what_does_not_add_up_comes_back_with_what_was_typed(network: Network) -> None:
    sent = dispatched_round(network, (3, 2))
    first, second = sent.lots
    address = reverse("distribution:receive", args=[sent.shipments[0].pk])
    typed = {
        f"damaged_{first.pk}": "3",
        f"missing_{first.pk}": "1",
        f"damaged_{second.pk}": "1",
        f"missing_{second.pk}": "",
        "note": "外包装破损",
    }
    browser = client_for(sent.admin)
    answer = browser.post(address, typed)
    assert answer.status_code == 422
    assert not Receipt.objects.exists()
    assert "外包装破损" in answer.content.decode()
    assert list(answer.context["form"].errors) == [f"damaged_{first.pk}"]
    assert browser.post(address, {**typed, f"damaged_{first.pk}": "0"}).status_code == 302
    shipment = client_for(network.office_admin).get(reverse("distribution:shipments"), {"state": "faulty"})
    assert [row.missing for row in shipment.context["listing"].page] == [1]


@pytest.mark.parametrize("bad", ["x", "-1", "999999999999999999999", "1.5"])
def test_numbers_that_are_none_are_refused_and_nothing_is_written(network: Network, bad: str) -> None:
    sent = dispatched_round(network, (3,))
    before = everything_written()
    lot = sent.lot.pk
    address = reverse("distribution:receive", args=[sent.shipments[0].pk])
    typed = {f"damaged_{lot}": bad, f"missing_{lot}": "0", f"surplus_{lot}": "0"}
    assert client_for(sent.admin).post(address, typed).status_code == 422
    assert everything_written() == before


def test_the_corner_is_set_up_photographed_and_arranged_anew(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    assert browser.get(reverse("distribution:corner-own")).url == reverse("distribution:corner-set-up")
    add = reverse("distribution:photo-add")
    assert browser.get(add).url.startswith(reverse("distribution:corner-set-up"))
    assert browser.post(reverse("distribution:corner-set-up"), {"location": ""}).status_code == 422
    browser.post(reverse("distribution:corner-set-up"), {"location": "二楼东侧"})
    receipt = stocked.shipments[0].receipt
    assert browser.post(add, {"pictures": picture(), "receipt": receipt.pk}).status_code == 302
    assert DisplayPhoto.objects.get().receipt == receipt
    not_a_picture = SimpleUploadedFile("a.jpg", b"hello", "image/jpeg")
    assert browser.post(add, {"pictures": not_a_picture}).status_code == 422
    assert browser.post(add, {}).status_code == 422
    browser.post(reverse("distribution:corner-refresh"))
    assert DisplayCorner.objects.get().refreshed_on == clock.today()
    for paper in ("a4", "a3"):
        sign = browser.get(reverse("distribution:corner-sign", args=[paper]))
        assert sign.content.startswith(b"%PDF")


def test_a_book_is_found_lent_and_taken_back_at_the_desk(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    desk = reverse("distribution:desk")
    for text in ("手机", stocked.lot.code, stocked.lot.code.lower(), stocked.entry.code):
        found = browser.get(desk, {"q": text})
        assert found.context["chosen"].entry == stocked.entry, text
    form = browser.get(desk, {"title": stocked.entry.pk}).context["form"]
    assert (form.initial["lent_on"], form.initial["due_on"]) == (clock.today(), None)
    sent = {
        "borrower_name": "王小明",
        "quantity": "1",
        "lent_on": f"{clock.today():%Y-%m-%d}",
        "request_key": "k",
    }
    for _ in range(2):
        lent = browser.post(reverse("distribution:desk-lend", args=[stocked.entry.pk]), sent)
        assert lent.url == desk
    loan = Loan.objects.get()
    assert [row.pk for row in browser.get(desk, {"q": "小明"}).context["loans"]] == [loan.pk]
    browser.post(reverse("distribution:loan-return", args=[loan.pk]))
    loan.refresh_from_db()
    assert (loan.state, loan.returned_on) == (LoanState.RETURNED, clock.today())


def test_the_desk_says_when_only_the_displayed_copy_is_left(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    shown = browser.get(reverse("distribution:desk"), {"title": stocked.titles[1].entry_id})
    assert shown.context["free"] == 0
    address = reverse("distribution:desk-lend", args=[stocked.titles[1].entry_id])
    sent = {"borrower_name": "王小明", "quantity": "1", "lent_on": f"{clock.today():%Y-%m-%d}"}
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    assert not Loan.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"borrower_name": ""},
        {"borrower_name": "长" * 80},
        {"quantity": "0"},
        {"quantity": "x"},
        {"quantity": "99999999999"},
        {"lent_on": "31/12/2026"},
        {"lent_on": ""},
        {"lent_on": "9999-12-31"},
        {"lent_on": "1900-01-01"},
        {"due_on": "1900-01-01"},
        {"due_on": "9999-12-31"},
        {"borrower_phone": "12"},
        {"borrower_name": "a\x00b"},
    ],
)
def test_what_cannot_be_typed_at_the_desk_comes_back_and_writes_nothing(
    stocked: StockedRound, changes: dict[str, str]
) -> None:
    before = everything_written()
    sent = {"borrower_name": "王小明", "quantity": "1", "lent_on": f"{clock.today():%Y-%m-%d}", **changes}
    answer = client_for(stocked.desk).post(reverse("distribution:desk-lend", args=[stocked.entry.pk]), sent)
    assert answer.status_code == 422
    assert everything_written() == before


def test_copies_are_issued_and_a_mistake_is_undone(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    sent = {
        "recipient_name": "李老师",
        "audience": "teacher",
        "quantity": "2",
        "issued_on": f"{clock.today():%Y-%m-%d}",
    }
    address = reverse("distribution:desk-issue", args=[stocked.entry.pk])
    assert browser.post(address, {**sent, "audience": "king"}).status_code == 422
    browser.post(address, sent)
    row = Issue.objects.get()
    page = reverse("distribution:issue", args=[row.pk])
    assert browser.post(page, {"reason": " "}).status_code == 422
    browser.post(page, {"reason": "登记错误"})
    row.refresh_from_db()
    assert row.undone_reason == "登记错误"
    assert browser.post(page, {"reason": "再一次"}).status_code == 422


def test_a_telephone_is_masked_until_a_reason_is_given(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    loan = lend(
        actor=stocked.desk,
        at=clock.now(),
        point=stocked.point,
        entry=stocked.entry,
        borrower_name="王小明",
        borrower_phone="13812345678",
    )
    page = reverse("distribution:loan", args=[loan.pk])
    assert "138****5678" in browser.get(page).content.decode()
    phone = reverse("distribution:loan-phone", args=[loan.pk])
    assert "13812345678" not in browser.post(phone, {"phone-reason": ""}).content.decode()
    assert "13812345678" in browser.post(phone, {"phone-reason": "逾期催还"}).content.decode()
    college = client_for(stocked.network.actor(stocked.network.colleges[0])).get(page).content.decode()
    assert "王小明" not in college
    assert "5678" not in college
    assert "王**" in college


def test_a_loan_is_reported_lost_for_a_reason(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    loan = lend(
        actor=stocked.desk, at=clock.now(), point=stocked.point, entry=stocked.entry, borrower_name="王小明"
    )
    lost = reverse("distribution:loan-lost", args=[loan.pk])
    assert browser.post(lost, {"loss-reason": ""}).status_code == 422
    assert browser.post(lost, {"loss-reason": "读者遗失"}).status_code == 302
    back = reverse("distribution:loan-return", args=[loan.pk])
    assert browser.post(back, {"returned_on": "1999-01-01"}).status_code == 422
    assert browser.post(back, {"returned_on": "no day"}).status_code == 422
    loan.refresh_from_db()
    assert loan.state == LoanState.LOST


def test_the_registers_filter_mask_and_print(stocked: StockedRound) -> None:
    one_of_everything(stocked)
    own, college = client_for(stocked.admin), client_for(stocked.network.actor(stocked.network.colleges[0]))
    for name, who, field in (("loans", "王小明", "title"), ("issues", "李老师", "title")):
        address = reverse(f"distribution:register-{name}")
        assert who in own.get(address).content.decode()
        masked = college.get(address).content.decode()
        assert who not in masked
        assert who[0] + "**" in masked
        assert list(own.get(address, {"q": who}).context["listing"].page)
        assert not list(college.get(address, {"q": who}).context["listing"].page)
        assert not list(own.get(address, {"q": "没有这样的书"}).context["listing"].page)
        assert list(
            own.get(address, {"year": clock.today().year, "sort": f"-{field}"}).context["listing"].page
        )
        assert own.get(address, {"year": "abc", "state": "?", "page": "x", "sort": "?"}).status_code == 200
        for ending, magic in (("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")):
            file = own.get(reverse(f"distribution:register-{name}-file", args=[ending]))
            assert file.content.startswith(magic)
            assert "attachment" in file["Content-Disposition"]


def test_a_copy_is_put_on_display_and_taken_off(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    move = reverse("distribution:rearrange", args=[stocked.lot.pk])
    title = reverse("distribution:title-stock", args=[stocked.point.pk, stocked.entry.pk])

    def there() -> tuple[int, int]:
        lot = browser.get(title).context["title"].lots[0]
        return lot.shelf, lot.display

    assert there() == (3, 1)
    browser.post(move, {"to": "corner"})
    assert there() == (2, 2)
    for _ in range(2):
        browser.post(move, {"to": "store"})
    assert there() == (3, 1)


def test_stock_is_summed_by_point_and_by_title(stocked: StockedRound) -> None:
    one_of_everything(stocked)
    office = client_for(stocked.network.office_admin)
    row = office.get(reverse("distribution:stock")).context["listing"].page[0]
    assert (
        row.name,
        row.arrived,
        row.shelf,
        row.display,
        row.on_loan,
        row.issued,
        row.damaged,
        row.lost,
    ) == (
        stocked.point.name,
        5,
        1,
        2,
        1,
        1,
        0,
        0,
    )
    rows = (
        client_for(stocked.admin)
        .get(reverse("distribution:stock"), {"sort": "-arrived"})
        .context["listing"]
        .page
    )
    assert [(row.title, row.arrived, row.on_loan) for row in rows] == [
        ("智能手机入门", 4, 1),
        ("书法入门", 1, 0),
    ]
    for browser in (office, client_for(stocked.admin)):
        file = browser.get(reverse("distribution:stock"), {"export": "xlsx"})
        assert b"".join(file.streaming_content).startswith(b"PK")


def test_the_way_of_a_lot_is_drawn_from_dispatch_to_the_reader(stocked: StockedRound) -> None:
    one_of_everything(stocked)
    address = reverse("distribution:trace", args=[stocked.lot.pk])
    items = client_for(stocked.admin).get(address).context["items"]
    assert [item["state"] for item in items] == ["done", "done", "done", "done", "current", "done"]
    supplier = client_for(stocked.network.supplier_clerk).get(address)
    assert "王小明" not in supplier.content.decode()
    assert len(supplier.context["items"]) == 4


def _write(browser: Client, year: int, **texts: str) -> Any:
    return browser.post(reverse("distribution:report-write", args=[year]), {**TEXTS, "version": "0", **texts})


def test_a_report_is_written_handed_in_read_and_sent_back(stocked: StockedRound) -> None:
    year, browser = clock.today().year, client_for(stocked.admin)
    incomplete = _write(browser, year, effects="", then="submit")
    assert incomplete.status_code == 422
    report = EffectReport.objects.get()
    assert (report.state, report.recipients) == (ReportState.DRAFT, "学员")
    assert _write(browser, year, version="1", then="submit").status_code == 302
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    assert browser.get(reverse("distribution:report-write", args=[year])).status_code == 302
    college = client_for(stocked.network.actor(stocked.network.colleges[0]))
    back = reverse("distribution:report-return", args=[report.pk])
    assert college.post(back, {"reason": ""}).status_code == 422
    assert client_for(stocked.network.office_admin).post(back, {"reason": "不行"}).status_code == 422
    assert college.post(back, {"reason": "请补充"}).status_code == 302
    assert "请补充" in browser.get(reverse("distribution:reports")).content.decode()
    listing = college.get(reverse("distribution:reports"), {"state": "open", "year": "x"})
    assert {row.standing for row in listing.context["listing"].page} == {"returned", "missing"}
    sheet = college.get(reverse("distribution:reports"), {"export": "xlsx"})
    assert b"".join(sheet.streaming_content).startswith(b"PK")


def test_two_writers_see_both_texts(stocked: StockedRound) -> None:
    year, browser = clock.today().year, client_for(stocked.admin)
    _write(browser, year, effects="甲写的")
    clash = _write(browser, year, effects="乙写的")
    page = clash.content.decode()
    assert clash.status_code == 422
    assert "甲写的" in page
    assert "乙写的" in page
    assert EffectReport.objects.get().effects == "甲写的"
    assert clash.context["version"] == 1
    _write(browser, year, effects="甲写的，乙写的", version="1")
    assert EffectReport.objects.get().effects == "甲写的，乙写的"


def test_a_report_saves_itself_while_one_writes(stocked: StockedRound) -> None:
    year, browser = clock.today().year, client_for(stocked.admin)
    autosave = reverse("distribution:report-autosave", args=[year])
    first = browser.post(autosave, {"recipients": "学员", "version": "0"})
    assert first.context["version"] == 1
    assert EffectReport.objects.get().recipients == "学员"
    clash = browser.post(autosave, {"recipients": "别人", "version": "0"})
    assert clash.context["fault"]
    assert EffectReport.objects.get().recipients == "学员"
    assert browser.post(autosave, {"recipients": "长" * 10_001, "version": "1"}).context["fault"]


def test_the_loan_period_is_proposed_at_the_desk(stocked: StockedRound) -> None:
    browser = client_for(stocked.admin)
    terms = reverse("distribution:desk-terms")
    for wrong in ("0", "-1", "9999", "x"):
        for name in ("loan_days", "renewals", "hold_days", "notice_days"):
            assert browser.post(terms, {name: wrong}).status_code == 422, (name, wrong)
    browser.post(terms, {"loan_days": "30"})
    form = browser.get(reverse("distribution:desk"), {"title": stocked.entry.pk}).context["form"]
    assert form.initial["due_on"] == clock.today() + timedelta(days=30)


def test_searching_nonsense_is_harmless(stocked: StockedRound) -> None:
    browser = client_for(stocked.desk)
    for text in ("%", "_", "'", "L", "L99999999999999999999", "\x00", "长" * 500, "<script>"):
        assert browser.get(reverse("distribution:desk"), {"q": text}).status_code == 200, text
        assert browser.get(reverse("distribution:shipments"), {"q": text}).status_code == 200, text
        assert browser.get(reverse("distribution:register-loans"), {"q": text}).status_code == 200, text
    assert browser.get(reverse("distribution:desk"), {"title": "x"}).status_code == 200


def _home(actor: Actor) -> tuple[dict[str, int], int]:
    answer = client_for(actor).get("/")
    waiting = {str(item.title): item.count for item in answer.context["waiting"]}
    return waiting, len(answer.context["panels"])


def test_the_home_page_says_what_waits_for_whom(network: Network) -> None:
    packed_round(network, (2,), points=network.points[:2])
    sent = dispatched_round(network, (2,))
    old = delivered_round(network, (4,), at=clock.now() - timedelta(days=40))
    lend(
        actor=old.admin,
        at=clock.now(),
        point=old.point,
        entry=old.entry,
        borrower_name="王小明",
        lent_on=clock.today() - timedelta(days=30),
        backdated_reason="补录",
        due_on=clock.today() - timedelta(days=1),
    )
    sent.round.receive_until = clock.today() - timedelta(days=3)
    sent.round.save()
    assert sum(_home(network.supplier_clerk)[0].values()) == 2
    desk, panels = _home(old.desk)
    assert (sorted(desk.values()), panels >= 1) == ([1, 1, 1], True)
    assert _home(network.actor(network.colleges[0]))[0]
    assert _home(network.office_admin)[1] >= 2
