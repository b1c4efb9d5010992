"""The table of a class: who gets a copy of each title that is issued."""

from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience
from lianxue.distribution.operations.checks import MOST_AT_ONCE, NAME_LENGTH
from lianxue.kernel.tables import Column, SheetRead, SheetShape, read_sheet

CLASS_SHAPE = SheetShape(
    _("Class list"),
    [
        Column("name", _("Full name"), width=20, max_length=NAME_LENGTH),
        Column(
            "audience",
            _("Recipient is a"),
            "choice",
            required=False,
            choices=Audience.choices,
            width=14,
            hint=_("Empty: a learner."),
        ),
        Column(
            "quantity",
            _("Quantity"),
            "integer",
            required=False,
            width=10,
            minimum=1,
            maximum=MOST_AT_ONCE,
            hint=_("Copies of each title. Empty: one."),
        ),
    ],
    max_rows=1000,
)


@dataclass(frozen=True, slots=True)
class ClassMember:
    """One line of a class list."""

    name: str
    audience: Audience
    quantity: int


def read_class_list(upload: "File[bytes] | bytes", *, name: str) -> tuple[list[ClassMember], SheetRead]:
    """Return the people on a class list and everything that is wrong with it. Raise ``Invalid`` for an unreadable file."""
    read = read_sheet(upload, CLASS_SHAPE, name=name)
    members = [
        ClassMember(
            name=str(row["name"]),
            audience=Audience(str(row["audience"] or Audience.LEARNER)),
            quantity=int(str(row["quantity"] or 1)),
        )
        for row in read.rows
    ]
    return members, read
