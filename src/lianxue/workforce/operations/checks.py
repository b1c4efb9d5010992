"""Checks of what people type in workforce."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid
from lianxue.workforce.errors import ReasonMissing

REASON_LENGTH = 300
NAME_LENGTH = 60
UNIT_LENGTH = 120


def require_reason(reason: str, *, field: str = "reason") -> str:
    """Return the reason without outer spaces; raise ``ReasonMissing`` or ``Invalid``."""
    bare = reason.strip()
    if not bare:
        raise ReasonMissing(fields={field: ReasonMissing.default_message})
    if len(bare) > REASON_LENGTH:
        raise Invalid(fields={field: _("Please keep this under 300 characters.")})
    return bare


def require_text(text: str, *, field: str, longest: int) -> str:
    """Return ``text`` without outer spaces; raise ``Invalid`` when there is none or too much."""
    bare = text.strip()
    if not bare:
        raise Invalid(fields={field: _("Please fill this in.")})
    if len(bare) > longest:
        raise Invalid(
            fields={field: _("Please keep this under %(count)d characters.") % {"count": longest + 1}}
        )
    return bare
