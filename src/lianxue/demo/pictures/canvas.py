"""A canvas for flat drawing with smooth edges: everything is drawn twice as large and then reduced."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that go together; ``ground`` is what the drawing stands on."""

    ground: str
    paper: str
    ink: str
    first: str
    second: str
    third: str

    @property
    def tints(self) -> tuple[str, str, str]:
        return self.first, self.second, self.third

    def tint(self, number: int) -> str:
        return self.tints[number % 3]


class Canvas:
    """A picture of ``width`` by ``height`` units, of which each is ``scale`` drawn pixels."""

    def __init__(self, width: float, height: float, ground: str, scale: float = 2) -> None:
        self.width, self.height, self._scale = width, height, scale
        self.image = Image.new("RGB", (round(width * scale), round(height * scale)), ground)
        self._draw = ImageDraw.Draw(self.image)

    def box(
        self, left: float, top: float, right: float, bottom: float, *, colour: str, radius: float = 0
    ) -> None:
        corners = [left * self._scale, top * self._scale, right * self._scale - 1, bottom * self._scale - 1]
        self._draw.rounded_rectangle(corners, radius * self._scale, fill=colour)

    def frame(
        self, left: float, top: float, right: float, bottom: float, *, colour: str, width: float
    ) -> None:
        corners = [left * self._scale, top * self._scale, right * self._scale - 1, bottom * self._scale - 1]
        self._draw.rectangle(corners, outline=colour, width=round(width * self._scale))

    def disc(self, x: float, y: float, radius: float, *, colour: str) -> None:
        self.pie(x, y, radius, start=0, end=360, colour=colour)

    def ring(self, x: float, y: float, radius: float, *, width: float, colour: str) -> None:
        self._draw.ellipse(self._around(x, y, radius), outline=colour, width=round(width * self._scale))

    def arc(
        self, x: float, y: float, radius: float, *, start: float, end: float, width: float, colour: str
    ) -> None:
        """Draw part of a ring; angles in degrees, clockwise from three o'clock."""
        self._draw.arc(self._around(x, y, radius), start, end, fill=colour, width=round(width * self._scale))

    def pie(self, x: float, y: float, radius: float, *, start: float, end: float, colour: str) -> None:
        self._draw.pieslice(self._around(x, y, radius), start, end, fill=colour)

    def shape(self, points: Sequence[Point], *, colour: str) -> None:
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], fill=colour)

    def line(self, points: Sequence[Point], *, width: float, colour: str) -> None:
        self._draw.line(
            [(x * self._scale, y * self._scale) for x, y in points],
            fill=colour,
            width=round(width * self._scale),
            joint="curve",
        )

    def leaf(self, x: float, y: float, length: float, breadth: float, *, turn: float, colour: str) -> None:
        """Draw a leaf that grows from (x, y) in direction ``turn`` (degrees, clockwise from three o'clock)."""
        angle = math.radians(turn)
        ahead, aside = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        edge = []
        for step in range(41):
            along = step / 40
            bulge = math.sin(math.pi * along) ** 1.2 * breadth / 2
            edge.append((along * length, bulge))
        outline = edge + [(along, -bulge) for along, bulge in reversed(edge)]
        self.shape(
            [(x + ahead[0] * a + aside[0] * b, y + ahead[1] * a + aside[1] * b) for a, b in outline],
            colour=colour,
        )

    def place(self, other: "Canvas", left: float, top: float) -> None:
        """Put another canvas on this one."""
        self.image.paste(other.image, (round(left * self._scale), round(top * self._scale)))

    def text(
        self, x: float, y: float, words: str, face: FreeTypeFont, *, colour: str, anchor: str = "la"
    ) -> None:
        """Write words; the size of ``face`` is in drawn pixels."""
        self._draw.text((x * self._scale, y * self._scale), words, font=face, fill=colour, anchor=anchor)

    def jpeg(self, quality: int = 80) -> bytes:
        """Reduce and encode, without metadata."""
        out = io.BytesIO()
        small = self.image.resize((round(self.width), round(self.height)), Image.Resampling.LANCZOS)
        small.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        return out.getvalue()

    def _around(self, x: float, y: float, radius: float) -> list[float]:
        return [
            (x - radius) * self._scale,
            (y - radius) * self._scale,
            (x + radius) * self._scale,
            (y + radius) * self._scale,
        ]
