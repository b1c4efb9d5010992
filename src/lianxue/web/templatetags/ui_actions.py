"""Things to press: links that look like buttons, buttons of a form, and buttons that are a whole form."""

import functools
import secrets
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

TONES = ("primary", "plain", "danger", "quiet")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without ``label`` it is decoration and hidden from screen readers."""
    return _drawn(str(name), str(label))


@functools.cache  # a page has dozens of them; there are as many as the sprite has, and as few labels
def _drawn(name: str, label: str) -> SafeString:
    if not name:
        return mark_safe("")
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {} focusable="false"><use href="{}#{}"></use></svg>',
        spoken,
        static("web/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/link_button.html")
def link_button(
    label: str, url: str, *, tone: str = "plain", icon: str = "", small: bool = False, download: bool = False
) -> dict[str, object]:
    """Show a link that looks like a button: it goes somewhere and changes nothing."""
    return {
        "label": label,
        "url": url,
        "tone": _tone(tone),
        "icon": icon,
        "small": small,
        "download": download,
    }


@register.inclusion_tag("ui/button.html")
def button(
    label: str,
    *,
    tone: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    confirm: str = "",
    small: bool = False,
    disabled: bool = False,
) -> dict[str, object]:
    """Show a submit button of the form around it (or of the form with the id ``form``)."""
    return {
        "label": label,
        "tone": _tone(tone),
        "icon": icon,
        "name": name,
        "value": value,
        "form": form,
        "confirm": confirm,
        "small": small,
        "disabled": disabled,
    }


@register.inclusion_tag("ui/action_button.html", takes_context=True)
def action_button(
    context: Context,
    label: str,
    url: str,
    *,
    tone: str = "plain",
    icon: str = "",
    confirm: str = "",
    small: bool = False,
    **values: object,
) -> dict[str, object]:
    """Show one button that is a whole POST form: csrf token, request key, and ``values`` as hidden fields.

    ``confirm`` is a question that is asked first where the browser can (the server must still check).
    """
    return {
        "label": label,
        "url": url,
        "tone": _tone(tone),
        "icon": icon,
        "confirm": confirm,
        "small": small,
        "values": values.items(),
        "csrf_token": context.get("csrf_token"),
        "request_key": context.get("request_key") or new_key(),
    }


@register.simple_tag(takes_context=True)
def request_key(context: Context) -> SafeString:
    """Put the hidden ``request_key`` into a form, so that sending it twice changes things once."""
    key = context.get("request_key") or new_key()
    return format_html('<input type="hidden" name="request_key" value="{}">', key)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Lay buttons out in a row that wraps; the first is the main one."""
    return format_html('<div class="actions">{}</div>', content)


def new_key() -> str:
    """Return a key that no other form carries."""
    return secrets.token_urlsafe(16)


def _tone(tone: Any) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"{tone!r} is no button tone; there are {', '.join(TONES)}")
    return str(tone)
