"""Covers: a ground in the colours of the subject, one motif, the title in large letters."""

import random
from dataclasses import dataclass

import rjieba

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.motifs import MOTIFS, SIDE
from lianxue.demo.pictures.typefaces import Typefaces

WIDTH, HEIGHT = 600, 800
MARGIN = 48
KINDS = {"book": "图书", "disc": "光盘", "other": "其它", "online": "在线"}  # S0-52, S0-05

_ONE_LINE = 6  # characters that stand well on one line
_NIGHT_SHARE = 0.4

_PAPERS = {
    "civic": Palette("#F4EEE1", "#FBF8F1", "#1F3B4D", "#C8553D", "#2E6F8E", "#E3B448"),
    "skills": Palette("#EEF0EA", "#FAFAF6", "#22304F", "#E08E45", "#3E5C9A", "#8FB8C9"),
    "health": Palette("#EDF1E4", "#FAFBF5", "#1F4037", "#D98E73", "#4F8A5B", "#B8CF9A"),
    "arts": Palette("#F8EFE4", "#FDF9F3", "#2F2335", "#C8443C", "#2F5D73", "#E7B75F"),
    "local": Palette("#F0EBE2", "#FAF7F1", "#2C2A32", "#A8432F", "#4A6A78", "#CBA46A"),
}
# The same colours by night: a deep ground, light letters.
_NIGHTS = {
    "civic": Palette("#1F4A5E", "#F6F0E2", "#12303F", "#E0785C", "#6FA9BF", "#EBC566"),
    "skills": Palette("#2B4478", "#F5F4EC", "#1A2B50", "#EFA35E", "#7C9BD6", "#BBD6E0"),
    "health": Palette("#2F6650", "#F6F7EC", "#1B4335", "#EBA88D", "#7DB58A", "#CFE0AE"),
    "arts": Palette("#9E352F", "#FBF1E4", "#5E1F22", "#F0C072", "#E58A6B", "#F6DDB4"),
    "local": Palette("#3C4A55", "#F5EFE4", "#252E36", "#D8795C", "#8CABB8", "#DDBE88"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverText:
    """What a cover says. ``category`` is the code of a sub-class, such as ``arts-music``."""

    title: str
    kind: str
    category: str
    category_name: str
    creator: str
    publisher: str


def draw_cover(text: CoverText, typefaces: Typefaces) -> bytes:
    """Return a JPEG of 600 × 800; the same text gives the same cover."""
    chance = random.Random(f"cover {text.title} {text.kind}")
    by_night = chance.random() < _NIGHT_SHARE
    palette = (_NIGHTS if by_night else _PAPERS)[text.category.split("-")[0]]
    letters = palette.paper if by_night else palette.ink
    canvas = Canvas(WIDTH, HEIGHT, palette.ground)
    bottom = _title(canvas, text, typefaces, letters, palette)
    _motif(canvas, text, palette, bottom, chance)
    _foot(canvas, text, typefaces, letters)
    _make(canvas, text.kind, palette)
    return canvas.jpeg()


def _title(canvas: Canvas, text: CoverText, typefaces: Typefaces, letters: str, palette: Palette) -> float:
    """Write category and title; return where they end."""
    canvas.box(MARGIN, 52, MARGIN + 36, 58, colour=palette.first)
    canvas.text(MARGIN + 50, 55, text.category_name, typefaces.line(44), colour=letters, anchor="lm")
    lines = _lines(text.title)
    longest = max(len(line) for line in lines)
    size = min(92, int((WIDTH - 2 * MARGIN) / longest))
    for number, line in enumerate(lines):
        canvas.text(MARGIN - 4, 96 + number * size * 1.2, line, typefaces.title(size * 2), colour=letters)
    return 96 + len(lines) * size * 1.2


def _lines(title: str) -> list[str]:
    """Break a title into one or two lines between words, as evenly as the words allow."""
    words: list[str] = rjieba.cut(title, hmm=False)
    options = [(len(title) if len(title) > _ONE_LINE else 0, [title])]
    for number in range(len(words) - 1, 0, -1):
        first, second = "".join(words[:number]), "".join(words[number:])
        # A lone character at the break usually belongs to the word on the other side; 的 ends a line well.
        strays = 2 * (len(words[number - 1]) == 1 and words[number - 1] != "的") + (len(words[number]) == 1)
        options.append((max(len(first), len(second)) + strays, [first, second]))
    return min(options, key=lambda option: (option[0], abs(len(option[1][0]) - len(option[1][-1]))))[1]


def _motif(canvas: Canvas, text: CoverText, palette: Palette, top: float, chance: random.Random) -> None:
    foot = HEIGHT - 86
    size = min(WIDTH - 2 * MARGIN, foot - top - 24)
    drawing = Canvas(SIDE, SIDE, palette.ground, scale=2 * size / SIDE)
    MOTIFS[text.category](drawing, palette, chance)
    canvas.place(drawing, (WIDTH - size) / 2, foot - size)


def _foot(canvas: Canvas, text: CoverText, typefaces: Typefaces, letters: str) -> None:
    canvas.box(MARGIN, HEIGHT - 66, WIDTH - MARGIN, HEIGHT - 64, colour=letters)
    canvas.text(MARGIN, HEIGHT - 36, text.creator, typefaces.line(38), colour=letters, anchor="lm")
    canvas.text(
        WIDTH - MARGIN, HEIGHT - 36, KINDS[text.kind], typefaces.line(38), colour=letters, anchor="rm"
    )


def _make(canvas: Canvas, kind: str, palette: Palette) -> None:
    """Show by a detail what one holds in the hand."""
    if kind == "book":
        canvas.box(0, 0, 18, HEIGHT, colour=palette.ink)
        canvas.box(18, 0, 21, HEIGHT, colour=palette.third)
    elif kind == "disc":
        x, y = WIDTH - 58, 56
        canvas.disc(x, y, 34, colour=palette.third)
        canvas.ring(x, y, 28, width=2, colour=palette.paper)
        canvas.disc(x, y, 11, colour=palette.paper)
        canvas.disc(x, y, 5, colour=palette.ink)
    elif kind == "online":
        x, y = WIDTH - 58, 56
        canvas.disc(x, y, 32, colour=palette.first)
        canvas.shape([(x - 9, y - 15), (x + 17, y), (x - 9, y + 15)], colour=palette.paper)
    else:
        canvas.shape([(WIDTH - 110, 0), (WIDTH, 0), (WIDTH, 110)], colour=palette.first)
        canvas.shape([(WIDTH - 110, 0), (WIDTH - 92, 0), (WIDTH, 92), (WIDTH, 110)], colour=palette.third)
