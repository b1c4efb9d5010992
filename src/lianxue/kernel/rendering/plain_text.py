"""Text as it can be printed."""

import re

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return ``text`` without what no document can hold: control characters other than tab and line break."""
    return UNPRINTABLE.sub("", text)
