"""Tell every programme from its definition: ``python tools/programme_pages.py`` writes docs/programmes.md.

The definition files and the dataclasses of their grammar are the source; tests/project/test_programme_pages.py compares.
"""

import inspect
import os
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lianxue.programmes.queries.description import DefinitionSheet, FormSheet, Line

SOURCE = Path(__file__).resolve().parent.parent / "src"
TARGET = Path(__file__).parent.parent / "docs" / "programmes.md"
HEAD = """# Programmes

Written from the definition files by `make docs`; do not edit. A programme is a YAML file in `data/definitions/` of a
feature or in `definitions/` of an installation's home (`LIANXUE_HOME`). The same is shown at `/programmes/definitions/`.
The first part tells the programmes that come with the platform, the second one how to write such a file.
"""
GRAMMAR = """## How a definition is written

One file, one definition, UTF-8, at most 512 KB, without YAML tags, anchors and aliases. Before the platform is started
with it, `lianxue definitions check FILE …` tells every fault with file and line. A definition with a fault is never used:
the platform does not start. Published wording stands word for word. What a document leaves open (days, ratio, term) is
left out here; the office gives it when it opens a call. What was filed stays under the version under which the call was
opened: change a definition by a new `version`.

A date of a window is `"2013-01-31"` or, for every year, `"10-31"`; the window of a year lies within the year. `forms` holds
forms by their keys. A part of a form with `columns` is a grid, one with `fields` a row of questions. A row of `paper.rows`
is a list of cells, or a grid (`section`).

A text that was published for one year serves every call when its years and days are left to the call: `{year}` is the
year of the call (2026), `{years}` the years of the round: as many as the published days have, from that of the call on
(2013-2014 becomes 2026-2027; one year where it was one), `{opens}` and `{closes}` the first and the last day of the stage (2021年4月30日), `{opens_day}` and `{closes_day}` the same without
the year (4月30日). They may stand in `about` of a stage, in `title` of a form, in `mark`, `title` and `note` of its paper,
in letters and in certificates; such a text goes in quotation marks where it begins with a brace. Where the office has set
no day, 规定日期 stands there; on the pages of the definition itself the published days. A word in braces that nobody
fills in is a fault with its line.
"""


