"""The boxes in which answers are written, one for each type of question.

They are put together here and not in templates because a grid has hundreds of them, and a form must open at once.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape as safe
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lianxue.programmes.models.definition import Field
from lianxue.programmes.models.definition.parts import FileKind

# type of question → attributes of its box: the keyboard that a phone shows, and what a browser may fill in by itself
BOXES: dict[str, str] = {
    "text": 'type="text"',
    "number": 'type="text" inputmode="decimal"',
    "date": 'type="date"',
    "phone": 'type="tel" inputmode="tel"',
    "email": 'type="email" inputmode="email"',
    "postcode": 'type="text" inputmode="numeric"',
    "url": 'type="url" inputmode="url"',
    "account": 'type="text" autocapitalize="none" spellcheck="false"',  # S1-86
}
Shown = Mapping[str, str]  # areas, code → name


def box(asked: Field, name: str, value: Any, areas: Shown, *, attributes: str = "") -> SafeString:
    """Return the input of a question or cell; ``attributes`` is HTML that is safe already."""
    if asked.type == "long_text":
        return _area(asked, name, value, attributes)
    if asked.type in ("choice", "area"):
        options = areas.items() if asked.type == "area" else [(one.key, one.title) for one in asked.options]
        return _select(name, options, str(value or ""), attributes)
    if asked.type == "yes_no":
        chosen = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
        return _select(name, [("yes", _("yes")), ("no", _("no"))], chosen, attributes)
    limit = f' maxlength="{asked.most_length}"' if asked.type in ("text", "account") else ""
    return mark_safe(  # noqa: S308  # every value is escaped
        f'<input {BOXES[asked.type]} id="{safe(name)}" name="{safe(name)}" value="{safe(_text(value))}" '
        f'autocomplete="off"{limit}{attributes}>'
    )


def choices(asked: Field, name: str, value: Any, *, described: str) -> SafeString:
    """Return the ticks or circles of a question with options, each a line of its own."""
    many = asked.type == "choices"
    kept: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    if many:
        chosen = [str(key) for key in kept.get("keys", [])]
    elif asked.type == "yes_no":
        chosen = [{True: "yes", False: "no"}.get(value, "")] if isinstance(value, bool) else []
    else:
        chosen = [str(value or "")]
    titles = [("yes", _("yes"), False), ("no", _("no"), False)]
    if asked.type != "yes_no":
        titles = [(one.key, one.title, one.exclusive) for one in asked.options]
    kind = "checkbox" if many else "radio"
    lines = [
        f'<label><input type="{kind}" name="{safe(name)}" value="{safe(key)}"'
        f"{' checked' if key in chosen else ''}{' data-exclusive' if exclusive else ''}{described}>"
        f"<span>{safe(title)}</span></label>"
        for key, title, exclusive in titles
    ]
    if many and asked.own:
        lines.append(
            f'<label class="own-words"><span>{safe(_("In your own words"))}</span>'
            f'<input type="text" name="{safe(name)}.own" value="{safe(kept.get("own", ""))}" '
            f'maxlength="{asked.most_length}" autocomplete="off"></label>'
        )
    return mark_safe(f'<div class="choices">{"".join(lines)}</div>')  # noqa: S308  # every value is escaped


def upload(asked: Field, name: str, described: str) -> SafeString:
    """Return the box by which files are attached; pictures may come straight from a phone's camera."""
    endings: dict[FileKind, str] = {"pdf": ".pdf", "docx": ".docx", "xlsx": ".xlsx", "picture": "image/*"}
    kinds = asked.kinds or tuple(endings)
    return format_html(
        '<input type="file" id="{}" name="{}" accept="{}" multiple{}>',
        name,
        name,
        ",".join(endings[kind] for kind in kinds),
        mark_safe(described),  # noqa: S308  # made by the caller from keys
    )


def _area(asked: Field, name: str, value: Any, attributes: str) -> SafeString:
    text = _text(value)
    rows = min(max(6, (asked.guide_length or 0) // 60, text.count("\n") + len(text) // 60), 24)
    return mark_safe(  # noqa: S308  # every value is escaped
        f'<textarea id="{safe(name)}" name="{safe(name)}" rows="{rows}" '
        f'data-most="{asked.most_length}"{attributes}>\n{safe(text)}</textarea>'
    )


def _select(name: str, options: Any, chosen: str, attributes: str) -> SafeString:
    known = False
    lines = []
    for key, title in options:
        is_chosen = key == chosen
        known = known or is_chosen
        lines.append(f'<option value="{safe(key)}"{" selected" if is_chosen else ""}>{safe(title)}</option>')
    if chosen and not known:  # something that is no option any more is shown as it stands
        lines.append(f'<option value="{safe(chosen)}" selected>{safe(chosen)}</option>')
    return mark_safe(  # noqa: S308  # every value is escaped
        f'<select id="{safe(name)}" name="{safe(name)}"{attributes}>'
        f'<option value=""></option>{"".join(lines)}</select>'
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
