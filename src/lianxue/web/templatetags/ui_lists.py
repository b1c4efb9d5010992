"""Lists, tables and cards of things, people and files."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lianxue.web.templatetags.cell_labels import with_cell_labels
from lianxue.web.templatetags.ui_status import badge

register = template.Library()


@register.simple_block_tag
def table(
    content: str,
    caption: str,
    *,
    show_caption: bool = False,
    cards: bool = True,
    id: str = "",  # noqa: A002  # as in HTML
) -> SafeString:
    """Frame the rows of a table. Write plain ``<thead>`` and ``<tbody>``; on a phone each row becomes a card.

    ``caption`` names the table for screen readers; ``cards=False`` keeps rows and columns and lets it scroll.
    """
    return format_html(
        '<div class="table-frame{}" role="region" aria-label="{}" tabindex="0"{}>'
        '<table class="data-table"><caption{}>{}</caption>{}</table></div>',
        " as-cards" if cards else "",
        caption,
        format_html(' id="{}"', id) if id else "",
        "" if show_caption else mark_safe(' class="visually-hidden"'),
        caption,
        mark_safe(with_cell_labels(content)) if cards else content,  # noqa: S308  # the block as Django escaped it
    )


@register.inclusion_tag("ui/column_headings.html")
def column_headings(listing: Any, select: bool = False, extra: str = "") -> dict[str, object]:
    """Show the ``<thead>`` of a ``kernel.pages.Listing``; ``select`` adds a tick column, ``extra`` a last heading."""
    return {"headings": listing.headings, "select": select, "extra": extra}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, listing: Any, noun: str = "") -> dict[str, object]:
    """Show page links and the number of rows for a ``Listing`` or a Django ``Page``."""
    page: Page[Any] = listing if isinstance(listing, Page) else listing.page
    query = context["request"].GET.copy()
    query.pop("page", None)
    prefix = f"{query.urlencode()}&" if query else ""
    return {
        "page": page,
        "numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "gap": page.paginator.ELLIPSIS,
        "query": f"?{prefix}page=",
        "noun": noun,
    }


@register.inclusion_tag("ui/list_tools.html")
def list_tools(listing: Any, noun: str = "") -> dict[str, object]:
    """Show above a list how many rows there are and the link that gives them as a spreadsheet."""
    return {"count": listing.page.paginator.count, "export": listing.export_query, "noun": noun}


@register.simple_block_tag
def summary(content: str) -> SafeString:
    """Show names and values (``{% row %}``) of one thing."""
    return format_html('<dl class="summary">{}</dl>', content)


@register.simple_block_tag
def row(content: str, label: str) -> SafeString:
    """Show one name and value inside ``{% summary %}``."""
    shown = content if content.strip() else format_html('<span class="nothing">{}</span>', _("not given"))
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, shown)


@register.simple_block_tag
def panel(
    content: str,
    *,
    title: str = "",
    link: str = "",
    url: str = "",
    tone: str = "",
    level: int = 2,
    id: str = "",  # noqa: A002  # as in HTML
) -> SafeString:
    """Set a part of the page on its own sheet, with a heading and one link beside it."""
    from lianxue.web.templatetags.ui_actions import icon

    aside = (
        format_html('<a class="panel-link" href="{}">{}{}</a>', url, link, icon("chevron-right"))
        if link
        else ""
    )
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    head = format_html('<header class="panel-head">{}{}</header>', heading, aside) if title or link else ""
    named = format_html(' id="{}"', id) if id else ""
    return format_html(
        '<section class="panel{}"{}>{}{}</section>', f" is-{tone}" if tone else "", named, head, content
    )


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """Lay ``{% stat %}`` tiles out side by side."""
    return format_html('<dl class="stats">{}</dl>', content)


@register.inclusion_tag("ui/stat.html")
def stat(
    label: str,
    value: object,
    *,
    unit: str = "",
    detail: str = "",
    url: str = "",
    tone: str = "",
    icon: str = "",
) -> dict[str, object]:
    """Show one number that matters."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "detail": detail,
        "url": url,
        "tone": tone,
        "icon": icon,
    }


@register.inclusion_tag("ui/meter.html")
def meter(label: str, value: int, total: int, detail: str = "") -> dict[str, object]:
    """Show how much of a whole is done, as a bar and in numbers."""
    return {"label": label, "value": value, "total": total, "detail": detail, "width": share(value, total)}


def share(value: int, total: int) -> float:
    """Return ``value`` in percent of ``total``, between 0 and 100."""
    return round(max(0, min(value, total)) * 100 / total, 1) if total > 0 else 0.0


@register.inclusion_tag("ui/person.html")
def person(name: str, detail: str = "", url: str = "") -> dict[str, object]:
    """Show a person: name, and below it the role or the organisation."""
    return {"name": name, "detail": detail, "url": url, "initial": name[:1]}


@register.inclusion_tag("ui/organisation.html")
def organisation(name: str, detail: str = "", url: str = "", sample: bool = False) -> dict[str, object]:
    """Show an organisation; ``sample`` marks one whose real name is not public."""
    return {"name": name, "detail": detail, "url": url, "sample": sample}


@register.inclusion_tag("ui/photos.html")
def photos(items: Iterable[Any]) -> dict[str, object]:
    """Show pictures in a grid: items with ``url``, ``thumbnail``, ``caption`` and ``alt``."""
    return {"items": list(items)}


@register.inclusion_tag("ui/files.html")
def files(items: Iterable[Any]) -> dict[str, object]:
    """Show files to download: items with ``url``, ``name``, ``detail`` and ``kind`` (xlsx, docx, pdf or other)."""
    return {"items": list(items)}


@register.simple_tag
def cards(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """Show things as cards: items with ``title``, ``url``, ``picture``, ``kicker``, ``text``, ``badge``, ``tone``.

    Written without a template: a page of the catalogue has two dozen of them.
    """
    return format_html(
        '<ul class="cards">{}</ul>', format_html_join("", "{}", ((_card(one),) for one in items))
    )


def _card(item: Mapping[str, Any]) -> SafeString:
    title, url, picture = item["title"], item.get("url"), item.get("picture")
    shown = (
        format_html('<img class="card-picture" src="{}" alt="" loading="lazy">', picture)
        if picture
        else format_html('<span class="card-picture is-blank" aria-hidden="true">{}</span>', str(title)[:1])
    )
    kicker = format_html('<p class="card-kicker">{}</p>', item["kicker"]) if item.get("kicker") else ""
    heading = (
        format_html('<h3><a href="{}">{}</a></h3>', url, title) if url else format_html("<h3>{}</h3>", title)
    )
    text = format_html('<p class="card-words">{}</p>', item["text"]) if item.get("text") else ""
    state = (
        format_html("<p>{}</p>", badge(item["badge"], item.get("tone") or "neutral"))
        if item.get("badge")
        else ""
    )
    return format_html(
        '<li class="card-item">{}<div class="card-body-text">{}{}{}{}</div></li>',
        shown,
        kicker,
        heading,
        text,
        state,
    )


@register.inclusion_tag("ui/qr_card.html")
def qr_card(
    picture: str, title: str, text: str = "", url: str = "", large: bool = False
) -> dict[str, object]:
    """Show a QR code (SVG text from ``kernel.rendering.qr_svg``) with what it leads to."""
    return {"picture": mark_safe(picture), "title": title, "text": text, "url": url, "large": large}  # noqa: S308  # our own drawing
