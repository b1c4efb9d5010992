"""Small look-ups in templates of programmes."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what stands under ``key``, or nothing."""
    return mapping.get(key, "")
