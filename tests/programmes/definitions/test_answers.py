"""What is wrong with answers, to the exact number."""

from typing import Any

import pytest
from django.utils import translation
from tests.programmes.definitions.trial import TRIAL, read, trial

from lianxue.programmes.models.definition import Definition, Form
from lianxue.programmes.queries.definitions import latest_definition
from lianxue.programmes.rules.answers import faults_of, known_answers, notes_of

AREAS = {"330100000000": "杭州市", "330110000000": "余杭区"}
CITY, COUNTY = AREAS


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def form_with(field: str) -> Form:
    """Return a form with one question ``q``."""
    found = trial(
        "{key: report, title: 总结, type: long_text, guide_length: 200, most_length: 2000}",
        f"{{key: q, title: 问, {field}}}",
    )
    return found.forms["report"]


def codes(form: Form, value: Any, **options: Any) -> list[str]:
    """Return the codes of what is wrong with one answer."""
    return [fault.code for fault in faults_of(form, {"q": value}, areas=AREAS, **options)]


CASES: list[tuple[str, Any, list[str]]] = [
    ("most_length: 60", "栟甪垟" * 20, []),
    ("most_length: 60", "栟甪垟" * 20 + "栟", ["most_length"]),
    ("most_length: 60", " " + "x" * 60 + " ", []),
    ("type: long_text, least_length: 3, most_length: 9", "栟甪垟", []),
    ("type: long_text, least_length: 3, most_length: 9", "栟甪", ["least_length"]),
    ("type: long_text, least_length: 3, most_length: 9", "栟甪\n\n", ["least_length"]),
    ("type: long_text", "一\n二", []),
    ("type: text", "一\n二", ["lines"]),
    ("type: text", "a\x00b", ["characters"]),
    ("type: text", "a\ud800b", ["characters"]),
    ("type: text", 5, ["kind"]),
    ("type: text", "", []),
    ("type: text, required: true", "  ", ["required"]),
    ("type: number, least: 0, most: 60", 60, []),
    ("type: number, least: 0, most: 60", "60.0", []),
    ("type: number, least: 0, most: 60", "60.01", ["most"]),
    ("type: number, least: 0, most: 60", 0, []),
    ("type: number, least: 0, most: 60", -1, ["least"]),
    ("type: number", "1e5", ["number"]),
    ("type: number", "9" * 15, []),
    ("type: number", 10**15 - 1, []),
    ("type: number", "NaN", ["number"]),
    ("type: number", "９", ["number"]),
    ("type: number", True, ["number"]),
    ("type: number", "9" * 16, ["number"]),
    ("type: number", 10**15, ["number"]),
    ("type: number", 10**1000, ["number"]),
    ("type: date", "2024-02-29", []),
    ("type: date", "2023-02-29", ["date"]),
    ("type: date", "20240229", ["date"]),
    ("type: date", "2024-W09-4", ["date"]),
    ("type: yes_no", False, []),
    ("type: yes_no", "no", ["kind"]),
    ("type: phone", "0571-88900000", []),
    ("type: phone", "13812345678", []),
    ("type: phone", "12345", ["phone"]),
    ("type: email", "a@example.cn", []),
    ("type: email", "a@", ["email"]),
    ("type: postcode", "200000", []),
    ("type: postcode", "20000", ["postcode"]),
    ("type: postcode", "２０００００", ["postcode"]),
    ("type: url", "https://example.cn/a?b=1", []),
    ("type: url", "javascript:alert(1)", ["url"]),
    ("type: url", "http://", ["url"]),
    ("type: url", "http://[::1", ["url"]),
    ("type: url", "ftp://example.cn/", ["url"]),
    ("type: account", "ZhangSan", []),
    ("type: account", "ZhangSan ", ["account"]),
    ("type: area", COUNTY, []),
    ("type: area", "310000000000", ["area"]),
    ("type: area", 330110, ["kind"]),
    ("type: files, least: 1, most: 2", [1, 2], []),
    ("type: files, least: 1, most: 2", [1, 2, 3], ["most"]),
    ("type: files", [1, 1], ["kind"]),
    ("type: files", ["1"], ["kind"]),
    ("type: choice, options: [{key: a, title: 甲}]", "a", []),
    ("type: choice, options: [{key: a, title: 甲}]", "A", ["option"]),
    ("type: choice, options: [{key: a, title: 甲}]", ["a"], ["option"]),
]


