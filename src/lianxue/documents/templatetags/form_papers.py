"""``{% load form_papers %}{% form_paper paper %}``: a printed form on a page, as it will stand on paper."""

from django import template

from lianxue.kernel.rendering import FormPaper, Placed

register = template.Library()

SHOWN = {True: "☑", False: "☐"}


@register.inclusion_tag("documents/parts/form_paper.html")
def form_paper(paper: FormPaper) -> dict[str, object]:
    """Show ``paper`` in a box of its own that scrolls sideways where the page is narrow."""
    whole = sum(paper.widths_mm)
    return {
        "paper": paper,
        "name": paper.name,
        "title_lines": paper.title.split("\n"),
        "parts": [max(round(100 * width / whole), 1) for width in paper.widths_mm],
        "rows": [
            [_cell(one, heading=row.repeats_as_heading) for one in placed]
            for row, placed in zip(paper.rows, paper.layout(), strict=True)
        ],
        "note_lines": paper.note.split("\n") if paper.note else [],
    }


def _cell(one: Placed, *, heading: bool) -> dict[str, object]:
    cell = one.cell
    return {
        "scope": ("col" if heading and cell.down == 1 else "rowgroup" if cell.down > 1 else "row")
        if cell.is_label
        else "",
        "across": cell.across,
        "down": cell.down,
        "align": cell.align,
        "guide": cell.guide,
        "lines": cell.text.split("\n") if cell.text else [],
        "boxes": [(SHOWN[ticked], words) for ticked, words in cell.boxes],
        "sign": cell.sign,
    }
