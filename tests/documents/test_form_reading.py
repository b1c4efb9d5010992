"""A printed form that is sent in again gives the same record, as workbook and as Word document."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.sample_forms import (
    ADMINISTRATORS,
    ANNEX_1_SHAPE,
    FILING_SHAPE,
    REVIEWERS,
    ROUNDS,
    TRAINERS,
    Annex,
    Filing,
    annex_1,
    filing_paper,
)

from lianxue.kernel.rendering import FormPaper, form_docx, form_xlsx
from lianxue.kernel.tables import FormRead, Ticked, read_form

Writer = Callable[[FormPaper], bytes]
WRITERS = pytest.mark.parametrize("write", [form_xlsx, form_docx])

RARE = "栟甪垟㙍𠮷"
AWKWARD = (
    "=cmd|' /C calc'!A0",
    "+86",
    "-1",
    "@SUM(A1)",
    "007",
    "１２３",
    "<script>",
    "&amp;",
    "姓名",
    "职务",
    "年 月 日",
    "注：见附页",
)
letters = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\ufffe\uffff"
)
line = st.text(st.one_of(letters, st.sampled_from(RARE)), max_size=40)
words = st.one_of(line, st.sampled_from(AWKWARD), st.from_regex(r"\A0[0-9]{5,14}\Z")).map(str.strip)
prose = st.lists(st.one_of(line, st.just(RARE * 60)), max_size=6).map(lambda lines: "\n".join(lines).strip())
written = settings(max_examples=12, deadline=None)


def filing_of(read: FormRead) -> Filing:
    values = dict(read.values)
    rounds = values.pop("rounds")
    assert isinstance(rounds, Ticked)
    return Filing(**values, rounds=frozenset(rounds.keys))  # type: ignore[arg-type]  # all others are text


filings = st.builds(
    Filing,
    **{
        key: words
        for key in Filing.__dataclass_fields__
        if key not in ("rounds", "plan", "initiative", "guidance", "decision")
    },
    rounds=st.frozensets(st.sampled_from(ROUNDS)),
    plan=prose,
    initiative=prose,
    guidance=prose,
    decision=prose,
)


@WRITERS
@written
@given(given_filing=filings)
def test_a_filing_comes_back_as_it_was(write: Writer, given_filing: Filing) -> None:
    read = read_form(write(filing_paper(given_filing)), FILING_SHAPE)
    assert read.faults == []
    assert filing_of(read) == given_filing


def rows(columns: tuple[str, ...]) -> st.SearchStrategy[list[list[str]]]:
    """Rows of which none is empty: an empty one is only room to write by hand."""
    cells = [words.filter(lambda text: not text.startswith(("注", "备注", "说明"))) for _one in columns]
    return st.lists(st.tuples(*cells).map(list).filter(any), max_size=4)


@WRITERS
@written
@given(administrators=rows(ADMINISTRATORS), trainers=rows(TRAINERS), reviewers=rows(REVIEWERS))
def test_three_grids_come_back_as_they_were(
    write: Writer, administrators: list[list[str]], trainers: list[list[str]], reviewers: list[list[str]]
) -> None:
    given_annex = Annex(administrators=administrators, trainers=trainers, reviewers=reviewers)
    read = read_form(write(annex_1(given_annex)), ANNEX_1_SHAPE)
    assert read.faults == []
    assert [list(row.values()) for row in read.grids["administrators"]] == administrators
    assert [list(row.values()) for row in read.grids["trainers"]] == trainers
    assert [list(row.values()) for row in read.grids["reviewers"]] == reviewers


@WRITERS
def test_the_lines_above_the_table_are_read(write: Writer) -> None:
    read = read_form(write(annex_1(Annex())), ANNEX_1_SHAPE)
    assert read.values == {
        "unit": "杭州市教育技术中心",
        "contact": "王芳",
        "phone": "0571-87060000",
        "mobile": "13800000001",
        "day": date(2021, 4, 28),
    }
    assert [len(read.grids[key]) for key in ("administrators", "trainers", "reviewers")] == [10, 10, 30]
