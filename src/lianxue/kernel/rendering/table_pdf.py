"""A table form as PDF."""

from pathlib import Path

from lianxue.kernel.rendering.table_form import TableForm, printed
from lianxue.kernel.rendering.typesetting import pdf

TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "kernel" / "print" / "table.typ"


def table_pdf(document: TableForm) -> bytes:
    """Return ``document`` as PDF."""
    return pdf(
        TEMPLATE,
        {
            "title": document.title,
            "mark": document.mark,
            "header_lines": list(document.header_lines),
            "columns": [{"title": c.title, "width": c.width_mm, "align": c.align} for c in document.columns],
            "rows": [[printed(value) for value in row] for row in document.printed_rows()],
            "note": document.note,
            "signatures": list(document.signatures),
            "landscape": document.landscape,
            "side_margin": document.side_margin_mm,
            "row_height": document.row_height_mm,
        },
    )
