"""Declaring one part of an indicator, with evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound, Text
from lianxue.kernel.files import store_document, store_picture
from lianxue.kernel.operation import operation
from lianxue.kernel.tables import Column, SheetRead, SheetShape, read_sheet
from lianxue.orgs.public import Actor
from lianxue.workforce.errors import SheetFaulty
from lianxue.workforce.flows.appraisal import APPRAISAL_FLOW
from lianxue.workforce.models import Appraisal, Declared
from lianxue.workforce.models.indicators.parts import Part
from lianxue.workforce.operations.appraisal.lengths import length_of, words_in_document
from lianxue.workforce.queries.appraisal import parts_of
from lianxue.workforce.queries.indicators.judging import decimal

MOST = Decimal(10) ** 9
WORDS_LENGTH = 20_000
POINTS_SHAPE = SheetShape(
    _("Experience values"),
    [
        Column("name", _("Teacher"), required=False, width=18),
        Column("points", _("Experience value"), width=14, max_length=20),
    ],
    max_rows=100_000,
)


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What somebody declares: numbers by what the part asks for (``number``; ``first`` and ``second``; ``characters``).

    Evidence is ``words``, ``link`` or ``file``. Of an article ``words`` or a Word ``file`` are counted; ``table`` holds a
    row for each teacher of a share of experience values.
    """

    numbers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    link: str = ""
    file: "File[bytes] | None" = None
    table: "File[bytes] | None" = None


@operation("workforce.declare_part", label=_("Declare an indicator"))
def declare_part(
    *,
    actor: Actor,
    at: datetime,
    appraisal: Appraisal,
    part: str,
    declaration: Declaration,
    request_key: str | None = None,
) -> Declared:
    """Declare one part, in place of what was declared before; a file once sent in stays unless another comes.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound`` (no such part, or a computed one), ``Invalid`` or ``SheetFaulty``.
    """
    row = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    APPRAISAL_FLOW.require("declare_part", actor=actor, subject=row, at=at)
    asked = parts_of(row).get(part)
    if asked is None or asked.is_computed:
        raise NotFound
    there = Declared.objects.filter(appraisal=row, part=part).select_related("file").first()
    before = _told(there) if there else None
    values = _values(asked, declaration)
    words, link = declaration.words.strip(), declaration.link.strip()
    _check_evidence(asked, declaration, words, link, has_file=there is not None and there.file is not None)
    file = (
        _kept(declaration.file, actor=actor, at=at) if declaration.file else (there.file if there else None)
    )
    made, _is_new = Declared.objects.update_or_create(
        appraisal=row,
        part=part,
        defaults={
            "values": values,
            "words": words,
            "link": link,
            "file": file,
            "declared_at": at,
            "declared_by_id": actor.person_id,
        },
    )
    audit.record(
        actor=actor, at=at, verb="workforce.declare_part", subject=row, before=before, after=_told(made)
    )
    return made


def _told(row: Declared) -> dict[str, Any]:
    return {
        "part": row.part,
        "values": row.values,
        "words": len(row.words),
        "link": row.link,
        "file": row.file.original_name if row.file else "",
    }


def _values(part: Part, declaration: Declaration) -> dict[str, Any]:
    if part.kind == "number":
        return {"number": _whole(declaration, "number")}
    if part.kind in {"deviation", "share"}:
        if declaration.table is not None and part.points_at_least is not None:
            return _shares(part, declaration.table)
        first, second = _whole(declaration, "first"), _whole(declaration, "second")
        if part.kind == "share" and int(first) > int(second):
            raise Invalid(fields={"first": _("The part cannot be larger than the whole.")})
        return {"first": first, "second": second}
    if part.kind == "article":
        return _characters(declaration)
    return {}


def _whole(declaration: Declaration, name: str) -> str:
    value = decimal(declaration.numbers.get(name, "").strip())
    if value is None or value != value.to_integral_value() or not 0 <= value <= MOST:
        raise Invalid(fields={name: _("Please give a whole number from 0 up.")})
    return str(int(value))


def _characters(declaration: Declaration) -> dict[str, Any]:
    """Count a pasted text or a Word file (S1-73); an article that stands elsewhere is declared with link and length."""
    if declaration.words.strip():
        return {"characters": length_of(declaration.words), "counted": True}
    if declaration.file is not None:
        return {"characters": length_of(words_in_document(declaration.file)), "counted": True}
    if not declaration.link.strip():
        raise Invalid(fields={"words": _("Paste the text, send a Word file, or give link and length.")})
    return {"characters": int(_whole(declaration, "characters")), "counted": False}


def _shares(part: Part, table: "File[bytes]") -> dict[str, Any]:
    """Count the rows of a table: all of them, and those from the value on that counts, inclusive (S1-67: 超过60（含）)."""
    read = read_sheet(table, POINTS_SHAPE)
    first = 0
    for row in read.rows:
        points = decimal(row["points"])
        if points is None:
            read.add_fault(row, "points", _("Please give a number."))
        elif part.points_at_least is not None and points >= part.points_at_least:
            first += 1
    if read.faults:
        raise SheetFaulty(_fault_words(read), fields={"table": _fault_words(read)})
    return {"first": str(first), "second": str(len(read.rows)), "from_table": True}


def _fault_words(read: SheetRead) -> str:
    shown = "; ".join(f"{fault.place}: {fault.message}" for fault in read.faults[:20])
    more = len(read.faults) - 20 + read.left_out
    return f"{shown} (+{more})" if more > 0 else shown


def _check_evidence(part: Part, declaration: Declaration, words: str, link: str, *, has_file: bool) -> None:
    faults: dict[str, Text] = {}
    if len(words) > WORDS_LENGTH:
        faults["words"] = _("Please keep this under 20,000 characters.")
    if link:
        try:
            URLValidator(schemes=["http", "https"])(link)
        except ValidationError:
            faults["link"] = _("This is no web address.")
    if not (words or link or declaration.file or has_file or declaration.table):
        faults["words"] = _("Please give evidence: words, a link or a file.")
    if part.kind == "text" and not words:
        faults["words"] = _("Please fill this in.")
    if faults:
        raise Invalid(fields=faults)


def _kept(upload: "File[bytes]", *, actor: Actor, at: datetime) -> Any:
    """Keep evidence: a picture, or a PDF, Word or Excel file; told apart by content."""
    try:
        try:
            return store_document(upload, person_id=actor.person_id, at=at)
        except Invalid as no_document:
            upload.seek(0)
            try:
                return store_picture(upload, person_id=actor.person_id, at=at)
            except Invalid:
                raise no_document from None
    except Invalid as refusal:
        raise Invalid(fields={"file": refusal.message}) from refusal
