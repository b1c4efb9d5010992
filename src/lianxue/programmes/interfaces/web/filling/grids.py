"""Grids as they are filled in: a table of boxes with tools for its rows, and a pattern from which the script makes more."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianxue.programmes.interfaces.web.filling.inputs import NOTHING, box
from lianxue.programmes.models.definition import Field, Grid

Row = Mapping[str, Any]
Faults = Mapping[str, Sequence[str]]
PATTERN = "__row__"  # the script puts the name of a new row in its place


def grid_table(
    grid: Grid, rows: Sequence[Row], areas: Mapping[str, str], faults: Faults, spare: int
) -> SafeString:
    """Return a grid with its rows and ``spare`` empty ones below; rows with titles of their own stay as many as they are."""
    shown = _shown_rows(grid, rows, spare)
    body = format_html_join(
        "",
        "{}",
        ((_row(grid, at, name, row, areas=areas, faults=faults),) for at, (name, row) in enumerate(shown)),
    )
    number = format_html('<th scope="col"><span class="visually-hidden">{}</span></th>', _("Row"))
    heads = format_html_join(
        "", '<th scope="col">{}{}{}</th>', ((one.title, _must(one), _hint(one)) for one in grid.columns)
    )
    tools = pattern = NOTHING
    if not grid.row_titles:
        tools = format_html(
            '<th scope="col"><span class="visually-hidden">{}</span></th>', _("Change the row")
        )
        pattern = format_html("<template>{}</template>", _row(grid, 0, PATTERN, {}, areas=areas, faults={}))
    return format_html(
        '<div class="grid-frame"><table class="grid-table" data-grid="{}" data-most-rows="{}">'
        '<caption class="visually-hidden">{}</caption><thead><tr>{}{}{}</tr></thead><tbody>{}</tbody></table>{}</div>',
        grid.key, len(grid.row_titles) or grid.most_rows, grid.title, number, heads, tools, body, pattern,
    )  # fmt: skip


def _shown_rows(grid: Grid, rows: Sequence[Row], spare: int) -> list[tuple[str, Row]]:
    named = [(str(row.get("_id")), row) for row in rows]
    if grid.row_titles:
        empty: list[tuple[str, Row]] = [
            (f"f{at}", {}) for at in range(len(rows) + 1, len(grid.row_titles) + 1)
        ]
        return [*named, *empty][: len(grid.row_titles)]
    room = max(min(spare, grid.most_rows - len(rows)), 0)
    # Two people who write into the empty row at once write two rows: its name is another one on every page.
    return [*named, *((f"n{secrets.token_hex(4)}", {}) for _spare in range(room))]


def _must(one: Field) -> SafeString:
    return format_html(' <span class="must">{}</span>', _("must be filled in")) if one.required else NOTHING


def _hint(one: Field) -> SafeString:
    return format_html('<span class="column-hint">{}</span>', one.hint) if one.hint else NOTHING


def _row(grid: Grid, at: int, name: str, row: Row, *, areas: Mapping[str, str], faults: Faults) -> SafeString:
    title = grid.row_titles[at] if grid.row_titles else str(at + 1)
    cells = format_html_join(
        "",
        '<td><label for="a.{}">{}</label>{}{}</td>',
        (
            (place, one.title, *_cell(one, place, row.get(one.key), areas, faults.get(place, ())))
            for one in grid.columns
            for place in (f"{grid.key}.{name}.{one.key}",)
        ),
    )
    tools = NOTHING if grid.row_titles else _tools(f"{grid.key}.{name}")
    return format_html(
        '<tr data-row="{}"><th scope="row"><input type="hidden" name="o.{}" value="{}"><span data-number>{}</span></th>'
        "{}{}</tr>",
        name, grid.key, name, title, cells, tools,
    )  # fmt: skip


def _cell(
    one: Field, place: str, value: Any, areas: Mapping[str, str], wrong: Sequence[str]
) -> tuple[SafeString, SafeString]:
    """Return the box of a cell and what is wrong with it."""
    if not wrong:
        return box(one, f"a.{place}", value, areas), NOTHING
    fault = f"q-{place}-fault"
    attributes = format_html(' aria-invalid="true" aria-describedby="{}"', fault)
    words = format_html('<span class="cell-fault" id="{}">{}</span>', fault, " ".join(wrong))
    return box(one, f"a.{place}", value, areas, attributes=attributes), words


def _tools(place: str) -> SafeString:
    words = (
        ("up", "↑", _("Move this row up")),
        ("down", "↓", _("Move this row down")),
        ("drop", "×", _("Remove this row")),
    )
    buttons = format_html_join(
        "",
        '<button type="submit" class="row-tool" name="move" value="{}.{}" data-move="{}" aria-label="{}" title="{}">{}</button>',
        ((place, where, where, label, label, sign) for where, sign, label in words),
    )
    return format_html('<td class="row-tools">{}</td>', buttons)
