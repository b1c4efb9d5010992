"""Checks of identity and telephone numbers: elders with old county codes are never refused for them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxue.accounts.errors import BadCitizenId, BadPhone
from lianxue.accounts.models import citizen_id_fault, normalise_citizen_id, normalise_phone

TODAY = date(2026, 3, 2)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check(first: str) -> str:
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


# Counties that had no code, another code or no existence when these people were born.
ELDERS = [with_check(f"{county}19400101001") for county in ("310112", "310225", "310115", "330114", "320571")]


@pytest.mark.parametrize(
    "number",
    [
        *ELDERS,
        with_check("83000019900101001"),
        with_check("91031019900101001"),
        "11010519491231002X",
        with_check("31010120260302001"),
        with_check("31010120240229001"),
    ],
)
def test_right_numbers(number: str) -> None:
    assert citizen_id_fault(number, today=TODAY) is None


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", "17 位"),
        ("1101051949123100", "17 位"),
        ("11010519491231002x", "17 位"),
        ("01010519491231002X", "17 位"),
        (with_check("16010119900101001"), "省级"),
        ("110105194912310021", "末位"),
        (with_check("31010119900230001"), "不是出生日期"),
        (with_check("31010120230229001"), "不是出生日期"),
        (with_check("31010118991231001"), "不可能"),
        (with_check("31010120260303001"), "不可能"),
    ],
)
def test_wrong_numbers_say_what_is_wrong(number: str, reason: str) -> None:
    assert reason in str(citizen_id_fault(number, today=TODAY))


def test_what_people_type_is_tidied() -> None:
    assert normalise_citizen_id(" 110105 19491231-002x ", today=TODAY) == "11010519491231002X"
    assert normalise_citizen_id("110105491231002", today=TODAY) == "11010519491231002X"
    with pytest.raises(BadCitizenId) as refused:
        normalise_citizen_id("110105491331002", today=TODAY)
    assert list(refused.value.fields) == ["citizen_id"]


@given(place=st.integers(0, 16), turned=st.integers(1, 9))
def test_any_one_wrong_digit_is_noticed(place: int, turned: int) -> None:
    right = "11010519491231002X"
    digit = str((int(right[place]) + turned) % 10)
    assert citizen_id_fault(right[:place] + digit + right[place + 1 :], today=TODAY) is not None


@given(text=st.text(max_size=30))
def test_any_text_gives_a_number_or_a_refusal(text: str) -> None:
    for normalise, refusal in (
        (lambda one: normalise_citizen_id(one, today=TODAY), BadCitizenId),
        (normalise_phone, BadPhone),
    ):
        with suppress(refusal):
            assert normalise(text)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", "+8613812345678"),
        ("138 1234-5678", "+8613812345678"),
        ("+86 13812345678", "+8613812345678"),
        ("021-62345678", "+862162345678"),
        ("16512345678", "+8616512345678"),
        ("4008123123", "+864008123123"),
    ],
)
def test_telephone_numbers(typed: str, number: str) -> None:
    assert normalise_phone(typed) == number
    assert normalise_phone(number) == number


@pytest.mark.parametrize("typed", ["", "12345", "0", "138123456789", "上海", "++86"])
def test_what_cannot_be_rung(typed: str) -> None:
    with pytest.raises(BadPhone) as refused:
        normalise_phone(typed)
    assert list(refused.value.fields) == ["phone"]
