"""Marking the words of a search in what it found."""

import functools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

register = template.Library()

# Inside a script element only these could end it or begin markup; JSON may hold each of them as an escape.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def marked(text: str, words: Sequence[str]) -> str:
    """Return ``text`` with every one of ``words`` marked; everything else is escaped by whoever shows it."""
    if not words:
        return text
    parts = _pattern(tuple(words)).split(text)
    pieces = (
        f"<mark>{escape(part)}</mark>" if place % 2 else escape(part) for place, part in enumerate(parts)
    )
    return SafeString("".join(pieces))  # every part is escaped


@functools.lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)


@register.filter
def mark_words(text: str, words: Sequence[str]) -> str:
    """Mark the words of a search."""
    return marked(text, words)


@register.simple_tag
def linked_data(data: Mapping[str, Any]) -> SafeString:
    """Write JSON-LD as a data block: the browser never runs it, and nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))
