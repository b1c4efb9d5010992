"""Civic life: a portico, houses, an umbrella, rings."""

import random

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.motifs.side import SIDE


def columns(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """A portico: law."""
    canvas.shape(
        [(SIDE * 0.08, SIDE * 0.34), (SIDE * 0.5, SIDE * 0.12), (SIDE * 0.92, SIDE * 0.34)],
        colour=colours.first,
    )
    canvas.box(SIDE * 0.08, SIDE * 0.36, SIDE * 0.92, SIDE * 0.42, colour=colours.ink)
    for number in range(5):
        left = SIDE * (0.13 + 0.165 * number)
        canvas.box(
            left,
            SIDE * 0.44,
            left + SIDE * 0.08,
            SIDE * 0.82,
            colour=(colours.second, colours.third)[number % 2],
        )
    canvas.box(SIDE * 0.08, SIDE * 0.84, SIDE * 0.92, SIDE * 0.88, colour=colours.ink)
    canvas.box(SIDE * 0.03, SIDE * 0.895, SIDE * 0.97, SIDE * 0.94, colour=colours.ink)
    canvas.disc(SIDE * 0.5, SIDE * 0.265, SIDE * chance.uniform(0.035, 0.045), colour=colours.paper)


def houses(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """A row of houses with lit windows: family."""
    breadth = SIDE / 4
    for number in range(4):
        height = SIDE * chance.uniform(0.36, 0.6)
        left, right, top = breadth * number + 2, breadth * (number + 1) - 2, SIDE * 0.95 - height
        canvas.box(left, top, right, SIDE * 0.95, colour=colours.tint(number))
        canvas.shape([(left, top), ((left + right) / 2, top - SIDE * 0.13), (right, top)], colour=colours.ink)
        for row in range(int(height / SIDE / 0.16)):
            for x in (0.26, 0.62):
                wide = (right - left) * 0.16
                window = left + (right - left) * x
                y = top + SIDE * (0.05 + 0.15 * row)
                canvas.box(
                    window,
                    y,
                    window + wide,
                    y + SIDE * 0.07,
                    colour=chance.choice((colours.paper, colours.paper, colours.ink)),
                )
    canvas.box(0, SIDE * 0.95, SIDE, SIDE, colour=colours.ink)


def umbrella(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """An umbrella in the rain: safety."""
    for _ in range(34):
        x, y = chance.uniform(0.02, 0.98) * SIDE, chance.uniform(0.02, 0.9) * SIDE
        canvas.line([(x, y), (x - SIDE * 0.018, y + SIDE * 0.06)], width=3, colour=colours.third)
    x, y, radius = SIDE * 0.5, SIDE * 0.56, SIDE * 0.36
    canvas.box(x - radius * 0.9, y - radius * 0.5, x + radius * 0.9, SIDE, colour=colours.ground)
    for panel in range(6):
        canvas.pie(
            x,
            y,
            radius,
            start=180 + panel * 30,
            end=210 + panel * 30,
            colour=(colours.first, colours.second)[panel % 2],
        )
    for scallop in range(6):
        canvas.disc(x - radius + radius / 6 * (2 * scallop + 1), y, radius / 6, colour=colours.ground)
    canvas.line([(x, y - radius - SIDE * 0.04), (x, SIDE * 0.84)], width=6, colour=colours.third)
    canvas.arc(
        x - SIDE * 0.045, SIDE * 0.84, SIDE * 0.045 + 3, start=0, end=180, width=6, colour=colours.third
    )


def rings(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Interlocking rings: volunteering."""
    for row in range(4):
        for column in range(4):
            x = SIDE * (0.17 + 0.22 * column)
            y = SIDE * (0.17 + 0.22 * row)
            canvas.ring(
                x,
                y,
                SIDE * 0.155,
                width=SIDE * 0.032,
                colour=(*colours.tints, colours.ink)[chance.randrange(4)],
            )
