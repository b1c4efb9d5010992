"""Word and Excel files as packages: what kind one is, and whether it is safe to open at all.

An office file is a zip of XML parts. Before any parser sees one, its declared size, its compression and its parts are
looked at, so that a small file cannot unfold into a huge one, carry macros, or hide entity tricks in its XML.
"""

import zipfile
import zlib
from io import BytesIO
from typing import Literal

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid

OfficeKind = Literal["xlsx", "docx", "pptx"]

MAX_PARTS = 3000
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 250
RATIO_MATTERS_FROM_BYTES = 1024 * 1024

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = "[Content_Types].xml"

MAIN_PARTS: dict[bytes, OfficeKind] = {
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"wordprocessingml.document.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
}

BROKEN = _("The file is damaged and cannot be opened. Please save it again and send the new copy.")
PASSWORD = _("The file is protected by a password. Please save it without a password and send it again.")
MACROS = _(
    "The file contains macros. Please save it as a plain workbook (.xlsx) or document (.docx) and send it again."
)
TOO_LARGE = _(
    "The file unfolds to far more than it should. Please copy the cells into a new workbook and send that."
)
OLD_FORMAT = _(
    "The file is in the old Office format (.xls, .doc). Please save it as .xlsx or .docx and send it again."
)
BINARY_FORMAT = _(
    "The file is in the binary Excel format (.xlsb). Please save it as .xlsx and send it again."
)
OPEN_DOCUMENT = _(
    "The file is in the OpenDocument format. Please save it as .xlsx or .docx and send it again."
)
NOT_OFFICE = _("This is a compressed folder, not a workbook or document. Please send the file itself.")


def check_office_package(content: bytes) -> OfficeKind:
    """Return which kind of office file ``content`` is, or raise Invalid with what to do about it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_sizes(package)
            kind = _kind(package)
            for part in package.namelist():
                if part.endswith((".xml", ".rels", ".vml")):
                    _check_xml(package.read(part))
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as broken:
        raise Invalid(BROKEN) from broken
    return kind


def check_not_ole(content: bytes) -> None:
    """Raise Invalid when ``content`` is an old or an encrypted office file: both wear the same outer format."""
    if content.startswith(OLE_MAGIC):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise Invalid(PASSWORD if encrypted else OLD_FORMAT)


def settled(content: bytes) -> bytes:
    """Return the same package with every part dated 1980-01-01, so that equal data gives equal bytes."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return target.getvalue()


def _check_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Invalid(PASSWORD)
    # zipfile never unpacks more than the declared size of a part, so the declared sizes are true bounds.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Invalid(TOO_LARGE)
    for part in parts:
        if part.file_size > RATIO_MATTERS_FROM_BYTES and part.file_size > MAX_RATIO * max(
            part.compress_size, 1
        ):
            raise Invalid(TOO_LARGE)


def _kind(package: zipfile.ZipFile) -> OfficeKind:
    names = set(package.namelist())
    if CONTENT_TYPES not in names:
        opendocument = "mimetype" in names and package.read("mimetype").startswith(b"application/vnd.oasis")
        raise Invalid(OPEN_DOCUMENT if opendocument else NOT_OFFICE)
    types = package.read(CONTENT_TYPES)
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Invalid(MACROS)
    if b"sheet.binary" in types:
        raise Invalid(BINARY_FORMAT)
    for mark, kind in MAIN_PARTS.items():
        if mark in types:
            return kind
    raise Invalid(NOT_OFFICE)


def _check_xml(part: bytes) -> None:
    # The packaging standard (ECMA-376 part 2) forbids document type declarations; parts are UTF-8 in practice, and a
    # part in UTF-16 could hide one from this search.
    if b"\x00" in part or b"<!DOCTYPE" in part:
        raise Invalid(BROKEN)
