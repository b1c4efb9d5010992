"""What holds a page together: breadcrumbs, tabs, details, and the reader's own settings."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lianxue.accounts.public import TextSize
from lianxue.web.interfaces.web.text_size import text_size_of

register = template.Library()


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, object]:
    """Show the way from the home page: label, url, label, url …, the present page last without a url."""
    pairs = [(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    return {"items": pairs}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Iterable[Any], label: str = "") -> dict[str, object]:
    """Show links to sister pages: items with ``label``, ``url``, ``current`` and ``count``."""
    return {"items": list(items), "label": label}


@register.simple_block_tag
def details(content: str, label: str, *, open: bool = False) -> SafeString:  # noqa: A002  # as in HTML
    """Hide a piece of the page behind its label until somebody asks for it."""
    from lianxue.web.templatetags.ui_actions import icon

    return format_html(
        '<details class="disclosure"{}><summary>{}<span>{}</span></summary><div class="disclosure-body">{}</div></details>',
        " open" if open else "",
        icon("chevron-right"),
        label,
        content,
    )


@register.simple_tag(takes_context=True)
def text_size(context: Context) -> str:
    """Return the text size that the reader chose."""
    request = context.get("request")
    return text_size_of(request) if request else TextSize.NORMAL


@register.simple_tag
def constant(name: str) -> str:
    """Show a part of the page that is the same for everybody in one language; it is rendered once."""
    key = name, get_language()
    if key not in _constants or settings.DEBUG:
        _constants[key] = SafeString(get_template(name).render())
    return _constants[key]


_constants: dict[tuple[str, str | None], SafeString] = {}


@register.simple_block_tag
def piece(content: str) -> str:
    """Render something once that stands in the page more than once: ``{% piece as tools %}…{% endpiece %}``."""
    return content


@register.simple_tag
def text_sizes() -> list[tuple[str, str]]:
    """Return the sizes on offer with their names."""
    return [(size, str(name)) for size, name in TextSize.choices]


@register.simple_tag
def setting(name: str) -> object:
    """Return one of the settings that a page may show."""
    if name not in {"HELP_LINE", "VERSION", "SITE_NAME"}:
        raise template.TemplateSyntaxError(f"{name} is not for pages")
    return getattr(settings, name, "")
