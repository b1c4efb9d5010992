"""A form that leaves as a file and comes back says the same: over made-up answers with rare characters."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.documents.filled_in import SITES
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
    for path in [TRIAL, SITES, *DEFINITIONS]
    for key, form in definition_again(path.read_text("utf-8"), path.stem).forms.items()
]
AREAS = {"330100000000": "杭州市", "330106000000": "西湖区", "330122000000": "桐庐县"}
LETTERS = "王李张甪栟垟㙟㛃𬬻𠮷直港溇上海杭州社区教育学院测试一二三ABCxyz0189。，；：、（）☑☐年月日"
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
    come_back(form, render, data.draw(answers_of(form)))


def come_back(form: Form, render: Callable[[FormPaper], bytes], answers: dict[str, Any]) -> None:
    """Print answers, read the file, and find the same."""
    paper = drawn(Content(form, answers, AREAS, unit="杭州市教育技术中心", code="LX-234567ABCDEF"))
    found = answers_in(form, render(paper), AREAS)
    assert [(fault.place, fault.title, fault.message) for fault in found.faults] == []
    asked = {**form.fields(), **form.grids()}
    assert {key: shaped(asked[key], value) for key, value in found.answers.items()} == answers


WITH_GRIDS = [(name, form) for name, form in FORMS if form.grids()]
FIXED = {"date": "2026-03-05", "number": "7", "yes_no": False, "phone": "13800000000", "account": "栟_Aa09"}


@pytest.mark.parametrize("render", RENDERERS, ids=["xlsx", "docx"])
@pytest.mark.parametrize("number", [1, 150])
@pytest.mark.parametrize(("name", "form"), WITH_GRIDS, ids=[name for name, _form in WITH_GRIDS])
def test_grids_of_one_row_and_of_many_come_back(
    name: str, form: Form, render: Callable[[FormPaper], bytes], number: int
) -> None:
    """The same rows on one page and on many, with the titles of columns repeated."""
    answers: dict[str, Any] = {
        key: shaped(one, {"keys": [], "own": ""} if one.type == "choices" else FIXED.get(one.type, ""))
        for key, one in form.fields().items()
        if one.type not in ("files", "yes_no")
    }
    answers |= {key: None for key, one in form.fields().items() if one.type == "yes_no"}
    for key, grid in form.grids().items():
        rows = min(number, grid.most_rows)
        answers[key] = shaped(grid, [_fixed_row(grid, at) for at in range(len(grid.row_titles) or rows)])
    come_back(form, render, answers)


def _fixed_row(grid: Grid, at: int) -> dict[str, Any]:
    values = {one.key: FIXED.get(one.type, f"甪里{at}㛃") for one in grid.columns}
    values |= {one.key: sorted(AREAS)[at % 3] for one in grid.columns if one.type == "area"}
    values |= {one.key: one.options[at % len(one.options)].key for one in grid.columns if one.options}
    return {"_id": f"r{at + 1}", **values}


STREETS = next(form for name, form in FORMS if name == "demonstration_streets filing")
PEOPLE = next(form for name, form in FORMS if name == "alliance_sites application")
OWN = [
    "利用社会力量，整合社会资源，办好甪里学堂",  # holds the words of a published item
    "其他：栟茶书场",
    "预计成效：垟头",
    "2. 重视品牌建设，丰富创建内涵",
    "☐ 未定",
]


def streets(**changed: Any) -> dict[str, Any]:
    """Return answers to the published filing form, some of them changed."""
    plain = {
        key: shaped(one, {"choices": {"keys": [], "own": ""}}.get(one.type, ""))
        for key, one in STREETS.fields().items()
        if one.type != "files"
    }
    return {**plain, **changed}


@pytest.mark.parametrize("render", RENDERERS, ids=["xlsx", "docx"])
@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("keys", [[], ["social_forces"], ["more_people", "brands"]], ids=len)
def test_chosen_items_and_own_wording_come_back(
    render: Callable[[FormPaper], bytes], own: str, keys: list[str]
) -> None:
    come_back(
        STREETS,
        render,
        streets(key_items={"keys": keys, "own": own}, outcomes="一、六十个团队。\n预计成效：四千人次。"),
    )
    come_back(STREETS, render, streets(key_items={"keys": keys, "own": own}))


@pytest.mark.parametrize("render", RENDERERS, ids=["xlsx", "docx"])
@pytest.mark.parametrize("plan", ["单位负责人签字：王栟", "年 月 日", "注：见附页\n\n公章：", "☑ 已完成"])
def test_prose_that_looks_like_the_form_itself_comes_back(
    render: Callable[[FormPaper], bytes], plan: str
) -> None:
    come_back(STREETS, render, streets(plan=plan, outcomes=plan))
    come_back(STREETS, render, streets(outcomes=plan))


@pytest.mark.parametrize("render", RENDERERS, ids=["xlsx", "docx"])
def test_rows_with_names_keep_their_places(render: Callable[[FormPaper], bytes]) -> None:
    empty = {"name": "", "position": "", "mobile": "", "qq": ""}
    rows = [{"_id": f"r{at}", **empty} for at in range(1, 8)]
    rows[2] |= {"name": "欧阳㙍琳"}
    rows[6] |= {"qq": "000123"}
    come_back(PEOPLE, render, {"site_name": "镇江·句容学习在线", "people": rows, "goals": ""})


def test_what_somebody_writes_into_the_empty_published_cell_is_understood() -> None:
    """The published cell holds nothing: who fills it in a Word document writes items and outcomes as they like."""
    paper = drawn(Content(STREETS, streets(), AREAS))
    word = docx.Document(BytesIO(form_docx(paper)))
    cell = next(row.cells[1] for row in word.tables[0].rows if row.cells[0].text.startswith("本轮的重点"))
    assert "".join(cell.text.split()) == "单位负责人签字：公章：年月日"
    cell.paragraphs[
        0
    ].text = "1. 创新学习方法，培育学习团队\n其他：甪里非遗工坊\n建成六十个学习团队。\n培训一千二百人。"
    target = BytesIO()
    word.save(target)
    found = answers_in(STREETS, target.getvalue(), AREAS)
    assert found.faults == []
    assert found.answers["key_items"] == {"keys": ["learning_teams"], "own": "甪里非遗工坊"}
    assert found.answers["outcomes"] == "建成六十个学习团队。\n培训一千二百人。"
