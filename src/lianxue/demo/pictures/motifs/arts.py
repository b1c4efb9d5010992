"""The arts: hills, sound, silk, a lens, patchwork."""

import math
import random

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.motifs.side import SIDE


def mountains(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Layers of hills under a sun: calligraphy and painting."""
    canvas.disc(SIDE * chance.uniform(0.62, 0.76), SIDE * 0.3, SIDE * 0.15, colour=colours.first)
    for level, colour in enumerate((colours.third, colours.second, colours.ink)):
        base, swing = SIDE * (0.52 + 0.16 * level), SIDE * (0.13 - 0.02 * level)
        turn = chance.uniform(0, math.tau)
        ridge = [
            (x, base + swing * math.sin(x / SIDE * (3.4 + level) + turn) * math.cos(x / SIDE * 2 + turn))
            for x in range(0, SIDE + 1, 10)
        ]
        canvas.shape([*ridge, (SIDE, SIDE), (0, SIDE)], colour=colour)


def sound(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Bars that rise and fall: music."""
    count, step = 13, SIDE / 13
    for number in range(count):
        height = SIDE * (0.16 + 0.62 * abs(math.sin(number * 0.62 + chance.uniform(0, 0.5))))
        left, middle = number * step + step * 0.2, SIDE * 0.5
        canvas.box(
            left,
            middle - height / 2,
            left + step * 0.6,
            middle + height / 2,
            colour=colours.tint(number),
            radius=step * 0.3,
        )


def ribbons(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Silk in the air: dance and opera."""
    turn = chance.uniform(0, math.tau)
    for number in range(5):
        middle, phase = SIDE * (0.22 + 0.14 * number), turn + number * 0.7
        above = [(x, middle + SIDE * 0.12 * math.sin(x / SIDE * 5 + phase)) for x in range(0, SIDE + 1, 8)]
        below = [
            (x, middle + SIDE * (0.1 * math.sin(x / SIDE * 5 + phase + 0.5) + 0.085))
            for x in range(0, SIDE + 1, 8)
        ]
        canvas.shape([*above, *reversed(below)], colour=colours.tint(number))


def aperture(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """The blades of a lens: photography."""
    middle, radius, turn = SIDE / 2, SIDE * 0.42, chance.uniform(0, 60)

    def on_circle(distance: float, degrees: float) -> tuple[float, float]:
        angle = math.radians(turn + degrees)
        return middle + distance * math.cos(angle), middle + distance * math.sin(angle)

    canvas.disc(middle, middle, radius * 1.1, colour=colours.ink)
    opening, reach = (
        radius * 0.42,
        54.0,
    )  # a blade's edge runs from the opening to the rim, `reach` degrees on
    for blade in range(6):
        start = blade * 60.0
        rim = [on_circle(radius, start + reach + step * 6) for step in range(11)]
        canvas.shape(
            [on_circle(opening, start), *rim, on_circle(opening, start + 60)], colour=colours.tint(blade)
        )
        canvas.line([on_circle(opening, start), rim[0]], width=4, colour=colours.ink)
    canvas.shape([on_circle(opening, corner * 60.0) for corner in range(6)], colour=colours.ink)
    canvas.disc(middle - radius * 0.12, middle - radius * 0.14, radius * 0.09, colour=colours.paper)


def quilt(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Patchwork: crafts."""
    count, step = 5, SIDE / 5
    for row in range(count):
        for column in range(count):
            left, top = column * step, row * step
            corners = [(left, top), (left + step, top), (left + step, top + step), (left, top + step)]
            start = chance.randrange(4)
            shade = chance.randrange(3)
            canvas.shape(corners, colour=colours.tint(shade))
            canvas.shape(
                [corners[(start + turn) % 4] for turn in range(3)],
                colour=chance.choice((colours.paper, colours.ink)),
            )
