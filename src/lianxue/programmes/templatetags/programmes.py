"""Small look-ups in templates of programmes."""

from collections.abc import Mapping
from typing import Any

from django import template

from lianxue.programmes.models import Filing
from lianxue.programmes.queries.wording import worded_form

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what stands under ``key``, or nothing."""
    return mapping.get(key, "")


@register.simple_tag
def form_title(filing: Filing) -> str:
    """Return the title of the form of a filing, with the years of its call."""
    return worded_form(filing).title