@pytest.mark.parametrize(("field", "value", "expected"), CASES)
def test_one_answer(field: str, value: Any, expected: list[str]) -> None:
    assert codes(form_with(field), value) == expected


KEY_ITEMS = (
    "type: choices, least: 1, most: 2, own: true,"
    " options: [{key: a, title: 甲}, {key: b, title: 乙}, {key: none, title: 无, exclusive: true}]"
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"keys": ["a"]}, []),
        ({"keys": ["a", "b"], "own": ""}, []),
        ({"keys": ["a"], "own": "自拟"}, []),  # S2-09: one's own wording counts as one
        ({"keys": [], "own": "自拟"}, []),
        ({"keys": ["a", "b"], "own": "自拟"}, ["most"]),  # S2-07: one or two
        ({"keys": ["none"]}, []),
        ({"keys": ["none", "a"]}, ["exclusive"]),  # S2-62
        ({"keys": ["none"], "own": "自拟"}, ["exclusive"]),
        ({"keys": ["c"]}, ["option"]),
        ({"keys": ["a", "a"]}, ["option"]),
        ({"keys": [["a"]]}, ["option"]),
        ({"keys": "a"}, ["kind"]),
        (["a"], ["kind"]),
        ({"keys": ["a"], "own": 3}, ["kind"]),
        ({"keys": ["a"], "own": "a\x00"}, ["characters"]),
    ],
)
def test_several_choices(value: Any, expected: list[str]) -> None:
    assert codes(form_with(KEY_ITEMS), value) == expected


def test_nothing_chosen_is_missing_only_when_it_is_final() -> None:
    form = form_with(KEY_ITEMS.replace("least: 1", "required: true, least: 1"))
    assert codes(form, {"keys": [], "own": " "}) == ["required"]
    assert codes(form, {"keys": [], "own": " "}, is_final=False) == []


def rows(*areas: str) -> list[dict[str, Any]]:
    return [{"_id": f"r{n}", "area": area, "name": f"人{n}"} for n, area in enumerate(areas, start=1)]


def people(answers: list[dict[str, Any]], **options: Any) -> list[tuple[str, str, str, str]]:
    form = trial().forms["sheet"]
    found = faults_of(form, {"contact": "联", "people": answers}, areas=AREAS, **options)
    return [(fault.section, fault.row, fault.key, fault.message) for fault in found]


def test_quotas_name_the_area_and_both_numbers() -> None:
    assert people(rows(*[CITY] * 3, *[COUNTY] * 5)) == []
    assert people(rows(*[CITY] * 2, *[COUNTY] * 6)) == [
        ("people", "", "area", "杭州市: 2, 3 to 5 needed."),
        ("people", "", "area", "余杭区: 6, 3 to 5 needed."),
    ]
    # what is merely not there yet is no fault while somebody types
    assert people(rows(*[CITY] * 2, *[COUNTY] * 6), is_final=False) == [
        ("people", "", "area", "余杭区: 6, 3 to 5 needed.")
    ]


def test_rows_are_bounded_and_have_ids() -> None:
    assert ("people", "", "", "“人员”: 21 rows, at most 20 are possible.") in people(rows(*[CITY] * 21))
    doubled = rows(*[CITY] * 3, *[COUNTY] * 3)
    doubled[1]["_id"] = "r1"
    assert people(doubled) == [("people", "", "", "A row has no id of its own.")]
    form = trial().forms["sheet"]
    for bad in ("rows", [1], {"a": 1}):
        found = faults_of(form, {"contact": "联", "people": bad}, areas={})
        assert [fault.code for fault in found] == ["kind"]


def test_a_cell_is_told_by_row_and_column() -> None:
    filled = rows(*[CITY] * 3, *[COUNTY] * 3)
    filled[4] |= {"hours": 61, "name": ""}
    assert people(filled) == [
        ("people", "r5", "name", "“姓名” must be filled in."),
        ("people", "r5", "hours", "“学时” is at most 60."),
    ]


def test_unknown_keys_are_refused_and_can_be_dropped() -> None:
    form = trial().forms["sheet"]
    filled = rows(*[CITY] * 3, *[COUNTY] * 3)
    filled[0]["wage"] = "9"
    answers = {"contact": "联", "people": filled, "salary": "1"}
    found = [(fault.row, fault.key, fault.code) for fault in faults_of(form, answers, areas=AREAS)]
    assert found == [("r1", "wage", "unknown"), ("", "salary", "unknown")]
    assert faults_of(form, known_answers(form, answers), areas=AREAS) == []


