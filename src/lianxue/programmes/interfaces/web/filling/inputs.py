"""The boxes in which answers are written, one for each type of question.

They are put together here and not in templates because a grid has hundreds of them, and a form must open at once.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianxue.programmes.models.definition import Field
from lianxue.programmes.models.definition.parts import FileKind

NOTHING = SafeString("")
# type of question → attributes of its box: the keyboard that a phone shows, and what a browser may fill in by itself
BOXES: dict[str, SafeString] = {
    "text": SafeString('type="text"'),
    "number": SafeString('type="text" inputmode="decimal"'),
    "date": SafeString('type="date"'),
    "phone": SafeString('type="tel" inputmode="tel"'),
    "email": SafeString('type="email" inputmode="email"'),
    "postcode": SafeString('type="text" inputmode="numeric"'),
    "url": SafeString('type="url" inputmode="url"'),
    "account": SafeString('type="text" autocapitalize="none" spellcheck="false"'),  # S1-86
}
CHECKED, EXCLUSIVE, SELECTED = SafeString(" checked"), SafeString(" data-exclusive"), SafeString(" selected")
ENDINGS: dict[FileKind, str] = {"pdf": ".pdf", "docx": ".docx", "xlsx": ".xlsx", "picture": "image/*"}
Shown = Mapping[str, str]  # areas, code → name


def box(asked: Field, name: str, value: Any, areas: Shown, *, attributes: SafeString = NOTHING) -> SafeString:
    """Return the input of a question or cell, with further ``attributes``."""
    text = "" if value is None else str(value)
    if asked.type == "long_text":
        return _area(asked, name, text, attributes)
    if asked.type == "area":
        return _select(name, tuple(areas.items()), text, attributes)
    if asked.type == "choice":
        return _select(name, tuple((one.key, one.title) for one in asked.options), text, attributes)
    if asked.type == "yes_no":
        return _select(name, (("yes", _("yes")), ("no", _("no"))), _said(value), attributes)
    limit = NOTHING
    if asked.type in ("text", "account"):
        limit = format_html(' maxlength="{}"', asked.most_length)
    return format_html(
        '<input {} id="{}" name="{}" value="{}" autocomplete="off"{}{}>',
        BOXES[asked.type], name, name, text, limit, attributes,
    )  # fmt: skip


def choices(asked: Field, name: str, value: Any) -> SafeString:
    """Return the ticks or circles of a question with options, each a line of its own."""
    many = asked.type == "choices"
    kept: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    chosen = kept.get("keys", []) if many else [_said(value) if asked.type == "yes_no" else str(value or "")]
    options = [("yes", _("yes"), False), ("no", _("no"), False)]
    if asked.type != "yes_no":
        options = [(one.key, one.title, one.exclusive) for one in asked.options]
    lines = format_html_join(
        "",
        '<label><input type="{}" name="{}" value="{}"{}{}><span>{}</span></label>',
        (
            (
                "checkbox" if many else "radio",
                name,
                key,
                CHECKED if key in chosen else NOTHING,
                EXCLUSIVE if exclusive else NOTHING,
                title,
            )
            for key, title, exclusive in options
        ),
    )
    own = NOTHING
    if many and asked.own:
        own = format_html(
            '<label class="own-words"><span>{}</span><input type="text" name="{}.own" value="{}" maxlength="{}" '
            'autocomplete="off"></label>',
            _("In your own words"), name, kept.get("own", ""), asked.most_length,
        )  # fmt: skip
    return format_html('<div class="choices">{}{}</div>', lines, own)


def upload(asked: Field, name: str, attributes: SafeString) -> SafeString:
    """Return the box by which files are attached; pictures may come straight from a phone's camera."""
    kinds = ",".join(ENDINGS[kind] for kind in asked.kinds or ENDINGS)
    return format_html(
        '<input type="file" id="{}" name="{}" accept="{}" multiple{}>', name, name, kinds, attributes
    )


def _said(value: Any) -> str:
    if not isinstance(value, bool):
        return ""
    return "yes" if value else "no"


def _area(asked: Field, name: str, text: str, attributes: SafeString) -> SafeString:
    rows = min(max(6, (asked.guide_length or 0) // 60, text.count("\n") + len(text) // 60), 24)
    return format_html(
        '<textarea id="{}" name="{}" rows="{}"{}>\n{}</textarea>', name, name, rows, attributes, text
    )


def _select(
    name: str, options: tuple[tuple[str, str], ...], chosen: str, attributes: SafeString
) -> SafeString:
    return format_html(
        '<select id="{}" name="{}"{}><option value=""></option>{}</select>',
        name, name, attributes, _options(options, chosen),
    )  # fmt: skip


@lru_cache(maxsize=4096)  # in a grid the same list stands in every row
def _options(options: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    known = dict(options)
    shown = [*options]
    if chosen and chosen not in known:  # something that is no option any more is shown as it stands
        shown.append((chosen, chosen))
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, SELECTED if key == chosen else NOTHING, title) for key, title in shown),
    )
