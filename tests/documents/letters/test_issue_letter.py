"""Letters are numbered without gaps, whoever issues them at once, and stay as they are."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.documents.letters.letters import issued, with_code
from tests.factories.orgs import AT, Network, small_network
from tests.factories.threads import at_once

from lianxue.documents.errors import BadLetterCode, LetterCodeTaken
from lianxue.documents.models import LetterSeries
from lianxue.documents.public import (
    BadLetter,
    Letter,
    LetterKind,
    LetterWithdrawn,
    NoLetterCode,
    set_letter_code,
    withdraw_letter,
)
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Role


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


def test_numbers_run_by_code_and_year(network: Network) -> None:
    office, college = (
        with_code(network.office_admin, "沪学指办"),
        with_code(network.actor(network.colleges[0]), "黄社院"),
    )
    assert [issued(office).full_number, issued(office).full_number] == [
        "沪学指办〔2026〕1号",
        "沪学指办〔2026〕2号",
    ]
    assert issued(college).full_number == "黄社院〔2026〕1号"
    assert issued(office, dated_on=date(2025, 12, 30)).full_number == "沪学指办〔2025〕1号"
    assert issued(office).number == 3


def test_twenty_at_once_get_the_numbers_one_to_twenty(own_database: None) -> None:
    office = with_code(small_network().office_admin)
    outcomes = at_once([lambda at=at: issued(office, title=f"第{at}件") for at in range(20)])  # type: ignore[misc]  # bound now, not when it runs
    assert outcomes == [None] * 20
    assert sorted(Letter.objects.values_list("number", flat=True)) == list(range(1, 21))


def test_a_letter_rolled_back_leaves_no_gap(network: Network) -> None:
    office = with_code(network.office_admin)
    issued(office)
    with transaction.atomic():
        assert issued(office).number == 2
        transaction.set_rollback(True)
    with pytest.raises(BadLetter):
        issued(office, body=" ")
    assert issued(office).number == 2


def test_numbers_go_on_after_those_used_before(network: Network) -> None:
    office = with_code(network.office_admin, used_until=32)
    assert issued(office).full_number == "浙教技中心〔2026〕33号"
    with pytest.raises(BadLetterCode):
        set_letter_code(actor=office, at=AT, words="浙教技中心", used_until=50)
    assert LetterSeries.objects.get().last_number == 33


def test_a_code_belongs_to_one_organisation_for_good(network: Network) -> None:
    office, college = with_code(network.office_admin, "沪学指办"), network.actor(network.colleges[0])
    issued(office)
    with_code(office, "沪学习办")
    for words in ("沪学指办", "沪学习办"):
        with pytest.raises(LetterCodeTaken):
            set_letter_code(actor=college, at=AT, words=words)
    for words in ("", "沪〔2026〕", "code", "长" * 13):
        with pytest.raises(BadLetterCode):
            set_letter_code(actor=college, at=AT, words=words)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(network: Network) -> None:
    office = network.office_admin
    with pytest.raises(NoLetterCode):
        issued(office)
    with_code(office)
    for wrong, place in (
        ({"title": ""}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"body": ""}, "body"),
        ({"dated_on": date(2026, 3, 3)}, "dated_on"),
        ({"dated_on": date(2024, 12, 31)}, "dated_on"),
        ({"addressee": "长" * 301}, "addressee"),
    ):
        with pytest.raises(BadLetter) as refused:
            issued(office, **wrong)
        assert list(refused.value.fields) == [place]
    with pytest.raises(NotAllowed):
        issued(network.actor(network.office, Role.AUDITOR))
    assert not Letter.objects.exists()


def test_a_letter_is_withdrawn_by_an_entry_beside_it(network: Network) -> None:
    office, college = with_code(network.office_admin), with_code(network.actor(network.colleges[0]), "黄社院")
    letter = issued(office, kind=LetterKind.LETTER, addressee_organisation=network.colleges[0])
    with pytest.raises(NotAllowed):
        withdraw_letter(actor=college, at=AT, letter=letter, reason="不要")
    with pytest.raises(BadLetter):
        withdraw_letter(actor=office, at=AT, letter=letter, reason=" ")
    withdraw_letter(actor=office, at=AT, letter=letter, reason="日期有误，另行发文。")
    with pytest.raises(LetterWithdrawn):
        withdraw_letter(actor=office, at=AT, letter=letter, reason="再撤一次")
    again = Letter.objects.get()
    assert (again.is_withdrawn, again.number, issued(office).number) == (True, 1, 2)
    assert AuditEntry.objects.filter(verb="documents.withdraw_letter", outcome="done").count() == 1


def test_the_database_refuses_to_change_a_letter(network: Network) -> None:
    letter = issued(with_code(network.office_admin))
    for change in (
        lambda: Letter.objects.update(number=9),
        lambda: Letter.objects.filter(pk=letter.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
