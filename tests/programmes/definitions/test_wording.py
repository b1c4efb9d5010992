"""Texts of a definition say the years and days of the call that they stand in; without a call those that are published."""

from datetime import date

import pytest
from django.utils import translation
from tests.factories.orgs import AT, client_for
from tests.factories.programmes import TRIAL, EducationNetwork, TrialCall, education_network, known_programme
from tests.programmes.definitions.trial import TRIAL as SMALL
from tests.programmes.definitions.trial import read, trial

from lianxue.documents.public import set_letter_code
from lianxue.programmes.interfaces.web.office.forms import published_days
from lianxue.programmes.models import Award, Window
from lianxue.programmes.models.definition import Field, filled, published_form, published_words, words_for
from lianxue.programmes.operations.calls.moving import open_call
from lianxue.programmes.operations.calls.prepare import Days, create_call, save_call
from lianxue.programmes.operations.letters.decision_letter import issue_decision_letter
from lianxue.programmes.queries.certificates import certificate_of
from lianxue.programmes.queries.definitions import latest_definition
from lianxue.programmes.queries.papers import paper_of, printed_value
from lianxue.programmes.queries.reading import in_words

STREETS_TITLE = "年度上海市社区教育示范街镇创建单位备案登记表"
WORDED = (
    TRIAL.read_text(encoding="utf-8")
    .replace('opens: "2026-01-01"', 'opens: "2025-10-01"')
    .replace("    title: 备案登记表\n", '    title: "{years}年度备案登记表"\n')
    .replace(
        "    form: filing\n",
        "    form: filing\n    about: 于{opens}至{closes}申报，{closes_day}后不再受理。\n",
    )
    .replace(
        "title: 试行单位}",
        "title: 试行单位, certificate: {title: 铭牌, words: '{unit}在“{call}”（{years}）中，确认为', closing: 此证。}}",
    )
    .replace(
        "    changes: notice\n",
        "    letters:\n      - {on: approve, title: '关于{years}年度{unit}的决定', body: '限{closes}前。'}\n    changes: notice\n",
    )
)


def test_a_round_lasts_as_many_years_as_the_published_one() -> None:
    streets = latest_definition("demonstration-streets").definition
    roster = latest_definition("service-team-roster").definition
    studios = latest_definition("learning-team-studios").definition  # no days are published
    said = {one.code: words_for(one, 2027, None, None)["years"] for one in (streets, roster, studios)}
    assert said == {
        "demonstration-streets": "2027-2028",
        "service-team-roster": "2027",
        "learning-team-studios": "2027",
    }
    words = words_for(roster, 2027, date(2027, 4, 15), None)
    assert filled("{year}|{opens}|{opens_day}|{closes}|{closes_day}|{contact}", words) == (
        "2027|2027年4月15日|4月15日|规定日期|规定日期|{contact}"
    )


def test_without_a_call_the_published_words_stand_there() -> None:
    streets = latest_definition("demonstration-streets").definition
    assert published_form(streets, streets.forms["filing"]).title == f"2013-2014 {STREETS_TITLE}"
    roster = latest_definition("service-team-roster").definition
    stage = roster.stage("roster")
    assert "并于2021年4月30日前将" in filled(stage.about, published_words(roster, stage))
    yearly = trial("    after: first\n", "    after: first\n    about: 每年{closes}前。\n")
    assert filled(yearly.stages[1].about, published_words(yearly, yearly.stages[1])) == "每年12月31日前。"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("    title: 申报表\n    sections", "    title: '{yeer}申报表'\n    sections", "{yeer}"),
        ("      title: 申报表\n", "      title: 申报表\n      note: '于{close}前'\n", "{close}"),
        ("    form: sheet\n", "    form: sheet\n    about: '{unit}'\n", "{unit}"),
        (
            "title: 示范}",
            "title: 示范, certificate: {words: '{holder}'}}",
            "{holder}",
        ),
    ],
)
def test_a_word_that_nobody_fills_in_is_told_with_its_line(old: str, new: str, word: str) -> None:
    assert SMALL.count(old) == 1
    text = SMALL.replace(old, new)
    (fault,) = read(text).faults
    assert word in text.splitlines()[fault.place.line - 1]
    assert word in fault.message


