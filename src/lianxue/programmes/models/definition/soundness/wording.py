"""Texts that may name the years and days of a call: no word in braces that nobody fills in."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.models.definition.wording import CALL_WORDS, PLACEHOLDER


def look_at_words(part: object, key: str, lines: Shaper, *, besides: Sequence[str] = ()) -> None:
    """Tell every placeholder in a text that is neither a word of the call nor one of ``besides``."""
    known = (*besides, *CALL_WORDS)
    for word in PLACEHOLDER.findall(getattr(part, key)):
        if word not in known:
            values = {"word": word, "nearest": nearest(word, known)}
            lines.fault(lines.line(part, key), _("This text knows no “{%(word)s}”. %(nearest)s") % values)
