"""Words of which a form offers a choice."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PrintedKind(StrEnum):
    """The three kinds of the registers (S0-52), as printed: 资源类型（图书/光盘/其它）."""

    BOOK = "图书"
    DISC = "光盘"
    OTHER = "其它"

    @classmethod
    def of(cls, kind: str) -> "PrintedKind":
        """Return the printed kind for a catalogue kind; what is neither book nor disc is 其它."""
        return {"book": cls.BOOK, "disc": cls.DISC}.get(kind, cls.OTHER)


class LetterKind(models.TextChoices):
    """What a letter is among the kinds of official documents; 函 has a layout of its own (GB/T 9704)."""

    NOTICE = "notice", _("Notice")
    OPINION = "opinion", _("Opinion")
    DECISION = "decision", pgettext_lazy("kind of letter", "Decision")
    REPLY = "reply", _("Official reply")
    LETTER = "letter", _("Letter between offices")