def test_a_roster_has_no_certificate() -> None:
    text = SMALL.replace("area_column: area}", "area_column: area, certificate: {title: 证}}")
    (fault,) = read(text).faults
    assert "certificate" in text.splitlines()[fault.place.line - 1]
    assert fault.message == "名单没有证书。"


def opened(network: EducationNetwork) -> TrialCall:
    """Open a call whose stages lie in 2026 and 2027."""
    office = network.actor(network.office)
    call = create_call(actor=office, at=AT, code="trial", title="新一轮", year=2026)
    days = {
        "filing": Days(date(2026, 1, 1), date(2026, 3, 31)),
        "summary": Days(date(2027, 9, 1), date(2027, 12, 31)),
    }
    call = save_call(
        actor=office, at=AT, call=call, version=call.version, title=call.title, year=2026,
        official_number="", days=days, numbers={"term_years": "3"},
    )  # fmt: skip
    set_letter_code(actor=office, at=AT, words="沪教委终")
    return TrialCall(network, open_call(actor=office, at=AT, call=call))


@pytest.mark.django_db
def test_paper_letter_certificate_and_page_take_the_years_of_the_call() -> None:
    with known_programme(WORDED.replace('version: "1"', 'version: "2"')):
        started = opened(education_network())
    street = started.network.streets[0]
    filing = started.approved(street)
    revision = filing.revisions.get()
    assert paper_of(filing, revision).name == "外滩街道2026-2027年度备案登记表"
    letter = issue_decision_letter(actor=started.network.actor(started.network.office), at=AT, filing=filing)
    assert (letter.title, letter.body) == ("关于2026-2027年度外滩街道的决定", "限2026年3月31日前。")
    paper = certificate_of(Award.objects.get(), url="https://lianxue.example.cn/")
    assert (paper.title, paper.words, paper.award, paper.closing) == (
        "铭牌",
        "外滩街道在“新一轮”（2026-2027）中，确认为",
        "试行单位",
        "此证。",
    )
    page = client_for(started.network.actor(street)).get(f"/calls/{started.call.pk}/").content.decode()
    assert "于2026年1月1日至2026年3月31日申报，3月31日后不再受理。" in page
    Window.objects.filter(call=started.call, stage="filing").update(closes_on=None)
    page = client_for(started.network.actor(street)).get(f"/calls/{started.call.pk}/").content.decode()
    assert "至规定日期申报" in page


def test_a_certificate_without_words_of_its_own_says_the_usual_ones(trial: TrialCall) -> None:
    trial.approved(trial.network.streets[0])
    paper = certificate_of(Award.objects.get(), url="https://lianxue.example.cn/")
    assert (paper.title, paper.words, paper.closing) == ("证书", "经评估审定，确认为2026年度", "特此证明。")


def test_yes_and_no_are_chinese_on_paper_and_the_readers_word_on_screen() -> None:
    asked = Field(key="was_trainer", title="是否为往届讲师团成员", type="yes_no")
    day = Field(key="on", title="日期", type="date")
    with translation.override("en"):
        assert (in_words(asked, True, {}), in_words(asked, False, {}), in_words(asked, None, {})) == (
            "yes",
            "no",
            "",
        )
        assert in_words(day, "2026-03-05", {}) == "March 5, 2026"
        assert (printed_value(asked, True, {}), printed_value(day, "2026-03-05", {})) == (
            "是",
            "2026年3月5日",
        )
    with translation.override("zh-hans"):
        assert (in_words(asked, True, {}), in_words(asked, False, {})) == ("是", "否")


def test_the_published_days_are_offered_in_the_years_of_the_call() -> None:
    streets = latest_definition("demonstration-streets").definition
    roster = latest_definition("service-team-roster").definition
    best = latest_definition("service-team-recommendation").definition
    assert [published_days(streets, stage, 2026) for stage in streets.stages] == [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 1), date(2026, 4, 30)),
        (date(2026, 4, 1), date(2027, 9, 30)),
        (date(2027, 9, 1), date(2027, 12, 31)),
    ]
    assert published_days(roster, roster.stages[0], 2027) == (date(2027, 4, 15), date(2027, 4, 30))
    assert published_days(best, best.stages[0], 2026) == (None, date(2026, 10, 31))
