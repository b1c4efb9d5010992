"""Saying how many of what: number boxes with steps, and lists of things to choose from."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("ui/stepper.html")
def stepper(
    name: str,
    label: str,
    value: int | str | None = None,
    maximum: int = 99999,
    unit: str = "",
    fault: str = "",
    post: str = "",
    target: str = "",
    blank: bool = False,
) -> dict[str, object]:
    """Show a box for a number of copies with a large minus and plus; nothing in it means 0.

    With ``blank`` nothing in it means that nothing was said yet, and 0 is a number like any other. ``label`` is spoken only: what it is about stands beside it. With ``post`` each change is sent there at once together
    with the form around it, and the answer takes the place of the element with the id ``target``.
    """
    return {
        "name": name,
        "label": label,
        "value": ("" if value is None else value) if blank else "" if value in (None, 0, "0") else value,
        "blank": blank,
        "maximum": maximum,
        "unit": unit,
        "fault": fault,
        "post": post,
        "target": target,
    }


@register.simple_block_tag
def offers(content: str) -> SafeString:
    """Frame things to choose from, each an ``{% offer %}``."""
    return format_html('<ul class="offers">{}</ul>', content)


@register.simple_block_tag
def offer(
    content: str, title: str, kicker: str = "", text: str = "", picture: str = "", level: int = 2
) -> SafeString:
    """Show one thing to choose: its picture, what it is, and the ``{% stepper %}`` or tick given inside."""
    cover = (
        format_html('<img class="card-picture" src="{}" alt="" loading="lazy">', picture)
        if picture
        else format_html('<span class="card-picture is-blank" aria-hidden="true">{}</span>', title[:1])
    )
    return format_html(
        '<li class="offer">{}<div class="offer-text">{}<h{level}>{}</h{level}>{}</div><div class="offer-choice">{}</div></li>',
        cover,
        format_html('<p class="card-kicker">{}</p>', kicker) if kicker else "",
        title,
        format_html("<p>{}</p>", text) if text else "",
        content,
        level=level,
    )
