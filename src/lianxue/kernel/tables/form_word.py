"""A form in a Word document: all its tables, one below the other, and the lines between them.

Read straight from the XML: python-docx leaves out content controls, and a form's check boxes are often some. Fields
are never carried out; what Word last showed for them is not trusted either, but for links.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx.oxml.ns import qn

from lianxue.kernel.errors import Invalid
from lianxue.kernel.office_package import BROKEN, TOO_LARGE
from lianxue.kernel.tables.cells import Formula
from lianxue.kernel.tables.form_grid import Block, FormGrid
from lianxue.kernel.tables.form_shape import word_place

NO_TABLE = gettext_lazy("There is no table in this Word document.")
TRACKED = gettext_lazy(
    "The document has tracked changes: it is not clear which wording counts. Please accept or reject all changes in "
    "Word (Review), save it and send it again."
)
VANISHED = gettext_lazy(
    "The document has hidden text. Please show or delete it in Word (Font, Hidden), save it and send it again."
)
MOST_ROWS, MOST_COLUMNS = 5_000, 200
CHANGES = (
    "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge"
)  # fmt: skip
HARMLESS_FIELDS = ("HYPERLINK", "FORMCHECKBOX", "FORMTEXT", "PAGE", "NUMPAGES")
# Check marks of the symbol typefaces that Word inserts: (typeface, code) -> the same in plain text.
SYMBOLS = {
    ("Wingdings 2", "52"): "☑", ("Wingdings 2", "50"): "☑", ("Wingdings 2", "54"): "☑", ("Wingdings 2", "A3"): "☐",
    ("Wingdings 2", "30"): "☐", ("Wingdings", "FE"): "☑", ("Wingdings", "FC"): "☑", ("Wingdings", "FD"): "☑",
    ("Wingdings", "A8"): "☐", ("Wingdings", "6F"): "☐",
}  # fmt: skip
Element = Any  # of lxml, which has no types here


def word_form(content: bytes) -> FormGrid:
    """Return all tables of a checked Word document. Raise ``Invalid``: broken, too large, tracked changes, no table."""
    try:
        body = docx.Document(BytesIO(content)).element.body
    except (
        Exception
    ) as broken:  # the parser has no common error: a hostile file can raise nearly anything from it
        raise Invalid(BROKEN) from broken
    if next(body.iter(*(qn(name) for name in CHANGES)), None) is not None:
        raise Invalid(TRACKED)
    if any(_is_on(mark) for mark in body.iter(qn("w:vanish"))):
        raise Invalid(VANISHED)
    form = FormGrid("Word", is_word=True)
    tables = [one for one in body.iter(qn("w:tbl")) if not _inside(one, "w:tbl")]
    if not tables:
        raise Invalid(NO_TABLE)
    if sum(1 for _row in body.iter(qn("w:tr"))) > MOST_ROWS:
        raise Invalid(TOO_LARGE)
    first = 1
    for number, table in enumerate(tables, start=1):
        first = _add_table(form, table, number, first)
    form.lines = [
        line
        for paragraph in body.iter(qn("w:p"))
        if not _inside(paragraph, "w:tbl") and (line := _text_of(paragraph).strip())
    ]
    return form


def _add_table(form: FormGrid, table: Element, number: int, first: int) -> int:
    """Add the blocks of one table from row ``first`` on; return the row after it."""
    open_below: dict[
        int, list[Any]
    ] = {}  # column -> [first row, columns, raw, place, last row] of a vertical merge
    row = first
    for within, tr in enumerate(_own(table, "w:tr"), start=1):
        row = first + within - 1
        column = 1 + _number(tr, "w:trPr/w:gridBefore")
        if _is_on(tr.find(f"{qn('w:trPr')}/{qn('w:hidden')}")):
            form.troubles.append(
                (word_place(number, within, 1), _("This row is hidden. Please show or delete it."))
            )
        for at, tc in enumerate(_own(tr, "w:tc"), start=1):
            columns = max(_number(tc, "w:tcPr/w:gridSpan"), 1)
            if column + columns > MOST_COLUMNS:
                raise Invalid(TOO_LARGE)
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            going_on = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
            above = open_below.get(column)
            if going_on and above is not None and above[4] == row - 1:
                above[4] = row
            else:
                if above is not None:
                    _close(form, column, above)
                open_below[column] = [row, columns, _cell_value(tc), word_place(number, within, at), row]
            column += columns
    for at, block in open_below.items():
        _close(form, at, block)
    return row + 1


def _close(form: FormGrid, column: int, block: list[Any]) -> None:
    first, columns, raw, place, last = block
    form.add(Block(first, column, last - first + 1, columns, raw, place))


def _cell_value(tc: Element) -> str | Formula | None:
    fields = [(mark.text or "").strip().upper() for mark in tc.iter(qn("w:instrText"))]
    fields += [(mark.get(qn("w:instr")) or "").strip().upper() for mark in tc.iter(qn("w:fldSimple"))]
    if any(one and not one.startswith(HARMLESS_FIELDS) for one in fields):
        return Formula()
    text = "\n".join(_text_of(paragraph) for paragraph in tc.iter(qn("w:p")))
    return text if text.strip() else None


def _text_of(paragraph: Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        name = element.tag
        if name == qn("w:t"):
            yield _plain(element)
        elif name in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif name == qn("w:tab") and element.getparent().tag == qn("w:r"):
            yield "\t"
        elif name == qn("w:noBreakHyphen"):
            yield "-"
        elif name == qn("w:sym"):
            yield _symbol(element.get(qn("w:font"), ""), element.get(qn("w:char"), ""))
        elif name == qn("w:checkBox"):  # an old form field: ticked now, or else by default
            checked = element.find(qn("w:checked"))
            ticked = _is_on(checked) if checked is not None else _is_on(element.find(qn("w:default")))
            yield "☑" if ticked else "☐"


def _plain(text: Element) -> str:
    """Return the words of a run; letters that a symbol typeface shows as check marks become these."""
    words = text.text or ""
    fonts = text.getparent().find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    face = fonts.get(qn("w:ascii"), "") if fonts is not None else ""
    if not face.startswith("Wingdings"):
        return str(words)
    return "".join(_symbol(face, f"{ord(letter):X}") or letter for letter in words)


def _symbol(face: str, code: str) -> str:
    return SYMBOLS.get((face, code.upper().removeprefix("F0")), "")


def _own(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through content controls but never into tables in cells."""
    for child in parent:
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
            yield from _own(child, name)


def _inside(element: Element, name: str) -> bool:
    return any(one.tag == qn(name) for one in element.iterancestors())


def _number(element: Element, path: str) -> int:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    text = found.get(qn("w:val"), "0") if found is not None else "0"
    return int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004  # no table has a hundred thousand columns


def _is_on(mark: Element | None) -> bool:
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")
