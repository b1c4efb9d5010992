"""Sport and health: branches, a sunrise, crosses, still water."""

import math
import random

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.motifs.side import SIDE


def leaves(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Three branches: staying well."""
    for foot, lean, colour in (
        (0.34, -15, colours.first),
        (0.66, 15, colours.third),
        (0.5, 0, colours.second),
    ):
        slope = math.tan(math.radians(lean))
        for pair in range(6):
            height = SIDE * (0.93 - 0.135 * pair)
            x = SIDE * foot + slope * (SIDE - height)
            length = SIDE * (0.19 - 0.016 * pair) * chance.uniform(0.92, 1.08)
            for side in (-1, 1):
                canvas.leaf(x, height, length, length * 0.44, turn=-90 + side * 46 + lean, colour=colour)
        top = SIDE * foot + slope * SIDE * 0.9
        canvas.leaf(top, SIDE * 0.16, SIDE * 0.11, SIDE * 0.05, turn=-90 + lean, colour=colour)
        canvas.line([(SIDE * foot, SIDE), (top, SIDE * 0.1)], width=4, colour=colour)


def sunrise(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Half circles opening upwards: exercise."""
    x, y = SIDE * chance.uniform(0.4, 0.6), SIDE * 0.86
    for ring in range(6, 0, -1):
        colour = (colours.second, colours.third, colours.paper)[ring % 3]
        canvas.pie(x, y, SIDE * 0.12 * ring, start=180, end=360, colour=colour)
    canvas.pie(x, y, SIDE * 0.13, start=180, end=360, colour=colours.first)
    canvas.box(0, y, SIDE, SIDE, colour=colours.ink)


def crosses(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """A field of crosses with one that stands out: first aid."""
    count, step = 5, SIDE / 5
    chosen = chance.randrange(1, 4), chance.randrange(1, 4)
    for row in range(count):
        for column in range(count):
            x, y = (column + 0.5) * step, (row + 0.5) * step
            is_chosen = (row, column) == chosen
            arm, half = (step * 0.44, step * 0.16) if is_chosen else (step * 0.3, step * 0.1)
            colour = colours.first if is_chosen else (colours.second, colours.third)[(row + column) % 2]
            canvas.box(x - arm, y - half, x + arm, y + half, colour=colour, radius=4)
            canvas.box(x - half, y - arm, x + half, y + arm, colour=colour, radius=4)


def ripples(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """A moon over still water: mental health."""
    x = SIDE * chance.uniform(0.42, 0.58)
    canvas.disc(x, SIDE * 0.3, SIDE * 0.19, colour=colours.third)
    canvas.disc(x + SIDE * 0.075, SIDE * 0.265, SIDE * 0.165, colour=colours.ground)
    for line in range(7):
        y, half = SIDE * (0.6 + 0.058 * line), SIDE * (0.12 + 0.055 * line) * chance.uniform(0.85, 1.1)
        canvas.box(
            x - half,
            y,
            x + half,
            y + SIDE * 0.02,
            colour=(colours.first, colours.second)[line % 2],
            radius=SIDE * 0.01,
        )
