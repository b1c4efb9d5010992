"""Lists: order, pages and spreadsheets as the reader asks for them, whatever stands in the address."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.kernel.trial import AT, Note

from lianxue.kernel.pages import Column, Listing

COLUMNS = (
    Column("text", "Text", lambda note: note.key, "key"),
    Column("length", "Length", lambda note: len(note.key)),
    Column("who", "Who", lambda note: note.person_id, "person_id"),
)
TEXTS = ["c", "a", "bb", "=1+1", "d"]


@pytest.fixture(autouse=True)
def _some_notes(db: None) -> None:
    for number, text in enumerate(TEXTS):
        Note.objects.create(key=text, verb="note", at=AT, person_id=number // 2)


def listing(query: str = "", per_page: int = 2) -> Listing[Note]:
    return Listing(RequestFactory().get(f"/{query}"), Note.objects.all(), COLUMNS, per_page=per_page)


def texts(query: str = "", per_page: int = 20) -> list[str]:
    return [note.key for note in listing(query, per_page).page]


def test_order_is_stable_and_only_by_offered_columns() -> None:
    assert texts() == TEXTS
    assert texts("?sort=text") == ["=1+1", "a", "bb", "c", "d"]
    assert texts("?sort=-text") == ["d", "c", "bb", "a", "=1+1"]
    assert texts("?sort=-who") == ["d", "bb", "=1+1", "c", "a"]
    for odd in ("?sort=length", "?sort=password", "?sort=--text", "?sort=key", "?sort=", "?sort=text&sort=x"):
        assert texts(odd) == TEXTS, odd


def test_own_order_is_kept_until_another_is_asked_for() -> None:
    rows = Note.objects.order_by("-key")
    assert Listing(RequestFactory().get("/"), rows, COLUMNS).page[0].key == "d"


@pytest.mark.parametrize(
    ("asked", "shown"), [("1", 1), ("3", 3), ("0", 3), ("99", 3), ("x", 1), ("-1", 3), ("", 1)]
)
def test_wrong_page_numbers_give_a_near_page(asked: str, shown: int) -> None:
    assert listing(f"?page={asked}").page.number == shown


def test_headings_say_the_order_and_how_to_turn_it() -> None:
    text, length, who = listing("?q=x&sort=text&page=2").headings
    assert (text.direction, text.sort_query) == ("ascending", "?q=x&sort=-text")
    assert (length.direction, length.sort_query) == ("", "")
    assert (who.direction, who.sort_query) == ("", "?q=x&sort=who")
    assert listing("?sort=-text").headings[0].direction == "descending"
    assert listing("?sort=-text").headings[0].sort_query == "?sort=text"


def test_queries_keep_what_else_was_asked_for() -> None:
    asked = listing("?q=%E4%B9%A6&state=a&state=b&page=2&sort=text")
    assert asked.export_query == "?q=%E4%B9%A6&state=a&state=b&sort=text&export=xlsx"
    assert listing().export_query == "?export=xlsx"


def test_spreadsheet_has_all_rows_in_order_and_no_formula() -> None:
    asked = listing("?sort=text&export=xlsx")
    assert asked.export_asked
    assert not listing("?export=pdf").export_asked
    response = asked.export("记录 2026/3")
    assert "attachment" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response))).active  # type: ignore[arg-type]
    assert sheet is not None
    assert list(sheet.values) == [
        ("Text", "Length", "Who"),
        ("=1+1", 4, 1),
        ("a", 1, 0),
        ("bb", 2, 1),
        ("c", 1, 0),
        ("d", 1, 2),
    ]
    assert sheet["A2"].data_type == "s"


def test_page_costs_two_queries_however_many_rows() -> None:
    for count in (5, 50):
        Note.objects.filter(person_id__gt=100).delete()
        Note.objects.bulk_create(
            Note(key=str(number), verb="note", at=AT, person_id=1000 + number) for number in range(count)
        )
        with CaptureQueriesContext(connection) as queries:
            assert len(list(listing("?sort=text").page)) == 2
        assert len(queries) == 2
