"""The pages of stock-taking: on a phone, on paper, in a table, by two people, and the second person's press."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories.asking import queries_of
from tests.factories.distribution_counts import lines_by_place, stocktake_in
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.models import StockBalance, Stocktake, StocktakeLine
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.distribution.queries.stocktaking import waiting_above
from lianxue.kernel import clock
from lianxue.kernel.pages import HOME

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def stocked(network: Network) -> StockedRound:
    return delivered_round(network, {"智能手机入门": 4, "书法入门": 1}, at=clock.now())


def _begun(stocked: StockedRound) -> Stocktake:
    return begin_stocktake(actor=stocked.desk, at=clock.now(), point=stocked.point)


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def waiting(stocked: StockedRound, actor: object) -> list[str]:
    source = HOME["distribution.stocktaking"]
    return [item.url for item in source.waiting(actor, clock.now())]


def test_one_after_another_on_a_phone_until_the_second_person_has_entered_it(stocked: StockedRound) -> None:
    phone = client_for(stocked.desk)
    row_url = phone.post(_url("stocktake-begin")).url
    row = Stocktake.objects.get()
    assert row_url == _url("stocktake", row.pk)
    assert waiting(stocked, stocked.desk) == [row_url]
    lines = {place: line.pk for place, line in lines_by_place(row).items()}
    at = phone.get(_url("stocktake-next", row.pk)).url
    visited = []
    for _ in range(3):
        pk = int(at.rstrip("/").rsplit("/", 1)[-1])
        visited.append(pk)
        page = phone.get(at)
        assert page.context["typed"] is None
        good = 2 if pk == lines["shelf", stocked.lot.pk] else 1  # one copy of three is gone from the store
        at = phone.post(at, {f"counted_{pk}": good, f"was_{pk}": "", f"wasdamaged_{pk}": "0"}).url
    assert sorted(visited) == sorted(lines.values())
    assert at == _url("stocktake-line", row.pk, visited[-1]), "what differs is looked at once more"
    assert phone.get(at).context["line"].difference == -1
    pk = visited[-1]
    done = phone.post(
        at, {f"counted_{pk}": "2", f"was_{pk}": "2", "reason": "整理时不见", "confirmed": "yes"}
    )
    assert done.url == row_url
    phone.post(_url("stocktake-hand-over", row.pk), {f"reason_{pk}": "整理时不见"})
    row.refresh_from_db()
    assert row.state == "counted"
    assert (waiting(stocked, stocked.desk), waiting(stocked, stocked.admin)) == ([], [row_url])
    assert not phone.get(row_url).context["settle"]
    office = client_for(stocked.network.office_admin)
    assert office.get(row_url).status_code == 200
    assert office.post(_url("stocktake-settle", row.pk)).url == row_url
    assert Stocktake.objects.get().state == "counted"
    client_for(stocked.admin).post(_url("stocktake-settle", row.pk), follow=True)
    assert Stocktake.objects.get().state == "settled"
    there = StockBalance.objects.filter(lot=stocked.lot).exclude(quantity=0)
    assert dict(there.values_list("place__kind", "quantity")) == {"shelf": 2, "display": 1, "lost": 1}


def test_a_number_typed_on_the_list_is_kept_at_once_and_told_what_the_books_have(
    stocked: StockedRound,
) -> None:
    row = _begun(stocked)
    line = lines_by_place(row)["shelf", stocked.lot.pk]
    first, second = client_for(stocked.desk), client_for(stocked.admin)
    url = _url("stocktake-line-save", row.pk, line.pk)
    typed = {f"counted_{line.pk}": "2", f"was_{line.pk}": "", f"wasdamaged_{line.pk}": "0"}
    answer = first.post(url, typed)
    assert answer.status_code == 200
    assert f'name="was_{line.pk}" value="2"' in answer.content.decode()
    clash = second.post(url, {**typed, f"counted_{line.pk}": "3"})
    assert clash.status_code == 422
    assert str(stocked.desk.person_name) in clash.content.decode()
    assert StocktakeLine.objects.get(pk=line.pk).counted == 2
    knowing = second.post(url, {**typed, f"counted_{line.pk}": "3", f"was_{line.pk}": "2"})
    assert knowing.status_code == 200
    assert StocktakeLine.objects.get(pk=line.pk).counted == 3
    for bad in ("x", "-1", "1.5", "9" * 30):
        assert first.post(url, {f"counted_{line.pk}": bad}).status_code == 422
    assert StocktakeLine.objects.get(pk=line.pk).counted == 3


def test_saving_a_page_leaves_alone_what_somebody_else_counted_meanwhile(stocked: StockedRound) -> None:
    row = _begun(stocked)
    shelf, display = (lines_by_place(row)[kind, stocked.lot.pk] for kind in ("shelf", "display"))
    page = {f"was_{line.pk}": "" for line in (shelf, display)} | {
        f"counted_{line.pk}": "" for line in (shelf, display)
    }
    client_for(stocked.admin).post(_url("stocktake-save", row.pk), {**page, f"counted_{shelf.pk}": "3"})
    client_for(stocked.desk).post(_url("stocktake-save", row.pk), {**page, f"counted_{display.pk}": "0"})
    counted = {line.pk: line.counted for line in row.lines.all()}
    assert (counted[shelf.pk], counted[display.pk]) == (3, 0)
    before = everything_written()
    answer = client_for(stocked.desk).post(
        _url("stocktake-save", row.pk), {**page, f"counted_{shelf.pk}": "x"}
    )
    assert (answer.status_code, everything_written()) == (422, before)
    assert 'value="x"' in answer.content.decode()


def test_scanning_a_label_jumps_to_its_lot(stocked: StockedRound) -> None:
    row = _begun(stocked)
    phone = client_for(stocked.desk)
    line = lines_by_place(row)["display", stocked.lots[1].pk]
    for code in (f"L{line.lot_id}", f" l{line.lot_id} ", f"https://lianxue.example/x/L{line.lot_id}"):
        found = phone.get(_url("stocktake-find", row.pk), {"code": code})
        assert found.url == _url("stocktake-line", row.pk, line.pk)
    StocktakeLine.objects.filter(pk=line.pk).delete()
    add = phone.get(_url("stocktake-find", row.pk), {"code": f"L{line.lot_id}"}).url
    assert add == _url("stocktake-add", row.pk, line.lot_id)
    assert phone.get(add).status_code == 200
    phone.post(add, {"kind": "shelf"})
    assert row.lines.get(lot=line.lot_id).kind == "shelf"
    foreign = delivered_round(stocked.network, (1,), points=stocked.network.points[1:2]).lot
    for code in (f"L{foreign.pk}", "L0", "x", ""):
        assert phone.get(_url("stocktake-find", row.pk), {"code": code}).url == _url("stocktake", row.pk)


def test_the_list_on_paper_and_the_filled_table_taken_in(stocked: StockedRound) -> None:
    row = _begun(stocked)
    desk = client_for(stocked.desk)
    assert desk.get(_url("stocktake-paper", row.pk)).content.startswith(b"%PDF")
    book = load_workbook(BytesIO(desk.get(_url("stocktake-table", row.pk)).content))
    sheet = book.worksheets[0]
    assert sheet.max_row == 4
    for number, (counted, reason) in enumerate([(1, ""), (0, "借出未登记"), (None, "")], start=2):
        sheet.cell(number, 4).value, sheet.cell(number, 6).value = counted, reason

    def send() -> int:
        target = BytesIO()
        book.save(target)
        file = SimpleUploadedFile("count.xlsx", target.getvalue())
        return desk.post(_url("stocktake-import", row.pk), {"sheet": file}).status_code

    assert send() == 302
    kept = list(row.lines.filter(counted__isnull=False).order_by("kind", "title__entry__title", "lot_id"))
    assert [line.counted for line in kept] == [1, 0]
    assert [line.reason for line in kept] == ["", "借出未登记"]
    assert send() == 302, "the same once more changes nothing and is no fault"
    sheet.cell(3, 4).value = 1
    sheet.cell(4, 2).value = "L999999"
    before = everything_written()
    assert (send(), everything_written()) == (422, before)


def test_a_single_copy_is_reported_from_the_page_of_its_title(stocked: StockedRound) -> None:
    desk = client_for(stocked.desk)
    page = desk.get(_url("title-stock", stocked.point.pk, stocked.entry.pk)).content.decode()
    url = _url("report-copies", stocked.lot.pk)
    assert url in page
    words = {"fate": "damaged", "kind": "shelf", "quantity": "1", "reason": "进水"}
    assert desk.post(url, {**words, "reason": ""}).status_code == 422
    assert desk.post(url, {**words, "quantity": "9"}).status_code == 422
    assert desk.post(url, words).url == _url("stocktake", Stocktake.objects.get().pk)
    assert Stocktake.objects.get().lines.get().damaged == 1


def test_lists_ask_as_often_for_one_as_for_many(network: Network) -> None:
    first = delivered_round(network, {"一": 2}, at=clock.now())
    row = stocktake_in(first, "settled", at=clock.now())
    point, college = client_for(first.admin), client_for(network.actor(network.colleges[0]))
    urls = [(point, _url("stocktakes")), (college, _url("stocktakes")), (point, _url("stocktake", row.pk))]
    with_one = [queries_of(client, url) for client, url in urls]
    delivered_round(network, {f"资源{n}": 3 for n in range(6)}, at=clock.now())
    many = stocktake_in(first, "settled", at=clock.now())
    second = delivered_round(network, {"二": 2}, points=network.points[1:2], at=clock.now())
    stocktake_in(second, "counted", at=clock.now())
    urls[2] = (point, _url("stocktake", many.pk))
    assert [queries_of(client, url) for client, url in urls] == with_one
    begun = _begun(first)
    assert queries_of(point, _url("stocktake", begun.pk)) <= with_one[2] + 2


def test_what_waits_above_is_what_nobody_at_the_point_can_settle(network: Network) -> None:
    college = network.actor(network.colleges[0])
    stocked = delivered_round(network, (2,), at=clock.now())
    stocktake_in(stocked, "counted", at=clock.now())
    assert waiting_above(college, clock.today()) == []  # the administrator of the point can
    alone = delivered_round(network, (2,), points=network.points[1:2], at=clock.now())
    row = begin_stocktake(actor=alone.admin, at=clock.now(), point=alone.point)
    Stocktake.objects.filter(pk=row.pk).update(
        state="counted", counted_at=clock.now(), counted_by=alone.admin.person_id
    )
    assert [one.pk for one in waiting_above(college, clock.today())] == [row.pk]
    assert waiting_above(network.actor(network.colleges[1]), clock.today()) == []
    assert waiting(stocked, college) == [_url("stocktake", row.pk)]
