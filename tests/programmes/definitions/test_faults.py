"""Every fault of a definition is told with file, line and reason, and all of them at once."""

import pytest
from django.utils import translation
from tests.programmes.definitions.trial import TRIAL, read


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def told(old: str, new: str) -> list[str]:
    """Return the faults of the small definition after one change, with the line of the change written as ``+0``."""
    assert TRIAL.count(old) == 1, old
    line = TRIAL[: TRIAL.index(old)].count("\n") + 1
    words = []
    for fault in read(TRIAL.replace(old, new)).faults:
        assert fault.place.file == "trial.yaml"
        assert str(fault).startswith(f"trial.yaml:{fault.place.line}: ")
        words.append(f"{fault.place.line - line:+d} {fault.message}")
    return words


def test_the_small_definition_has_no_fault() -> None:
    assert read(TRIAL).faults == ()


LEVELS_OF_SECOND = """\
    levels:
      - key: office
        title: 评审
        seat: office
        panel: {items: [{key: work, title: 工作, most: 100}], size: 3}
"""
CROWD = f"""\
      - key: crowd
        title: 众人
        most_rows: 2000
        columns: [{", ".join(f"{{key: c{at}, title: 列{at}}}" for at in range(10))}]
"""
CHANGES = {
    "unknown key": (
        "numbers: [places]",
        "nubmers: [places]",
        ["+0 Unknown key “nubmers”. Did you mean “numbers”?"],
    ),
    "unknown number": (
        "numbers: [places]",
        "numbers: [place]",
        ["+0 “place” is no number that an office can give. Did you mean “places”?"],
    ),
    "missing key": ("source: 试\n", "", ["-3 “source” is missing here."]),
    "duplicate key": (
        "numbers: [places]",
        "source: 又",
        ["+0 “source” stands here twice, first on line 4."],
    ),
    "text expected": ('version: "1"', "version: 1", ["+0 “version” is text: put it in quotation marks."]),
    "whole number expected": ("most_rows: 20", "most_rows: many", ["+0 “most_rows” is a whole number."]),
    "more boxes than can be sent": (
        "    checks:\n      - {rule: not_after",
        CROWD + "    checks:\n      - {rule: not_after",
        [
            "+0 The paper leaves out “众人”.",
            "+0 With all its rows this form has 22120 boxes, at most 20000 can be sent at once. Lower “most_rows”.",
        ],
    ),
    "hexadecimal is no number": ("most_rows: 20", "most_rows: 0x14", ["+0 “most_rows” is a whole number."]),
    "truth expected": ("own: true", "own: perhaps", ["+0 “own” is true or false."]),
    "list expected": (
        "numbers: [places]",
        "numbers: places",
        ["+0 “numbers” is a list: each entry on a line that begins with “-”."],
    ),
    "unknown field type": (
        "title: 开始, type: date",
        "title: 开始, type: dat",
        [
            "+0 “dat” is no type. Did you mean “date”?",
            "+14 “begins_on” is not of type date.",
        ],
    ),
    "code of capitals": (
        "code: trial",
        "code: Trial",
        ["+0 The code may have small letters a–z, digits and - only."],
    ),
    "version with space": (
        'version: "1"',
        'version: "1 2"',
        ["+0 The version may have letters, digits and . _ - only, 20 at the most."],
    ),
    "unknown chain": (
        "office: {chain: resource_service",
        "office: {chain: resource_servce",
        ["+0 There is no chain “resource_servce”. Did you mean “resource_service”?"],
    ),
    "unknown kind": (
        "office: {chain: resource_service, depth: 1}",
        "office: {chain: resource_service, depth: 1, kinds: [scool]}",
        ["+0 There is no kind of organisation “scool”. Did you mean “school”?"],
    ),
    "depth above the top": (
        "office: {chain: resource_service, depth: 1}",
        "office: {chain: resource_service, depth: 0}",
        ["+0 Nobody stands on depth 0: 1 is the top."],
    ),
    "office below the units": (
        "office: {chain: resource_service, depth: 1}",
        "office: {chain: resource_service, depth: 3}",
        ["+0 The office stands on depth 3, not above those who apply on depth 3."],
    ),
    "window backwards": (
        'closes: "2021-04-30"',
        'closes: "2021-03-31"',
        ["+0 The window ends on 2021-03-31 before it begins on 2021-04-01."],
    ),
    "yearly window backwards": (
        'closes: "12-31"',
        'closes: "02-28"',
        ["+0 The window ends on 02-28 before it begins on 09-01."],
    ),
    "no such day": (
        'closes: "12-31"',
        'closes: "11-31"',
        ["+0 “11-31” is no day: write 2013-01-31 or, for every year, 10-31."],
    ),
    "window with half a year": (
        'closes: "12-31"',
        'closes: "2021-12-31"',
        ["+0 Give both days of the window with the year, or both without."],
    ),
    "boxes of something else": (
        "- {field: begins_on, across: 2}",
        "- {field: begins_on, boxes: false, across: 2}",
        ["+0 Only choices are printed with boxes."],
    ),
    "more names than rows": (
        "most_rows: 20",
        "most_rows: 1\n        row_titles: [甲, 乙]",
        [
            "+1 The grid has more names than rows.",
            "+9 Each area must have 3 rows, but the grid has 2 at the most.",
            "+24 The names of the rows stand where “side” would.",
        ],
    ),
    "names where the side is": (
        "most_rows: 20",
        "row_titles: [甲, 甲, 乙, 丙, 丁]",
        ["+23 The names of the rows stand where “side” would."],
    ),
    "unknown form": (
        "form: report",
        "form: reprot",
        [
            "+0 There is no form “reprot”. Did you mean “report”?",
            "+57 No stage files the form “report”.",
        ],
    ),
    "unknown stage": (
        "after: first",
        "after: frist",
        ["+0 There is no stage “frist”. Did you mean “first”?"],
    ),
    "stages in a circle": (
        "form: sheet\n",
        "form: sheet\n    after: second\n",
        [
            "+1 The stages wait for each other: first → second → first.",
            "+12 The stages wait for each other: second → first → second.",
        ],
    ),
    "unknown seat": (
        "seat: directly_above",
        "seat: directly_abov",
        [
            "+0 Nobody can sit on this level: there is no rule “directly_abov” for seats. Did you mean “directly_above”?"
        ],
    ),
    "seat above the top": (
        "given: {steps: 2}",
        "given: {steps: 3}",
        ["+0 Nobody can sit on this level: 3 above depth 3 is above the top."],
    ),
    "seat without steps": ("given: {steps: 2}", "given: {}", ["+0 “steps” is a whole number from 1."]),
    "seat with something else": (
        "given: {steps: 2}",
        "given: {steps: 2, step: 1}",
        ["+0 Unknown key “step”. Did you mean “steps”?"],
    ),
    "no level decides": (
        "seat: steps_above, given: {steps: 2}",
        "seat: steps_above, may: [return], given: {steps: 2}",
        ["+0 No level decides: the last one cannot agree."],
    ),
    "level without verbs": (
        "may: [approve, return]",
        "may: []",
        ["+0 Nothing can be decided on this level."],
    ),
    "unknown verb": (
        "may: [approve, return]",
        "may: [approve, retrun]",
        ["+0 “retrun” is no may. Did you mean “return”?"],
    ),
    "form without levels": (
        LEVELS_OF_SECOND,
        "",
        ["-6 No level decides: what is filed here would lie for ever."],
    ),
    "panel without items": (
        "items: [{key: work, title: 工作, most: 100}]",
        "items: []",
        ["+0 A panel needs something to score."],
    ),
    "product without grid": (
        "grid: people, name_column: name, ",
        "",
        [
            "+0 A roster needs the grid that it is made of (grid) and the column of names (name_column).",
            "+0 There is no column “area” in the grid “”. There is none here.",
        ],
    ),
    "product of an unknown grid": (
        "title: 名册, grid: people",
        "title: 名册, grid: pepole",
        ["+0 There is no grid “pepole” in the form “sheet”. Did you mean “people”?"],
    ),
    "product of an unknown column": (
        "name_column: name",
        "name_column: nam",
        ["+0 There is no column “nam” in the grid “people”. Did you mean “name”?"],
    ),
    "award of a grid without names": (
        "{kind: roster, key: people, title: 名册, grid: people, name_column: name, area_column: area}",
        "{kind: award, key: people, title: 名册, grid: people}",
        ["+0 Whoever stands in the grid needs a name to be awarded: name_column is missing here."],
    ),
    "product with a key for which there is no room": (
        "kind: roster, key: people",
        f"kind: roster, key: {'p' * 41}",
        [f"+0 The key “{'p' * 41}” has more than 40 letters."],
    ),
    "product with a title for which there is no room": (
        "title: 名册, grid: people",
        f"title: {'册' * 121}, grid: people",
        ["+0 “title” has at most 120 characters."],
    ),
    "product by no area": (
        "area_column: area",
        "area_column: name",
        ["+0 The column “name” is not of type area."],
    ),
    "question twice": (
        "key: begins_on, title",
        "key: contact, title",
        [
            "+0 “contact” stands here twice, first on line 39.",
            "+14 There is no question or column “begins_on”. Did you mean “ends_on”?",
            "+25 There is no question “begins_on” in the form “sheet”. Did you mean “ends_on”?",
        ],
    ),
    "question called like a grid": (
        "{key: contact, title",
        "{key: people, title",
        [
            "+12 “people” stands here twice, first on line 39.",
            "+30 There is no question “contact” in the form “sheet”. Possible: begins_on, ends_on, people, rounds.",
            "+0 The paper leaves out “联系人”.",
        ],
    ),
    "least above most": (
        "least: 0, most: 60",
        "least: 61, most: 60",
        ["+0 At least 61 is more than at most 60."],
    ),
    "more than there are options": ("most: 2\n", "most: 5\n", ["+0 5 cannot be chosen of 4."]),
    "exclusive beside two": (
        "most: 2\n",
        "most: 2\n            least: 2\n",
        ["+1 At least 2 are to be chosen, but “从未参与” excludes all others."],
    ),
    "exclusive in a single choice": (
        "{key: other, title: 其他}",
        "{key: other, title: 其他, exclusive: true}",
        ["+0 Where one option is chosen, each excludes the others: take “exclusive” away."],
    ),
    "choice without options": (
        "type: choice, options: [{key: teacher, title: 教师}, {key: other, title: 其他}]}",
        "type: choice}",
        ["+0 “options” is missing here.", "+8 There is no option “other”. There is none here."],
    ),
    "options of a text": (
        "{key: remark, title: 备注}",
        "{key: remark, title: 备注, options: [{key: a, title: 甲}]}",
        ["+0 Only choice and choices have options."],
    ),
    "own words of a text": (
        "{key: remark, title: 备注}",
        "{key: remark, title: 备注, own: true}",
        ["+0 Only choices can be answered in one's own words."],
    ),
    "bounds of a text": (
        "{key: remark, title: 备注}",
        "{key: remark, title: 备注, most: 3}",
        ["+0 “most” bounds numbers, choices and files, not text."],
    ),
    "files in a grid": (
        "{key: remark, title: 备注}",
        "{key: remark, title: 备注, type: files}",
        [
            "+0 A column cannot be of type files. Possible: account, area, choice, date, email, number, phone, text, url, yes_no."
        ],
    ),
    "guide above the limit": (
        "guide_length: 200",
        "guide_length: 2001",
        ["+0 About 2001 characters are asked for, but at most 2000 are allowed."],
    ),
    "quota backwards": ("least: 3, most: 5", "least: 6, most: 5", ["+0 At least 6 is more than at most 5."]),
    "quota above the rows": (
        "least: 3, most: 5",
        "least: 21, most: 30",
        ["+0 Each area must have 21 rows, but the grid has 20 at the most."],
    ),
    "quota by no area": (
        "{column: area, least",
        "{column: name, least",
        ["+0 The column “name” is not of type area."],
    ),
    "quota by an unknown column": (
        "{column: area, least",
        "{column: aera, least",
        ["+0 There is no column “aera” in the grid “people”. Did you mean “area”?"],
    ),
    "unknown check": (
        "rule: not_after",
        "rule: not_aftr",
        ["+0 There is no check “not_aftr”. Did you mean “not_after”?"],
    ),
    "check of an unknown question": (
        "first: begins_on",
        "first: beginson",
        ["+0 There is no question or column “beginson”. Did you mean “begins_on”?"],
    ),
    "check of an unknown column": (
        "columns: [name]",
        "columns: [nmae]",
        ["+0 There is no question or column “nmae”. Did you mean “name”?"],
    ),
    "check of an unknown grid": (
        "given: {grid: people, columns: [name]}",
        "given: {grid: persons, columns: [name]}",
        ["+0 There is no grid “persons” in the form “sheet”. Possible: people."],
    ),
    "check without what it needs": (
        "given: {first: begins_on, second: ends_on}",
        "given: {first: begins_on}",
        ["+0 “second” is missing here."],
    ),
    "check with two bounds": (
        "column: hours, most: 100",
        "column: hours, most: 100, most_field: contact",
        ["+0 Give either “most” or “most_field”."],
    ),
    "paper row too short": (
        "{field: ends_on, across: 3}",
        "{field: ends_on, across: 2}",
        ["-1 The cells of this row fill 5 columns of 6 (1 of them from rows above)."],
    ),
    "paper cell into a grid": (
        "is_label: true, down: 2",
        "is_label: true, down: 3",
        ["+4 The cells of this row fill 7 columns of 6 (1 of them from rows above)."],
    ),
    "paper cell below the last row": (
        "{text: 意见, is_label: true}",
        "{text: 意见, is_label: true, down: 2}",
        ["+0 A cell reaches below the last row."],
    ),
    "paper without a question": (
        "{field: ends_on, across: 3}",
        "{text: 无, across: 3}",
        ["-25 The paper leaves out “结束”."],
    ),
    "paper with an unknown question": (
        "{field: ends_on, across: 3}",
        "{field: ends, across: 3}",
        [
            "-25 The paper leaves out “结束”.",
            "+0 There is no question “ends” in the form “sheet”. Did you mean “ends_on”?",
        ],
    ),
    "paper without a grid": (
        "        - {section: people, side: 人员, spans: [1, 1, 1, 1, 1]}\n",
        "",
        ["-25 The paper leaves out “人员”."],
    ),
    "paper with too few spans": (
        "spans: [1, 1, 1, 1, 1]",
        "spans: [2, 1, 1, 1]",
        ["+0 “spans” has 4 numbers for 5 columns of the grid."],
    ),
    "paper with an unknown level": (
        "{opinion: city,",
        "{opinion: citty,",
        ["+0 There is no level “citty” that sees this form. Did you mean “city”?"],
    ),
    "paper cell of two minds": (
        "{opinion: city,",
        "{opinion: city, text: 同意,",
        ["+0 A cell holds a text, an answer or an opinion, not two of them."],
    ),
    "alias": ("numbers: [places]", "numbers: *known", ["+0 References (*known) are not read: write it out."]),
    "anchor": ("source: 试", "source: &a 试", ["+0 Anchors (&a) are not read: take it away."]),
    "tag": (
        "source: 试",
        "source: !!python/name:os.system 试",
        ["+0 Tags (tag:yaml.org,2002:python/name:os.system) are not read: take it away."],
    ),
    "second document": (
        "forms:\n",
        "---\nforms:\n",
        ["+0 One file holds one definition: a second one begins here."],
    ),
    "too deep": ("numbers: [places]", f"numbers: {'[' * 30}{']' * 30}", ["+0 Nested too deeply."]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_fault_is_told_on_its_line(name: str) -> None:
    old, new, expected = CHANGES[name]
    assert sorted(told(old, new)) == sorted(expected)


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        TRIAL.replace("numbers:", "nubmers:")
        .replace("after: first", "after: last")
        .replace("least: 3", "least: 9")
    )
    assert [str(fault) for fault in read(text).faults] == [
        "trial.yaml:5: Unknown key “nubmers”. Did you mean “numbers”?",
        "trial.yaml:24: There is no stage “last”. Possible: first, second.",
        "trial.yaml:61: At least 9 is more than at most 5.",
    ]


def test_what_is_no_text_is_told() -> None:
    assert [str(fault) for fault in read(b"code: a\ntitle: \xff\n").faults] == [
        "trial.yaml:2: Not UTF-8: save the file in this encoding."
    ]
    assert [str(fault) for fault in read("code: a\ntitle: \x07\n").faults] == [
        "trial.yaml:2: This character is not allowed in a definition."
    ]
    assert [str(fault) for fault in read("").faults] == ["trial.yaml:1: The file is empty."]
    assert [str(fault) for fault in read("- a\n- b\n").faults] == [
        "trial.yaml:1: Keys with values are expected here."
    ]
    assert [str(fault) for fault in read("x" * 600_000).faults] == [
        "trial.yaml:1: The file is larger than 512 KB."
    ]
    broken = read('code: "a\n').faults
    assert len(broken) == 1
    assert broken[0].message.startswith("This cannot be read as YAML: ")


def test_faults_are_told_in_chinese() -> None:
    with translation.override("zh-hans"):
        found = read(TRIAL.replace("numbers:", "nubmers:")).faults
    assert [str(fault) for fault in found] == ["trial.yaml:5: 未知的键“nubmers”。是否应为“numbers”？"]
