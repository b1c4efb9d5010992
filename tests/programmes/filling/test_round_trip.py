"""A form that leaves as a file and comes back says the same: over made-up answers with rare characters."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.factories.programmes import TRIAL

import lianxue.programmes
from lianxue.kernel.rendering import FormPaper, form_docx, form_xlsx
from lianxue.programmes.models.definition import Field, Form, Grid
from lianxue.programmes.models.definition.keeping import definition_again
from lianxue.programmes.operations.filings.shapes import shaped
from lianxue.programmes.queries.filled_forms import answers_in
from lianxue.programmes.queries.papers import Content, drawn

DEFINITIONS = sorted((Path(lianxue.programmes.__file__).parent / "data/definitions").glob("*.yaml"))
FORMS = [
    (f"{path.stem} {key}", form)
    for path in [TRIAL, *DEFINITIONS]
    for key, form in definition_again(path.read_text("utf-8"), path.stem).forms.items()
]
AREAS = {"330100000000": "杭州市", "330106000000": "西湖区", "330122000000": "桐庐县"}
LETTERS = "王李张甪栟垟㙟直港溇上海杭州社区教育学院测试一二三ABCxyz0189。，；"
WORDS = st.text(LETTERS, min_size=1, max_size=18).map(str.strip).filter(bool)
PLAIN: dict[str, SearchStrategy[Any]] = {
    "date": st.dates(date(1901, 1, 1), date(2099, 12, 31)).map(str),
    "number": st.integers(0, 10_000).map(str),
    "yes_no": st.booleans(),
    "area": st.sampled_from(sorted(AREAS)),
    "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    "postcode": st.from_regex(r"[0-9]{6}", fullmatch=True),
    "account": st.text("AaBbCcZz019_", min_size=1, max_size=12),
    "long_text": st.lists(WORDS, min_size=1, max_size=4).map("\n".join),
}
RENDERERS: list[Callable[[FormPaper], bytes]] = [form_xlsx, form_docx]


def value_of(one: Field) -> SearchStrategy[Any]:
    """Return values that a question of this type can have."""
    if one.type in PLAIN:
        return PLAIN[one.type]
    if one.type == "choice":
        return st.sampled_from([option.key for option in one.options])
    if one.type == "choices":
        keys = st.lists(st.sampled_from([option.key for option in one.options]), unique=True, min_size=1)
        own = WORDS if one.own else st.just("")
        return st.builds(lambda keys, own: {"keys": keys, "own": own}, keys, own)
    return WORDS


@st.composite
def answers_of(draw: DrawFn, form: Form) -> dict[str, Any]:
    """Return answers to every question of a form that is on its paper."""
    found: dict[str, Any] = {}
    for key, one in form.fields().items():
        if one.type != "files":
            found[key] = shaped(one, draw(value_of(one)))
    for key, grid in form.grids().items():
        number = len(grid.row_titles) or draw(st.integers(0, 4))
        found[key] = shaped(grid, [_row(draw, grid, at) for at in range(number)])
    return found


def _row(draw: DrawFn, grid: Grid, at: int) -> dict[str, Any]:
    return {"_id": f"r{at + 1}", **{one.key: draw(value_of(one)) for one in grid.columns}}


@pytest.mark.parametrize("render", RENDERERS, ids=["xlsx", "docx"])
@pytest.mark.parametrize(("name", "form"), FORMS, ids=[name for name, _form in FORMS])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_exported_is_imported_again(
    name: str, form: Form, render: Callable[[FormPaper], bytes], data: st.DataObject
) -> None:
    answers = data.draw(answers_of(form))
    paper = drawn(Content(form, answers, AREAS, unit="杭州市教育技术中心", code="LX-234567ABCDEF"))
    found = answers_in(form, render(paper), AREAS)
    assert [(fault.place, fault.title, fault.message) for fault in found.faults] == []
    asked = {**form.fields(), **form.grids()}
    assert {key: shaped(asked[key], value) for key, value in found.answers.items()} == answers
