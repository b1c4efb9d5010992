"""Sheets of labels for copies."""

from collections.abc import Iterable

from lianxue.documents.models import Label, LabelGrid
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, qr_svg


def label_sheet(labels: Iterable[Label], grid: LabelGrid) -> bytes:
    """Return A4 pages of labels in ``grid``, as PDF. Raise ``ValueError`` for labels too small to be read."""
    if not grid.is_printable:
        raise ValueError("labels of this size cannot be read")
    listed = list(labels)
    codes = {label.code: qr_svg(label.code, border=1) for label in listed}
    return pdf(
        template("labels.typ"),
        {
            "labels": [[label.code, label.title, label.owner] for label in listed],
            "codes": codes,
            "columns": grid.columns,
            "rows": grid.rows,
            "width": grid.width,
            "height": grid.height,
            "top": grid.margin_top,
            "left": grid.margin_left,
            "gap_x": grid.gap_x,
            "gap_y": grid.gap_y,
            "start": grid.start - 1,
        },
    )
