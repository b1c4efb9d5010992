"""The display corner: where it is, arranged anew, photographed, and which copies stand in it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, client_for, small_network

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import CornerMissing, LastDisplayCopy, NotEnoughCopies
from lianxue.distribution.models import DisplayCorner, StockBalance
from lianxue.distribution.operations.display.corner import refresh_corner, set_up_corner
from lianxue.distribution.operations.display.photographs import add_display_photo
from lianxue.distribution.operations.display.place_on_display import place_on_display, take_off_display
from lianxue.distribution.queries.shipments import photos_seen, without_photo
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db

TODAY = local_date(AT)


def picture(name: str = "corner.jpg") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (4, 1))


def _set_up(stocked: StockedRound, location: str = "二楼大厅东侧") -> DisplayCorner:
    return set_up_corner(actor=stocked.desk, at=AT, point=stocked.point, location=location)


def test_a_corner_is_set_up_and_later_moved(stocked: StockedRound) -> None:
    first = _set_up(stocked)
    again = set_up_corner(
        actor=stocked.admin, at=AT, point=stocked.point, location=" 一楼 ", sign_posted_on=date(2026, 2, 1)
    )
    assert (again.pk, again.location, again.sign_posted_on) == (first.pk, "一楼", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("location", "sign_posted_on", "field"),
    [
        ("", None, "location"),
        ("  ", None, "location"),
        ("长" * 201, None, "location"),
        ("一楼", date(2026, 3, 3), "sign_posted_on"),
    ],
)
def test_a_corner_without_a_place_or_with_a_sign_of_tomorrow_is_refused(
    stocked: StockedRound, location: str, sign_posted_on: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_up_corner(
            actor=stocked.admin, at=AT, point=stocked.point, location=location, sign_posted_on=sign_posted_on
        )
    assert list(refused.value.fields) == [field]
    assert not DisplayCorner.objects.exists()


def test_arranging_anew_remembers_the_latest_day(stocked: StockedRound) -> None:
    with pytest.raises(CornerMissing):
        refresh_corner(actor=stocked.admin, at=AT, point=stocked.point)
    _set_up(stocked)
    assert refresh_corner(actor=stocked.admin, at=AT, point=stocked.point).refreshed_on == TODAY
    earlier = refresh_corner(
        actor=stocked.admin, at=AT, point=stocked.point, refreshed_on=TODAY - timedelta(9)
    )
    assert earlier.refreshed_on == TODAY
    with pytest.raises(Invalid):
        refresh_corner(actor=stocked.admin, at=AT, point=stocked.point, refreshed_on=TODAY + timedelta(1))


def test_a_photograph_answers_for_a_receipt_and_reaches_the_college(stocked: StockedRound) -> None:
    receipt = stocked.shipments[0].receipt
    assert [s.pk for s in without_photo(stocked.admin)] == [stocked.shipments[0].pk]
    with pytest.raises(CornerMissing):
        add_display_photo(actor=stocked.desk, at=AT, point=stocked.point, upload=picture(), receipt=receipt)
    _set_up(stocked)
    photo = add_display_photo(
        actor=stocked.desk, at=AT, point=stocked.point, upload=picture(), receipt=receipt, caption="新书上架"
    )
    assert not without_photo(stocked.admin).exists()
    who_sees = {letter: photo in photos_seen(actor) for letter, actor in everybody(stocked.network).items()}
    assert "".join(letter for letter, sees in who_sees.items() if sees) == "PDCO"


def test_a_photograph_must_be_a_picture_and_of_the_own_receipt(stocked: StockedRound) -> None:
    _set_up(stocked)
    other = delivered_round(stocked.network, points=stocked.network.points[1:2]).shipments[0].receipt
    before = everything_written()
    for upload in (SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg"), SimpleUploadedFile("a.jpg", b"")):
        with pytest.raises(Invalid):
            add_display_photo(actor=stocked.desk, at=AT, point=stocked.point, upload=upload)
    with pytest.raises(NotFound):
        add_display_photo(actor=stocked.desk, at=AT, point=stocked.point, upload=picture(), receipt=other)
    with pytest.raises(Invalid):
        add_display_photo(
            actor=stocked.desk, at=AT, point=stocked.point, upload=picture(), caption="长" * 121
        )
    assert everything_written() == before


def test_only_the_staff_of_the_point_touch_its_corner(stocked: StockedRound) -> None:
    _set_up(stocked)
    acts = {
        "set_up": lambda actor: set_up_corner(actor=actor, at=AT, point=stocked.point, location="一楼"),
        "refresh": lambda actor: refresh_corner(actor=actor, at=AT, point=stocked.point),
        "photo": lambda actor: add_display_photo(actor=actor, at=AT, point=stocked.point, upload=picture()),
        "place": lambda actor: place_on_display(actor=actor, at=AT, lot=stocked.lot, quantity=1),
        "take": lambda actor: take_off_display(actor=actor, at=AT, lot=stocked.lot, quantity=1),
    }
    people = everybody(stocked.network)
    for name, act in acts.items():
        succeeded = ""
        for letter, actor in people.items():
            try:
                act(actor)
            except NotAllowed:
                continue
            succeeded += letter
        assert succeeded == "PD", name


def _there(stocked: StockedRound) -> tuple[int, int]:
    rows = StockBalance.objects.filter(lot=stocked.lot, place__organisation=stocked.point)
    there = dict(rows.values_list("place__kind", "quantity"))
    return there[PlaceKind.DISPLAY], there[PlaceKind.SHELF]


def test_copies_move_between_store_and_corner_but_the_last_stays(stocked: StockedRound) -> None:
    place_on_display(actor=stocked.desk, at=AT, lot=stocked.lot, quantity=2)
    assert _there(stocked) == (3, 1)
    take_off_display(actor=stocked.desk, at=AT, lot=stocked.lot, quantity=1)
    assert _there(stocked) == (2, 2)
    refused: list[tuple[type[Refused], int]] = [
        (LastDisplayCopy, 2),
        (NotEnoughCopies, 3),
        (Invalid, 0),
        (Invalid, -1),
    ]
    for kind, quantity in refused:
        with pytest.raises(kind):
            take_off_display(actor=stocked.desk, at=AT, lot=stocked.lot, quantity=quantity)
    with pytest.raises(NotEnoughCopies):
        place_on_display(actor=stocked.desk, at=AT, lot=stocked.lot, quantity=3)
    assert _there(stocked) == (2, 2)


def test_pressing_twice_moves_once(stocked: StockedRound) -> None:
    for _ in range(2):
        place_on_display(actor=stocked.desk, at=AT, lot=stocked.lot, quantity=1, request_key="once")
    assert _there(stocked) == (2, 2)


def test_what_stands_in_the_corner_is_given_as_a_spreadsheet(stocked: StockedRound) -> None:
    address = reverse("distribution:corner", args=[stocked.point.pk])
    book = client_for(stocked.admin).get(address, {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(book.streaming_content))).active
    assert sheet is not None
    found = [line[2:] for line in sheet.iter_rows(min_row=2, values_only=True)]
    assert sorted(found) == [(1, 0, 0), (1, 3, 0)]
