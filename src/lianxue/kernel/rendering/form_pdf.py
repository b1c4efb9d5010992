"""A form as PDF."""

import re
from pathlib import Path
from typing import Any, cast

from lianxue.kernel.rendering.form_paper import CELL_PADDING_MM, POINT_MM, FormPaper, Placed
from lianxue.kernel.rendering.plain_text import printable
from lianxue.kernel.rendering.qr import qr_svg
from lianxue.kernel.rendering.typesetting import pdf

TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "kernel" / "print" / "form.typ"
UNBROKEN = re.compile(r"[!-~]+")  # letters and digits without a space
BREAK_HERE = "\u200b"
SHORT = 8  # rows that mostly stay on one page


def form_pdf(paper: FormPaper) -> bytes:
    """Return ``paper`` as PDF."""
    rows: list[dict[str, object]] = [
        {
            "cells": [_cell(one, paper) for one in placed],
            "height": row.height_mm,
            "breaks": paper.may_break(placed),
            "heading": row.repeats_as_heading,
            "ends_heading": row.ends_heading,
        }
        for row, placed in zip(paper.rows, paper.layout(), strict=True)
    ]
    _free_headings(rows)
    return pdf(
        TEMPLATE,
        {
            "title": paper.name,
            "title_lines": paper.title_lines,
            "mark": paper.mark,
            "landscape": paper.landscape,
            "side_margin": paper.side_margin_mm,
            "size": paper.size_pt,
            "lines": [printable(line) for line in paper.lines],
            "widths": list(paper.widths_mm),
            "groups": _groups(rows),
            "note": printable(paper.note),
            "qr": qr_svg(paper.qr_text, border=2) if paper.qr_text else "",
            "qr_caption": paper.qr_caption,
            "footer": paper.footer,
        },
    )


def _cell(one: Placed, paper: FormPaper) -> dict[str, object]:
    cell = one.cell
    return {
        "x": one.column,
        "y": one.row,
        "across": cell.across,
        "down": cell.down,
        "align": cell.align,
        "label": cell.is_label,
        "guide": printable(cell.guide),
        "words": _breakable(
            cell.words, int((one.width_mm - CELL_PADDING_MM) / (paper.size_pt * POINT_MM * 0.56))
        ),
        "sign": [printable(line) for line in cell.sign],
        "seal": cell.seal_room_mm,
        "sign_room": cell.sign_room_mm,
        "spare": max(paper.rows[one.row].height_mm - paper.text_height_mm(one), 0) if cell.sign else 0,
        "open": "",
    }


def _breakable(words: str, room: int) -> str:
    """Let addresses that are longer than their cell go on on the next line: nothing else would break them."""
    return UNBROKEN.sub(lambda run: BREAK_HERE.join(run[0]) if len(run[0]) > room else run[0], words)


def _free_headings(rows: list[dict[str, object]]) -> None:
    """Cut a cell in two that reaches from the titles of columns into the rows below: titles stand on every page alone.

    The upper part is open below, the lower one open above; together they look like one. The words stand in the lower
    part, in its middle, as long as it is short; beside many rows they stand by the titles, on every page.
    """
    for at, row in enumerate(rows):
        if not row["heading"]:
            continue
        for cell in cast("list[dict[str, Any]]", row["cells"]):
            if cell["down"] > 1 and not rows[at + 1]["heading"]:
                lower = {**cell, "y": cell["y"] + 1, "down": cell["down"] - 1, "open": "top"}
                cast("list[dict[str, Any]]", rows[at + 1]["cells"]).insert(0, lower)
                empty = {"words": "", "guide": "", "sign": []}
                cell.update(down=1, open="bottom", **({} if lower["down"] > SHORT else empty))
                lower.update(empty if lower["down"] > SHORT else {})


def _groups(rows: list[dict[str, object]]) -> list[dict[str, Any]]:
    """Put neighbouring rows together: headings, and what stands below them."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        if row["ends_heading"]:
            groups.append({"heading": False, "end": True, "rows": []})
        if not groups or groups[-1]["heading"] != row["heading"]:
            groups.append({"heading": row["heading"], "end": False, "rows": []})
        groups[-1]["rows"].append(row)
    _count(groups)
    return groups


def _count(groups: list[dict[str, Any]]) -> None:
    """Number the rows anew, with the invisible ones that end a heading."""
    added = 0
    for group in groups:
        if group["end"]:
            group["y"] = min(cell["y"] for cell in group["rows"][0]["cells"]) + added
            added += 1
        for row in group["rows"]:
            for cell in row["cells"]:
                cell["y"] += added