def document() -> str:
    """Return the whole page as Markdown."""
    from django.utils import translation

    from lianxue.programmes.queries.definitions import latest_definitions
    from lianxue.programmes.queries.description import describe

    with translation.override("en"):
        parts = [HEAD]
        for kept in latest_definitions():
            if SOURCE not in kept.path.parents:
                continue  # the office's own are its own business
            parts += _programme(describe(kept.definition), kept.path.name)
        parts += [GRAMMAR, *_grammar(), *_rules()]
    return "\n".join(parts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    lines += [
        f"| {' | '.join(cell.replace('|', '∣').replace(chr(10), ' ') for cell in row)} |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def _line(line: "Line") -> list[str]:
    return [line.title, " · ".join(line.words), " ".join(line.ids)]


def _programme(sheet: "DefinitionSheet", name: str) -> Iterator[str]:
    ids = f" ({' '.join(sheet.ids)})" if sheet.ids else ""
    yield f"## {sheet.title}\n"
    yield f"{sheet.about}\n"
    yield f"- File: `{name}`, code `{sheet.code}`, version {sheet.version}"
    yield f"- Source: {sheet.source}{ids}"
    yield f"- Office: {sheet.office}"
    yield f"- Who may apply: {sheet.units}"
    if sheet.numbers:
        yield f"- The office gives: {', '.join(sheet.numbers)}"
    if sheet.guides:
        yield "- Those above keep a log of their guidance."
    yield ""
    for stage in sheet.stages:
        yield f"### {stage.title}\n"
        if stage.about:
            yield f"{stage.about}\n"
        rows = [["Window", stage.window, " ".join(stage.ids)]]
        rows += [["Form", stage.form, ""]] if stage.form else []
        rows += [["Besides", words, ""] for words in stage.words]
        for number, level in enumerate(stage.levels, start=1):
            title, words, level_ids = _line(level)
            rows.append([f"Level {number}: {title}", words, level_ids])
        for letter in stage.letters:
            title, words, letter_ids = _line(letter)
            rows.append([f"Letter about the decision “{title}”", words, letter_ids])
        for product in stage.products:
            title, words, product_ids = _line(product)
            rows.append([f"The approval makes: {title}", words, product_ids])
        yield _table(["", "", "IDs"], rows)
    for form in sheet.forms:
        yield from _form(form)
    for group, items in sheet.evidence:
        yield f"### {group}\n"
        yield _table(["Item of evidence", "What it is about", "IDs"], [_line(item) for item in items])


def _form(form: "FormSheet") -> Iterator[str]:
    yield f"### Form: {form.title}\n"
    yield f"{' · '.join(form.words)}\n"
    for part in form.sections:
        ids = f" ({' '.join(part.ids)})" if part.ids else ""
        yield f"**{part.title}**{ids}\n"
        if part.hint:
            yield f"{part.hint}\n"
        head = "Column" if part.is_grid else "Question"
        yield _table(
            [head, "What is possible", "IDs"], [_line(one) for one in (*part.questions, *part.rules)]
        )
    if form.checks:
        yield _table(["Checked over several answers", "", "IDs"], [_line(one) for one in form.checks])


def _told(part: type) -> str:
    return inspect.cleandoc(part.__doc__ or "").replace("``", "`")


def _grammar() -> Iterator[str]:
    from lianxue.programmes.models.definition import parts

    named = (
        "Definition",
        "Who",
        "Stage",
        "Level",
        "PanelRule",
        "ScoreItem",
        "Product",
        "CertificateText",
        "DecisionLetter",
        "Form",
        "Fields",
        "Grid",
        "Field",
    )
    named += ("Option", "Quota", "Check", "Paper", "PrintCell", "PrintGrid", "EvidenceItem")
    for name in named:
        part = getattr(parts, name)
        yield f"### {name}\n"
        yield f"{_told(part)}\n"
        keys = [one for one in fields(part) if one.name != "place"]
        yield _table(
            ["Key", "Holds", "Without it"],
            [[f"`{one.name}`", _type(one.type), _default(one)] for one in keys],
        )


def _type(hint: Any) -> str:
    from typing import Literal, get_args, get_origin

    if get_origin(hint) is Literal:
        return ", ".join(f"`{one}`" for one in get_args(hint))
    if hint is Any:
        return "what the rule needs"
    if isinstance(hint, type) and get_origin(hint) is None:
        return {"str": "text", "int": "whole number", "float": "number", "bool": "true or false"}.get(
            hint.__name__, hint.__name__
        )
    if get_origin(hint) is tuple:
        return f"list of: {_type(get_args(hint)[0])}"
    if getattr(hint, "__name__", "") == "Mapping":
        return f"keys with: {_type(get_args(hint)[1])}"
    return " or ".join(_type(one) for one in get_args(hint) if one is not type(None))


def _default(one: "Field[Any]") -> str:
    if one.default is MISSING and one.default_factory is MISSING:
        return "**must be given**"
    value = one.default if one.default is not MISSING else None
    if isinstance(value, bool):
        return str(value).lower()
    return (
        ""
        if value in ("", None, ())
        else " ".join(map(str, value))
        if isinstance(value, tuple)
        else str(value)
    )


def _rules() -> Iterator[str]:
    from lianxue.programmes.enums import Number
    from lianxue.programmes.rules.checks import CHECKS
    from lianxue.programmes.rules.seats import SEATS

    yield "### Rules for seats (`seat`)\n"
    seats = [
        [f"`{seat.name}`", str(seat.title), ", ".join(f"`{k}`" for k in seat.keys)] for seat in SEATS.values()
    ]
    yield _table(["Rule", "Who sits there", "`given`"], seats)
    yield "### Checks over several answers (`rule`)\n"
    checks = [
        [
            f"`{check.name}`",
            _told(type(check)),
            ", ".join([*(f"`{key}`" for key in check.needs), *(f"`{key}` if wanted" for key in check.may)]),
        ]
        for check in CHECKS.values()
    ]
    yield _table(["Rule", "What it looks at", "`given`"], checks)
    yield "### Numbers that the office gives (`numbers`)\n"
    yield _table(["Number", "What it is"], [[f"`{one.value}`", str(one.label)] for one in Number])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxue.platform.settings")
    os.environ.setdefault("LIANXUE_TESTING", "1")
    import django

    django.setup()
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