def test_the_guide_length_is_a_note_and_no_fault() -> None:
    form = trial().forms["report"]
    for length, noted in ((99, True), (100, False), (200, False), (300, False), (301, True)):
        answers = {"report": "垟" * length}
        assert faults_of(form, answers, areas={}) == []
        assert bool(notes_of(form, answers)) is noted, length
    assert (
        notes_of(form, {"report": "垟" * 99})[0].message
        == "About 200 characters are asked for, there are 99."
    )


def test_checks_over_several_answers() -> None:
    form = trial().forms["sheet"]
    filled = rows(*[CITY] * 3, *[COUNTY] * 3)
    filled[3] |= {"name": "人1", "kind": "other"}
    for row in filled[:2]:
        row["hours"] = "50.5"
    answers = {"contact": "联", "begins_on": "2021-05-02", "ends_on": "2021-05-01", "people": filled}
    found = [(f.section, f.row, f.key, f.message, f.code) for f in faults_of(form, answers, areas=AREAS)]
    assert found == [
        ("head", "", "ends_on", "“结束” is before “开始”.", "not_after"),
        ("people", "r4", "name", "姓名: the same as in row 1.", "unique_rows"),
        ("people", "r4", "remark", "“类型” says “其他”: fill in “备注” as well.", "requires"),
        ("people", "", "hours", "“学时” comes to 101.0 together, at most 100 are possible.", "sum_at_most"),
    ]
    assert faults_of(form, {"contact": "联"}, areas={}) == []  # a rule says nothing about what is not there


def test_evidence_is_asked_for_on_submission() -> None:
    form = trial().forms["report"]
    assert faults_of(form, {}, areas={}, evidence={"规划": 1}) == []
    found = faults_of(form, {}, areas={}, evidence={"规划": 0, "制度": 2, "档案": 0})
    assert [fault.message for fault in found] == ["Evidence is missing for 2 items: 规划、档案."]
    assert faults_of(form, {}, areas={}) == []


def roster() -> Definition:
    return latest_definition("service-team-roster").definition


def test_accounts_differ_by_one_capital() -> None:
    """S1-86: 平台账号请注意大小写."""
    form = roster().forms["roster"]
    row = {
        "area": CITY,
        "school_stage": "primary",
        "subject": "语文",
        "school": "甪直小学",
        "mobile": "13812345678",
    }
    row |= {"teacher_kind": "other"}
    names = ["zhangsan", "Zhangsan", "ZHANGSAN"]
    reviewers = [row | {"_id": name, "account": name, "name": f"垟{n}"} for n, name in enumerate(names)]
    found = faults_of(form, {"reviewers": reviewers}, areas={CITY: "杭州市"})
    assert [fault for fault in found if fault.section == "reviewers"] == []
    reviewers[2]["account"] = "Zhangsan"
    found = faults_of(form, {"reviewers": reviewers}, areas={CITY: "杭州市"})
    same = [(fault.row, fault.key, fault.message) for fault in found if fault.section == "reviewers"]
    assert same == [("ZHANGSAN", "account", "平台账号: the same as in row 2.")]


def test_the_quotas_of_the_roster() -> None:
    """S1-41, S1-43: exactly one; S1-44: three to five."""
    found = faults_of(roster().forms["roster"], {}, areas=AREAS)
    assert [fault.message for fault in found if fault.code == "quota"] == [
        "杭州市: 0, exactly 1 needed.",
        "余杭区: 0, exactly 1 needed.",
        "杭州市: 0, exactly 1 needed.",
        "余杭区: 0, exactly 1 needed.",
        "杭州市: 0, 3 to 5 needed.",
        "余杭区: 0, 3 to 5 needed.",
    ]
    with translation.override("zh-hans"):
        found = faults_of(roster().forms["roster"], {}, areas=AREAS)
    assert found[-1].message == "余杭区：现有 0 名，应为 3 至 5 名。"


def test_a_definition_may_give_its_own_words_to_a_check() -> None:
    rule = "{rule: not_after, given: {first: begins_on, second: ends_on}}"
    found = read(TRIAL.replace(rule, rule[:-1] + ", says: 结束日期不得早于开始日期。}")).definition
    assert found
    answers = {"contact": "联", "begins_on": "2021-05-02", "ends_on": "2021-05-01"}
    faults = faults_of(found.forms["sheet"], answers, areas={})
    assert [fault.message for fault in faults] == ["结束日期不得早于开始日期。"]
