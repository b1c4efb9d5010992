"""How things stand: badges, deadlines, messages to read, where a process is, what happened."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxue.kernel import clock
from lianxue.web.templatetags.ui_actions import icon as sprite_icon

register = template.Library()

# A tone is never told by colour alone: each has its own shape.
ICONS = {
    "neutral": "circle-dashed",
    "waiting": "clock",
    "info": "circle-dot",
    "success": "circle-check",
    "warning": "alert-triangle",
    "danger": "alert-circle",
}

# The tone of a state by its name, so that the same state looks the same on every page.
STATE_TONES = {
    "draft": "neutral",
    "gathering": "neutral",
    "preparing": "neutral",
    "proposed": "info",
    "open": "info",
    "allocating": "info",
    "collated": "info",
    "counting": "info",
    "dispatched": "info",
    "requested": "waiting",
    "answered": "waiting",
    "at_college": "waiting",
    "agreed": "info",
    "sent": "info",
    "submitted": "waiting",
    "counted": "waiting",
    "on_loan": "waiting",
    "planned": "info",
    "expected": "waiting",
    "scoring": "info",
    "accepted": "success",
    "approved": "success",
    "matched": "success",
    "given": "success",
    "held": "success",
    "attended": "success",
    "confirmed": "success",
    "published": "success",
    "allocated": "success",
    "committed": "success",
    "received": "success",
    "displayed": "success",
    "settled": "success",
    "issued": "success",
    "active": "success",
    "closed": "neutral",
    "ended": "neutral",
    "withdrawn": "neutral",
    "cancelled": "neutral",
    "returned": "warning",
    "unreadable": "warning",
    "conflict": "warning",
    "overdue": "danger",
    "declined": "danger",
    "rejected": "danger",
    "lost": "danger",
    "refused": "danger",
}

MOST_STARS = 5
SOON = 7  # days; from here on a deadline is shown as near


@register.simple_tag
def badge(label: str, tone: str = "neutral", icon: str = "") -> SafeString:
    """Show a short word with the shape and colour of its tone."""
    sign = sprite_icon(icon or ICONS.get(tone, "circle-dashed"))
    return format_html('<span class="badge-state is-{}">{}{}</span>', tone, sign, label)


@register.simple_tag
def state(thing: Any, field: str = "state", tone: str = "") -> SafeString:
    """Show the state of a model instance (``get_state_display``) in the tone that this state has everywhere."""
    value = str(getattr(thing, field))
    display = getattr(thing, f"get_{field}_display", None)
    chosen = tone or STATE_TONES.get(value, "neutral")
    return badge(display() if display else value, chosen)


@register.inclusion_tag("ui/deadline.html")
def deadline(day: date | None, done: bool = False, today: date | None = None) -> dict[str, object]:
    """Show how many days are left until ``day``; shows nothing without a day."""
    if isinstance(day, datetime):
        day = clock.local_date(day)
    if day is None:
        return {"day": None}
    left = (day - (today or clock.today())).days
    if done:
        return {"day": day, "tone": "neutral", "words": _("done"), "icon": "check"}
    if left < 0:
        words = ngettext("%(days)s day overdue", "%(days)s days overdue", -left) % {"days": -left}
        return {"day": day, "tone": "danger", "words": words, "icon": "clock-exclamation"}
    if left == 0:
        return {"day": day, "tone": "danger", "words": _("due today"), "icon": "clock-exclamation"}
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return {"day": day, "tone": "warning" if left <= SOON else "neutral", "words": words, "icon": "clock"}


@register.inclusion_tag("ui/stars.html")
def stars(number: float, count: int | None = None) -> dict[str, object]:
    """Show one to five stars, and how many readers gave them when it is an average."""
    full = max(0, min(MOST_STARS, round(number)))
    is_whole = number == int(number)
    return {
        "drawn": "★" * full + "☆" * (MOST_STARS - full),
        "words": _("%(number)s of 5 stars") % {"number": int(number) if is_whole else round(number, 1)},
        "number": None if count is None else round(number, 1),
        "count": count,
    }


@register.simple_block_tag
def callout(content: str, title: str = "", tone: str = "info") -> SafeString:
    """Set a piece of text apart: ``info``, ``success``, ``warning`` or ``danger``."""
    from lianxue.web.templatetags.ui_actions import icon

    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice is-{}">{}<div class="notice-body">{}{}</div></div>',
        tone,
        icon(ICONS.get(tone, "info-circle")),
        heading,
        content,
    )


@register.inclusion_tag("ui/empty.html")
def empty(
    title: str, text: str = "", action: str = "", url: str = "", icon: str = "inbox"
) -> dict[str, object]:
    """Say that there is nothing here, why, and what can be done."""
    return {"title": title, "text": text, "action": action, "url": url, "icon": icon}


@register.inclusion_tag("ui/failure.html")
def failure(title: str, text: str = "", action: str = "", url: str = "") -> dict[str, object]:
    """Say that something went wrong in the place where its result would stand."""
    return {"title": title, "text": text, "action": action, "url": url}


@register.inclusion_tag("ui/steps.html")
def steps(items: Iterable[Any], label: str = "") -> dict[str, object]:
    """Show where a process is: items with ``label``, ``state`` (done, current, todo), ``detail`` and ``url``."""
    return {"items": list(items), "label": label or _("Progress")}


@register.inclusion_tag("ui/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, object]:
    """Show what happened, newest or oldest first as given: items with ``title``, ``at``, ``by``, ``note``, ``tone``."""
    return {"items": list(items)}


@register.inclusion_tag("ui/waiting.html")
def waiting(items: Iterable[Any]) -> dict[str, object]:
    """Show what waits for the reader: ``kernel.pages.Waiting`` or the like (title, url, count, due_on, detail)."""
    return {"items": list(items)}


@register.inclusion_tag("ui/trace.html")
def trace(items: Iterable[Any]) -> dict[str, object]:
    """Draw the way of a copy: items with ``label``, ``value``, ``detail``, ``url``, ``state`` (done, current, todo, problem)."""
    return {"items": list(items)}
