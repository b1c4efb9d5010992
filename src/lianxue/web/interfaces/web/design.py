"""/design/: every part of the pages in all its states, with the code that makes it."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.kernel.pages import PUBLIC, page
from lianxue.web.interfaces.web import design_samples

FEATURE = Path(__file__).parents[2]
TOKENS = FEATURE / "static/web/css/tokens.css"
EXAMPLES = FEATURE / "templates/web/design/examples"

GROUPS: tuple[tuple[str, Text, tuple[tuple[str, Text], ...]], ...] = (
    (
        "actions",
        _("Things to press"),
        (("buttons", _("Links and buttons")), ("action_buttons", _("One press that changes something"))),
    ),
    (
        "forms",
        _("Forms"),
        (
            ("form", _("A form")),
            ("form_refused", _("A form that was refused")),
            ("choices", _("How many of what")),
            ("filters", _("Filters")),
        ),
    ),
    (
        "lists",
        _("Lists and numbers"),
        (
            ("table", _("A list")),
            ("selection", _("A list with ticks")),
            ("summary", _("Names and values")),
            ("stats", _("Numbers that matter")),
            ("meter", _("Part of a whole")),
            ("cards", _("Cards")),
            ("who", _("People and organisations")),
            ("photos", _("Photographs")),
            ("files", _("Files")),
            ("qr_card", _("A QR code")),
            ("form_paper", _("A printed form")),
        ),
    ),
    (
        "status",
        _("How things stand"),
        (
            ("waiting", _("What waits for me")),
            ("badges", _("States and deadlines")),
            ("callouts", _("Something important")),
            ("empty", _("Nothing there, or something went wrong")),
            ("steps", _("Where a process is")),
            ("timeline", _("What happened")),
            ("trace", _("The way of a copy")),
            ("tabs", _("Sister pages and hidden parts")),
        ),
    ),
    (
        "figures",
        _("Pictures of numbers"),
        (
            ("chart_bar", _("Bars")),
            ("chart_stacked", _("Stacked bars")),
            ("chart_rows", _("Bars lying down")),
            ("chart_line", _("A line")),
            ("chart_donut", _("Parts of a ring")),
            ("map", _("A map")),
        ),
    ),
)

# Pairs of tokens that meet on the pages, and the least contrast they must have (WCAG 2.2 AA).
TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0
PAIRS = (
    ("ink", "paper", TEXT_CONTRAST),
    ("ink", "sunken", TEXT_CONTRAST),
    ("ink-soft", "paper", TEXT_CONTRAST),
    ("ink-soft", "sunken", TEXT_CONTRAST),
    ("jade", "paper", TEXT_CONTRAST),
    ("jade-deep", "jade-tint", TEXT_CONTRAST),
    ("sheet", "jade", TEXT_CONTRAST),
    ("sheet", "seal", TEXT_CONTRAST),
    ("seal", "seal-tint", TEXT_CONTRAST),
    ("success", "success-tint", TEXT_CONTRAST),
    ("waiting", "waiting-tint", TEXT_CONTRAST),
    ("info", "info-tint", TEXT_CONTRAST),
    ("danger", "danger-tint", TEXT_CONTRAST),
    ("neutral", "neutral-tint", TEXT_CONTRAST),
    ("line-strong", "sheet", EDGE_CONTRAST),
    ("focus", "paper", EDGE_CONTRAST),
)


@dataclass(frozen=True)
class Pair:
    """Two colours that meet: the front one on the ground, and how well they can be told apart."""

    front: str
    ground: str
    contrast: float
    needed: float


@dataclass(frozen=True)
class Example:
    """One part as it looks and as it is written."""

    name: str
    title: Text
    shown: SafeString
    source: str


@dataclass(frozen=True)
class Group:
    """Parts that serve the same end."""

    name: str
    title: Text
    examples: list[Example]


def colours() -> dict[str, str]:
    """Return the colour tokens of the first block of the style sheet."""
    first = TOKENS.read_text("utf-8").split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", first))


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rgb`` or ``#rrggbb`` as WCAG defines it."""
    digits = colour.removeprefix("#")
    wide = "".join(d * 2 for d in digits) if len(digits) == 3 else digits  # noqa: PLR2004  # #rgb
    channels = [int(wide[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, between 1 and 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[Pair]:
    """Return the colours that meet on the pages with their contrast."""
    known = colours()
    return [
        Pair(front, ground, round(contrast(known[front], known[ground]), 2), needed)
        for front, ground, needed in PAIRS
    ]


def groups(request: HttpRequest) -> list[Group]:
    """Return every example, rendered, beside its own source."""
    samples = design_samples.samples(request)
    made = []
    for name, title, members in GROUPS:
        examples = []
        for key, heading in members:
            shown = render_to_string(f"web/design/examples/{key}.html", samples, request)
            examples.append(Example(key, heading, shown, source(key)))
        made.append(Group(name, title, examples))
    return made


def source(key: str) -> str:
    """Return the code of an example without the line that loads the tags."""
    text = (EXAMPLES / f"{key}.html").read_text("utf-8")
    return text.replace("{% load i18n ui %}", "").strip()


@page(PUBLIC)
def design(request: HttpRequest) -> HttpResponseBase:
    """Show the design system."""
    return render(
        request,
        "web/design/design.html",
        {"groups": groups(request), "pairs": pairs(), "colours": colours()},
    )
