"""Small parts of the pages of resources."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def cover_of(base: str, key: object, title: str) -> list[dict[str, str]]:
    """Return the cover of an entry or a contribution as ``{% photos %}`` shows it."""
    return [
        {
            "url": reverse(f"resources:{base}-cover", args=[key]),
            "thumbnail": reverse(f"resources:{base}-cover-small", args=[key]),
            "alt": title,
        }
    ]
