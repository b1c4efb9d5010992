"""Letters about decisions: words, numbers, for whom, once."""

import pytest
from django.urls import reverse
from tests.factories.orgs import AT, client_for
from tests.factories.programmes import TRIAL, TrialCall, known_programme, trial_call
from tests.factories.threads import at_once

from lianxue.documents.public import Letter, set_letter_code, withdraw_letter
from lianxue.kernel.errors import NotAllowed, Unmet, WrongState
from lianxue.programmes.enums import Decision
from lianxue.programmes.errors import BadDefinitions
from lianxue.programmes.models import Filing, FilingLetter
from lianxue.programmes.operations.letters.decision_letter import (
    issue_decision_letter,
    issue_decision_letters,
)
from lianxue.programmes.queries.definitions import parse_definition

TEMPLATE = """    letters:
      - on: approve
        kind: decision
        title: 关于命名{unit}的决定
        body: |
          {call}，{stage}：{decision}。
          意见：{comment}
          有效期至{valid_until}。
    changes: notice
"""
WITH_LETTERS = (
    TRIAL.read_text(encoding="utf-8")
    .replace("    changes: notice\n", TEMPLATE)
    .replace('version: "1"', 'version: "2"')
)


@pytest.fixture
def told(trial: TrialCall) -> TrialCall:
    """Return a call whose office may number letters."""
    office = trial.network.actor(trial.network.office)
    set_letter_code(actor=office, at=AT, words="沪教委终")
    return trial


def test_a_plain_letter_says_what_was_decided(told: TrialCall) -> None:
    filing = told.opinion(told.opinion(told.submitted(told.network.streets[0])), comment="材料{unit}齐全")
    letter = issue_decision_letter(actor=told.network.actor(told.network.office), at=AT, filing=filing)
    assert (letter.full_number, letter.kind, letter.title, letter.addressee) == (
        "沪教委终〔2026〕1号",
        "reply",
        "关于外滩街道启动备案的批复",
        "外滩街道",
    )
    assert letter.addressee_organisation == told.network.streets[0]
    assert letter.body == (
        "你单位在“2026年试行”中报送的“启动备案”材料收悉。经研究，现批复如下：\n"
        "同意。\n意见：材料{unit}齐全\n有效期至2029年3月1日。"
    )


@pytest.mark.django_db
def test_the_words_of_the_definition_without_empty_paragraphs() -> None:
    with known_programme(WITH_LETTERS):
        trial = trial_call()
    office = trial.network.actor(trial.network.office)
    set_letter_code(actor=office, at=AT, words="沪教委终")
    letter = issue_decision_letter(actor=office, at=AT, filing=trial.approved(trial.network.streets[0]))
    assert (letter.kind, letter.title, letter.body) == (
        "decision",
        "关于命名外滩街道的决定",
        "2026年试行，启动备案：同意。\n有效期至2029年3月1日。",
    )


def test_once_for_one_decision_and_again_when_withdrawn(told: TrialCall) -> None:
    office = told.network.actor(told.network.office)
    filing = told.approved(told.network.streets[0])
    first = issue_decision_letter(actor=office, at=AT, filing=filing)
    with pytest.raises(Unmet):
        issue_decision_letter(actor=office, at=AT, filing=filing)
    assert Letter.objects.count() == 1
    withdraw_letter(actor=office, at=AT, letter=first, reason="错字")
    second = issue_decision_letter(actor=office, at=AT, filing=filing)
    assert (second.number, FilingLetter.objects.get().letter) == (2, second)


def test_whose_decision_it_was_issues_it(told: TrialCall) -> None:
    network = told.network
    district, office = network.actor(network.districts[0]), network.actor(network.office)
    declined = told.opinion(told.submitted(network.streets[0]), Decision.DECLINE)
    with pytest.raises(NotAllowed):
        issue_decision_letter(actor=office, at=AT, filing=declined)
    with pytest.raises(Unmet):  # no letter code
        issue_decision_letter(actor=district, at=AT, filing=declined)
    under_way = told.submitted(network.streets[1])
    with pytest.raises(WrongState):
        issue_decision_letter(actor=office, at=AT, filing=under_way)
    assert not Letter.objects.exists()
    set_letter_code(actor=district, at=AT, words="黄教")
    assert "不同意" not in issue_decision_letter(actor=district, at=AT, filing=declined).title


def test_all_of_a_call_at_a_press_and_the_unit_reads_its_own(told: TrialCall) -> None:
    network = told.network
    for street in network.streets[:3]:
        told.approved(street)
    told.submitted(network.streets[3])
    office = client_for(network.actor(network.office))
    call_url = reverse("programmes:call", args=[told.call.pk])
    assert office.get(call_url).context["without_letter"] == 3
    office.post(reverse("programmes:call-letters", args=[told.call.pk]))
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert office.get(call_url).context["without_letter"] == 0
    with pytest.raises(Unmet):
        issue_decision_letters(actor=network.actor(network.office), at=AT, call=told.call)
    filing = Filing.objects.get(unit=network.streets[0])
    letter = FilingLetter.objects.get(opinion__revision__filing=filing).letter
    unit = client_for(network.actor(network.streets[0]))
    link = reverse("documents:letter", args=[letter.pk])
    assert link in unit.get(reverse("programmes:filing", args=[filing.pk])).content.decode()
    assert letter.full_number in unit.get(reverse("documents:letters")).content.decode()
    assert unit.get(link).status_code == 200
    neighbour = client_for(network.actor(network.streets[1]))
    assert neighbour.get(link).status_code == 404
    district = client_for(network.actor(network.districts[0]))
    page = district.get(reverse("programmes:filing", args=[filing.pk]))
    assert link not in page.content.decode()


def test_the_button_on_the_filing(told: TrialCall) -> None:
    network = told.network
    filing = told.approved(network.streets[0])
    press = reverse("programmes:filing-letter", args=[filing.pk])
    page = reverse("programmes:filing", args=[filing.pk])
    office, unit = client_for(network.actor(network.office)), client_for(network.actor(network.streets[0]))
    assert press in office.get(page).content.decode()
    assert press not in unit.get(page).content.decode()
    unit.post(press)
    assert not Letter.objects.exists()
    office.post(press)
    assert Letter.objects.count() == 1
    assert press not in office.get(page).content.decode()


@pytest.mark.slow
@pytest.mark.usefixtures("own_database")
def test_two_press_at_once_and_there_is_one_letter() -> None:
    trial = trial_call()
    office = trial.network.actor(trial.network.office)
    set_letter_code(actor=office, at=AT, words="沪教委终")
    filing = trial.approved(trial.network.streets[0])
    outcome = at_once([lambda: issue_decision_letter(actor=office, at=AT, filing=filing)] * 4)
    assert outcome.count(None) == 1
    assert list(Letter.objects.values_list("number", flat=True)) == [1]


def test_a_letter_with_an_unknown_word_is_told_with_its_line() -> None:
    with pytest.raises(BadDefinitions, match=r"valid_untill"):
        parse_definition(WITH_LETTERS.replace("{valid_until}", "{valid_untill}"), "trial")
