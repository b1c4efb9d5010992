"""Marking the words of a search in what it found."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# Inside a script element only these could end it or begin markup; JSON may hold each of them as an escape.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def marked(text: str, words: Sequence[str]) -> str:
    """Return ``text`` with every one of ``words`` marked; everything else is escaped by whoever shows it."""
    if not words:
        return text
    parts = re.split("(" + "|".join(re.escape(word) for word in words) + ")", text, flags=re.IGNORECASE)
    pieces = (format_html("<mark>{}</mark>" if place % 2 else "{}", part) for place, part in enumerate(parts))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def mark_words(text: str, words: Sequence[str]) -> str:
    """Mark the words of a search."""
    return marked(text, words)


@register.simple_tag
def linked_data(data: Mapping[str, Any]) -> SafeString:
    """Write JSON-LD as a data block: the browser never runs it, and nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))
