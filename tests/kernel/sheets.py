"""Workbooks for the tests of tables: good ones, and ones that somebody bent by hand."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lianxue.kernel.tables import Column, SheetShape

SHAPE = SheetShape(
    "名单",
    [
        Column("code", "编号"),
        Column("name", "单位名称", max_length=20),
        Column("kind", "类型（图书/光盘）", kind="choice", choices=[("book", "图书"), ("disc", "光盘")]),
        Column("copies", "数量", kind="integer", minimum=1, maximum=500),
        Column("since", "日期", kind="date", required=False),
        Column("note", "备注", required=False),
    ],
)
TITLES = ["编号", "单位名称", "类型（图书/光盘）", "数量", "日期", "备注"]
GOOD = ["A1", "川沙新镇社区学校", "图书", 3, "2026-03-05", "好"]


def workbook(
    *rows: Sequence[object], change: Callable[[Worksheet], None] | None = None, title: str = "名单"
) -> bytes:
    """Return a workbook with these rows; ``change`` may do to the sheet whatever people do."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def opened(content: bytes) -> Workbook:
    """Open a workbook as a reader of ours would."""
    return load_workbook(BytesIO(content))


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the package with one part replaced, or added when it was not there."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for part in names:
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in names:
            new.writestr(name, change(b""))
    return target.getvalue()
