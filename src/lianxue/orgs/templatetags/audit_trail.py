"""``{% load audit_trail %}``: acts and recorded values in words."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianxue.kernel.audit import act_label
from lianxue.kernel.models import AuditEntry, Outcome

register = template.Library()

LINE_BREAK = SafeString("<br>")


@register.simple_tag
def act(verb: str) -> str:
    """Return what people read for a verb."""
    return str(act_label(verb))


@register.filter
def outcome_tone(entry: AuditEntry) -> str:
    """Return the tone in which the outcome of an entry is shown."""
    return "danger" if entry.outcome == Outcome.REFUSED else "success"


@register.simple_tag
def recorded(value: Any) -> SafeString | str:
    """Show a value as the trail keeps it: nothing, yes or no, lists and pairs set out."""
    if value is None or value == "":
        return format_html('<span class="nothing">{}</span>', _("empty"))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return format_html_join(LINE_BREAK, "{}: {}", ((key, recorded(one)) for key, one in value.items()))
    if isinstance(value, list):
        return format_html_join(", ", "{}", ((recorded(one),) for one in value))
    return str(value)
