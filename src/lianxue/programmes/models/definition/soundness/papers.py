"""Papers: every row fills the width, every question has its cell."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.parts import Form, Paper, PrintCell, PrintGrid
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.models.definition.soundness.wording import look_at_words

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
ALWAYS_THERE = {"unit", "day"}


def look_at_paper(form: Form, paper: Paper, levels: Sequence[str], lines: Shaper) -> None:
    """Tell what is wrong on the paper of a form; ``levels`` are those whose opinions may stand there."""
    for key in ("mark", "title", "note"):
        look_at_words(paper, key, lines)
    if any(width <= 0 for width in paper.widths_mm):
        lines.fault(lines.line(paper, "widths_mm"), _("A column of the paper is wider than 0."))
    for row in paper.rows:
        for cell in () if isinstance(row, PrintGrid) else row:
            _look_at_cell(cell, lines)
    _look_at_widths(form, paper, lines)
    _look_at_grids(form, paper, lines)
    _look_at_opinions(paper, levels, lines)
    _look_at_questions(form, paper, lines)
    questions = form.fields()
    for row in paper.rows:
        for cell in () if isinstance(row, PrintGrid) else row:
            if not cell.boxes and cell.field in questions and questions[cell.field].type != "choices":
                lines.fault(lines.line(cell, "boxes"), _("Only choices are printed with boxes."))


def _look_at_cell(cell: PrintCell, lines: Shaper) -> None:
    if sum(map(bool, (cell.text, cell.field, cell.opinion))) > 1:
        lines.fault(lines.line(cell), _("A cell holds a text, an answer or an opinion, not two of them."))
    for key in ("across", "down"):
        if getattr(cell, key) < 1:
            lines.fault(
                lines.line(cell, key), _("“%(key)s” is at least %(least)d.") % {"key": key, "least": 1}
            )


def _look_at_widths(form: Form, paper: Paper, lines: Shaper) -> None:
    total, grids = len(paper.widths_mm), form.grids()
    reaching: list[tuple[PrintCell, int]] = []  # into how many further rows
    for row in paper.rows:
        from_above = sum(cell.across for cell, __ in reaching)
        if isinstance(row, PrintGrid):
            named = row.section in grids and grids[row.section].row_titles
            filled = from_above + sum(row.spans) + bool(row.side or row.side_head or named)
            if row.side and named:
                lines.fault(lines.line(row, "side"), _("The names of the rows stand where “side” would."))
            line = lines.line(row, "spans")
        else:
            filled = from_above + sum(cell.across for cell in row)
            line = lines.line(row[0]) if row else lines.line(paper, "rows")
        if filled != total:
            values: dict[str, object] = {"filled": filled, "total": total, "above": from_above}
            message = _(
                "The cells of this row fill %(filled)d columns of %(total)d (%(above)d of them from rows above)."
            )
            lines.fault(line, message % values)
        reaching = [(cell, left - 1) for cell, left in reaching if left > 1]
        if not isinstance(row, PrintGrid):
            reaching += [(cell, cell.down - 1) for cell in row if cell.down > 1]
    for cell, __ in reaching:
        lines.fault(lines.line(cell, "down"), _("A cell reaches below the last row."))


def _look_at_grids(form: Form, paper: Paper, lines: Shaper) -> None:
    grids, printed = form.grids(), set()
    for row in paper.rows:
        if not isinstance(row, PrintGrid):
            continue
        printed.add(row.section)
        if row.section not in grids:
            message = _("There is no grid “%(word)s” in the form “%(form)s”. %(nearest)s")
            values: dict[str, object] = {
                "word": row.section,
                "form": form.key,
                "nearest": nearest(row.section, grids),
            }
            lines.fault(lines.line(row, "section"), message % values)
        elif len(row.spans) != len(grids[row.section].columns):
            values = {"spans": len(row.spans), "columns": len(grids[row.section].columns)}
            message = _("“spans” has %(spans)d numbers for %(columns)d columns of the grid.") % values
            lines.fault(lines.line(row, "spans"), message)
        if any(span < 1 for span in row.spans):
            lines.fault(
                lines.line(row, "spans"), _("“%(key)s” is at least %(least)d.") % {"key": "spans", "least": 1}
            )
    for key, grid in grids.items():
        if key not in printed:
            lines.fault(lines.line(grid), _("The paper leaves out “%(title)s”.") % {"title": grid.title})


def _look_at_opinions(paper: Paper, levels: Sequence[str], lines: Shaper) -> None:
    for row in paper.rows:
        for cell in () if isinstance(row, PrintGrid) else row:
            if cell.opinion and cell.opinion not in levels:
                message = _("There is no level “%(word)s” that sees this form. %(nearest)s")
                values: dict[str, object] = {"word": cell.opinion, "nearest": nearest(cell.opinion, levels)}
                lines.fault(lines.line(cell, "opinion"), message % values)


def _look_at_questions(form: Form, paper: Paper, lines: Shaper) -> None:
    questions, printed = form.fields(), set()
    named = [(lines.line(paper, "lines"), key) for text in paper.lines for key in PLACEHOLDER.findall(text)]
    named = [(line, key) for line, key in named if key not in ALWAYS_THERE]
    for row in paper.rows:
        for cell in () if isinstance(row, PrintGrid) else row:
            named += [(lines.line(cell, "field"), cell.field)] if cell.field else []
            named += [(lines.line(cell, "below"), key) for key in cell.below]
    for line, key in named:
        printed.add(key)
        if key not in questions:
            message = _("There is no question “%(word)s” in the form “%(form)s”. %(nearest)s")
            values: dict[str, object] = {"word": key, "form": form.key, "nearest": nearest(key, questions)}
            lines.fault(line, message % values)
    for key, question in questions.items():
        if key not in printed and question.type != "files":  # files go with the paper, not on it
            lines.fault(
                lines.line(question), _("The paper leaves out “%(title)s”.") % {"title": question.title}
            )
