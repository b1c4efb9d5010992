"""Forms without a published paper: every grid below its own title, columns as wide as what is asked for."""

import pytest
from tests.documents.printed import pdf_pages

from lianxue.kernel.rendering import form_pdf
from lianxue.programmes.models.definition import Field, Form, Grid
from lianxue.programmes.queries.columns import plain_spans, plain_widths
from lianxue.programmes.queries.definitions import latest_definition
from lianxue.programmes.queries.papers import Content, drawn


@pytest.mark.parametrize("names", [(), ("甲", "乙")], ids=["rows to add", "rows with names"])
@pytest.mark.parametrize("number", [1, 2, 5, 12, 40])
def test_spans_fill_the_width_whatever_is_asked(number: int, names: tuple[str, ...]) -> None:
    kinds = ("text", "phone", "number", "date", "choice")
    columns = tuple(Field(key=f"c{at}", title="问", type=kinds[at % 5]) for at in range(number))  # type: ignore[arg-type]  # they are field types
    grid = Grid(key="g", title="表", columns=columns, row_titles=names)
    form = Form(key="f", title="格", sections=(grid,))
    spans = plain_spans(form, grid)
    assert sum(spans) + bool(names) == len(plain_widths(form))
    assert min(spans) >= 1
    assert sum(plain_widths(form)) == pytest.approx(170)
    drawn(Content(form, {}, {})).layout()


def test_a_telephone_number_and_a_day_stand_on_one_line() -> None:
    form = latest_definition("demonstration-streets").definition.forms["division"]
    grid = form.grids()["departments"]
    widths = plain_widths(form)
    phone = plain_spans(form, grid)[-1]
    assert phone * widths[1] >= 30


def test_each_grid_stands_below_its_own_title_on_every_page() -> None:
    form = latest_definition("pilot-projects").definition.forms["application"]
    rows = [{"_id": f"r{at}", "name": f"王{at}", "employer": "学校", "task": ""} for at in range(60)]
    money = [{"_id": "b", "item": "资料费", "amount": "1"}]
    pages = pdf_pages(form_pdf(drawn(Content(form, {"members": rows, "budget": money}, {}))))
    assert len(pages) > 2
    for page in pages:
        assert ("项目组成员姓名单位名称分工" in page) == ("王" in page)
    assert "经费预算支出项目金额（元）资料费1" in pages[-1]
