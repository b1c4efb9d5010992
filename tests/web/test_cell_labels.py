"""Tables tell their cells the names of their columns."""

from lianxue.web.templatetags.cell_labels import with_cell_labels

HEAD = (
    '<thead><tr><th scope="col">Title</th><th>Copies &amp; more</th><th><span>State</span></th></tr></thead>'
)


def test_each_cell_gets_the_name_of_its_column() -> None:
    made = with_cell_labels(
        f"{HEAD}<tbody><tr><th scope='row'>A</th><td>1</td><td class=\"x\">b</td></tr></tbody>"
    )

    assert "<th scope='row' data-label=\"Title\">A" in made
    assert '<td data-label="Copies &amp; more">1' in made
    assert '<td class="x" data-label="State">b' in made


def test_a_cell_over_several_columns_gets_none_and_moves_the_rest_on() -> None:
    made = with_cell_labels(f"{HEAD}<tbody><tr><td colspan=2>A</td><td>b</td></tr></tbody>")

    assert "<td colspan=2>A" in made
    assert '<td data-label="State">b' in made


def test_its_own_label_stays_and_surplus_cells_get_none() -> None:
    made = with_cell_labels(f'{HEAD}<tr><td data-label="own">A</td><td>1</td><td>2</td><td>3</td></tr>')

    assert '<td data-label="own">A' in made
    assert "<td>3" in made


def test_a_heading_over_numbers_stands_over_them() -> None:
    made = with_cell_labels(f'{HEAD}<tbody><tr><td>A</td>\n<td\nclass="number">1</td><td>b</td></tr></tbody>')

    assert '<th class="number">Copies' in made
    assert '<td\nclass="number" data-label="Copies &amp; more">1' in made


def test_nothing_else_is_touched() -> None:
    body = "<p>no table: 3 < 4 &amp; “引号” <b>b</b></p>\r\n"

    assert with_cell_labels(body) == body
