"""The paper of a filing, as its definition draws it: for the screen, for print, and for the file that comes back.

``paper_of`` fills the published table with answers and opinions; ``shape_of`` says how the same table is read again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxue.kernel import clock
from lianxue.kernel.rendering import FormCell, FormPaper, FormRow, written_day
from lianxue.programmes.models import Filing, FilingRevision, Opinion
from lianxue.programmes.models.definition import (
    Field,
    Form,
    Grid,
    Paper,
    PrintCell,
    PrintGrid,
    filled,
)
from lianxue.programmes.queries.columns import label_columns, plain_spans, plain_widths
from lianxue.programmes.queries.opening import masked_answers, opened_answers
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.queries.wording import worded_form
from lianxue.programmes.rules.checks import as_day

DRAFT_MARK = "草稿"
SEAL_ROOM_MM = 18
OWN_WORDS = "其他："
BETWEEN = "、"
TO_WRITE_ON = "________"


@dataclass(frozen=True, slots=True)
class Content:
    """What is put into a paper. ``opinions`` are words by level, ``days`` when they were given."""

    form: Form
    answers: Mapping[str, Any]
    areas: Mapping[str, str]
    unit: str = ""
    day: date | None = None
    opinions: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    code: str = ""
    footer: str = ""


def paper_of(filing: Filing, revision: FilingRevision | None = None, *, is_masked: bool = False) -> FormPaper:
    """Return the printed form of a revision, or of what stands in the filing now (marked as a draft)."""
    form = worded_form(filing)
    readable = masked_answers if is_masked else opened_answers
    answers = readable(form, revision.answers if revision else filing.answers)
    given = revision_opinions(revision) if revision else []
    with override("zh-hans"):  # a paper of Chinese offices, whoever prints it in whichever language
        said = {one.level: one.comment or str(one.get_decision_display()) for one in given}
        footer = _footer(revision)
    content = Content(
        form,
        answers,
        areas_of(filing.unit),
        filing.unit.name,
        clock.local_date(revision.submitted_at) if revision else None,
        said,
        _file_names(filing, revision),
        revision.code if revision else "",
        footer,
    )
    paper = drawn(content)
    # A masked copy that is stamped and sent back must not pass for the form itself: it carries no code.
    return replace(paper, qr_text="", qr_caption="") if is_masked else paper


def revision_opinions(revision: FilingRevision) -> list[Opinion]:
    """Return the opinions on a revision, from the first level up."""
    rows = Opinion.objects.filter(revision=revision).select_related("organisation", "person", "on_behalf_of")
    return list(rows.order_by("position", "pk"))


def _footer(revision: FilingRevision | None) -> str:
    if revision is None:
        return DRAFT_MARK
    return _("Revision %(number)d, handed in %(day)s") % {
        "number": revision.number,
        "day": written_day(clock.local_date(revision.submitted_at)),
    }


def _file_names(filing: Filing, revision: FilingRevision | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if revision is not None:
        for one in revision.files:
            found[one["key"]] = (*found.get(one["key"], ()), one["name"])
        return found
    keys = [key for key, one in filing.form.fields().items() if one.type == "files"]
    named = [pk for key in keys for pk in filing.answers.get(key) or []]
    if named:
        for row in filing.files.select_related("file").filter(pk__in=named):
            found[row.key] = (*found.get(row.key, ()), row.file.original_name)
    return found


def drawn(content: Content) -> FormPaper:
    """Return the paper with its content; a form without a paper of its own is printed question by question."""
    paper = content.form.paper
    # A form without a paper of its own says whose it is: its title alone may be that of one of its questions.
    title = paper.title if paper else f"{content.unit}{content.form.title}"
    title += "" if content.code else f"（{DRAFT_MARK}）"
    rows = tuple(_rows(paper, content) if paper else _plain_rows(content))
    return FormPaper(
        title=title,
        mark=paper.mark if paper else "",
        landscape=paper.landscape if paper else False,
        lines=tuple(_line(line, content) for line in paper.lines) if paper else (),
        widths_mm=paper.widths_mm if paper else plain_widths(content.form),
        rows=rows,
        note=paper.note if paper else "",
        qr_text=content.code,
        qr_caption=content.code,
        footer=content.footer,
        size_pt=9 if paper and paper.landscape else 12,
    )


def _line(line: str, content: Content) -> str:
    asked = content.form.fields()
    words = {key: printed_value(one, content.answers.get(key), content.areas) for key, one in asked.items()}
    words |= {"unit": content.unit, "day": written_day(content.day) if content.day else ""}
    return filled(line, {key: value or TO_WRITE_ON for key, value in words.items()})


def _rows(paper: Paper, content: Content) -> Iterator[FormRow]:
    is_below_grid = False
    for row in paper.rows:
        if isinstance(row, PrintGrid):
            yield from _grid_rows(row, content.form.grids()[row.section], content)
        else:
            height = max((cell.height_mm for cell in row), default=0) or 9
            cells = tuple(_cell(cell, content) for cell in row)
            yield FormRow(cells=cells, height_mm=height, ends_heading=is_below_grid)
        is_below_grid = isinstance(row, PrintGrid)


def _cell(cell: PrintCell, content: Content) -> FormCell:
    boxes: tuple[tuple[bool, str], ...] = ()
    text = cell.text
    if cell.field:
        asked = content.form.fields()[cell.field]
        boxes, text = boxes_of(asked, content.answers.get(cell.field)), ""
        if boxes and not cell.boxes:
            boxes, text = (), _chosen(boxes)
        elif not boxes:
            text = printed_value(asked, content.answers.get(cell.field), content.areas)
        below = [content.form.fields()[key] for key in cell.below]
        more = [(one, printed_value(one, content.answers.get(one.key), content.areas)) for one in below]
        if text or boxes or any(value for _one, value in more):  # an empty cell is left as it is published
            text = "\n".join(
                filter(None, [text, *(f"{one.printed_title}：\n{value}" for one, value in more)])
            )
        text = "\n".join(filter(None, [text, *content.files.get(cell.field, ())]))
    elif cell.opinion:
        text = content.opinions.get(cell.opinion, "")
    return FormCell(
        text=text,
        across=cell.across,
        down=cell.down,
        align=cell.align,
        is_label=cell.is_label,
        guide=cell.guide,
        boxes=boxes,
        sign=cell.sign,
        seal_room_mm=SEAL_ROOM_MM if cell.sign else 0,
    )


def boxes_of(asked: Field, value: Any) -> tuple[tuple[bool, str], ...]:
    """Return the boxes to tick of a question with several options, the last one for own words."""
    if asked.type != "choices":
        return ()
    kept = value if isinstance(value, Mapping) else {}
    ticked = kept.get("keys") or []
    boxes = [(one.key in ticked, one.title) for one in asked.options]
    own = str(kept.get("own") or "")
    if asked.own:
        boxes.append((bool(own), f"{OWN_WORDS}{own}"))
    return tuple(boxes)


def _plain_rows(content: Content) -> Iterator[FormRow]:
    """Yield a form question by question and grid by grid, each grid below its own title."""
    columns = len(plain_widths(content.form))
    label = label_columns(content.form)
    is_below_grid = False
    for part in content.form.sections:
        if isinstance(part, Grid):
            if part.title != content.form.title:
                title = FormCell(text=part.title, across=columns, is_label=True)
                yield FormRow(cells=(title,), height_mm=8, repeats_as_heading=True)
            yield from _grid_rows(
                PrintGrid(section=part.key, spans=plain_spans(content.form, part)), part, content
            )
            is_below_grid = True
            continue
        for one in part.fields:
            boxes = boxes_of(one, content.answers.get(one.key))
            text = "" if boxes else printed_value(one, content.answers.get(one.key), content.areas)
            text = "\n".join(filter(None, [text, *content.files.get(one.key, ())]))
            cells = (
                FormCell(text=one.printed_title, across=label, is_label=True),
                FormCell(text=text, boxes=boxes, across=columns - label, align="left"),
            )
            yield FormRow(cells=cells, ends_heading=is_below_grid)
            is_below_grid = False


def _chosen(boxes: tuple[tuple[bool, str], ...]) -> str:
    """Return what is chosen, each on its line and without a box."""
    return "\n".join(words for ticked, words in boxes if ticked)


def _grid_rows(part: PrintGrid, grid: Grid, content: Content) -> Iterator[FormRow]:
    rows = [row for row in content.answers.get(grid.key) or [] if isinstance(row, Mapping)]
    named = grid.row_titles
    number = len(named) or max(len(rows), part.least_rows)
    heads = [
        FormCell(text=column.printed_title, across=span, is_label=True)
        for column, span in zip(grid.columns, part.spans, strict=True)
    ]
    side: list[FormCell] = []
    below: list[FormCell] = []
    if named:
        side = [FormCell(text=part.side_head, is_label=True)]
    elif part.side and part.side_head:
        side, below = (
            [FormCell(text=part.side_head, is_label=True)],
            [FormCell(text=part.side, down=number, is_label=True)],
        )
    elif part.side:
        side = [FormCell(text=part.side, down=number + 1, is_label=True)]
    yield FormRow(cells=(*side, *heads), height_mm=8, repeats_as_heading=True)
    for at in range(number):
        row = rows[at] if at < len(rows) else {}
        cells = [
            FormCell(text=printed_value(column, row.get(column.key), content.areas), across=span)
            for column, span in zip(grid.columns, part.spans, strict=True)
        ]
        beside = [FormCell(text=named[at], is_label=True)] if named else below if at == 0 else []
        yield FormRow(cells=(*beside, *cells), height_mm=8)


def printed_value(asked: Field, value: Any, areas: Mapping[str, str]) -> str:
    """Return an answer as it stands on paper."""
    if value in (None, "", []):
        return ""
    if asked.type == "yes_no":
        return "是" if value else "否"
    if asked.type == "choice":
        option = asked.option(str(value))
        return option.title if option else str(value)
    if asked.type == "choices":
        kept = value if isinstance(value, Mapping) else {}
        titles = [one.title for one in asked.options if one.key in (kept.get("keys") or [])]
        return BETWEEN.join([*titles, *filter(None, [str(kept.get("own") or "")])])
    if asked.type == "area":
        return areas.get(str(value), str(value))
    if asked.type == "date":
        day = as_day(value)
        return written_day(day) if day else str(value)
    if asked.type == "files":
        return ""
    return str(value)


def current_revision(filing: Filing) -> FilingRevision | None:
    """Return the revision that was handed in last, while the filing is not being written anew."""
    if filing.state in ("draft", "returned") or not filing.revision_number:
        return None
    return filing.revisions.get(number=filing.revision_number)
