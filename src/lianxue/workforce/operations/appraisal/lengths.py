"""How long a text is, as Chinese offices count: each Han sign and mark is one, each run of other letters is one."""

import re
from io import BytesIO
from zipfile import BadZipFile

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from lianxue.kernel.errors import Invalid
from lianxue.kernel.office_package import ZIP_MAGIC, check_not_ole, check_office_package

# Han signs with their extensions, the marks of Chinese print, and full-width forms.
WIDE = "\u2e80-\u2fff\u3001-\u303f\u3105-\u312f\u31a0-\u31bf\u31c0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
COUNTED = re.compile(f"[{WIDE}]|[^\\s{WIDE}]+")


def length_of(text: str) -> int:
    """Return the number of characters (字数) of a text."""
    return sum(1 for _one in COUNTED.finditer(text))


def words_in_document(upload: "File[bytes]") -> str:
    """Return the text of a Word document, tables included. Raise ``Invalid`` for anything else."""
    content = upload.read()
    upload.seek(0)
    check_not_ole(content)
    if not content.startswith(ZIP_MAGIC) or check_office_package(content) != "docx":
        raise Invalid(
            fields={"file": _("Only Word files (.docx) can be counted. Please paste the text instead.")}
        )
    try:
        document = Document(BytesIO(content))
        lines = [paragraph.text for paragraph in document.paragraphs]
        lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    except (BadZipFile, KeyError, PackageNotFoundError, ValueError) as broken:
        raise Invalid(
            fields={"file": _("This file cannot be read. Please paste the text instead.")}
        ) from broken
    return "\n".join(lines)
