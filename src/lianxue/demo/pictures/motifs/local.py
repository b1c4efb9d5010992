"""Local culture: gates of the lanes, talk, the river, a lattice."""

import math
import random

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.motifs.side import SIDE


def arches(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Stone-framed gates of the lanes: Shanghai culture."""
    for number, x in enumerate((0.19, 0.5, 0.81)):
        centre, half, top = SIDE * x, SIDE * 0.14, SIDE * (0.44 if number == 1 else 0.5)
        for ring, colour in enumerate((colours.ink, colours.third, colours.tint(number), colours.paper)):
            inset = SIDE * 0.03 * ring
            canvas.pie(centre, top, half - inset, start=180, end=360, colour=colour)
            canvas.box(centre - half + inset, top, centre + half - inset, SIDE * 0.94, colour=colour)
        leaf = half - SIDE * 0.1
        canvas.box(centre - leaf, top + SIDE * 0.02, centre - 2, SIDE * 0.94, colour=colours.ink)
        canvas.box(centre + 2, top + SIDE * 0.02, centre + leaf, SIDE * 0.94, colour=colours.ink)
        canvas.disc(centre - SIDE * 0.014, SIDE * 0.7, 4, colour=colours.third)
        canvas.disc(centre + SIDE * 0.014, SIDE * 0.7, 4, colour=colours.third)
    canvas.box(0, SIDE * 0.94, SIDE, SIDE * 0.97, colour=colours.ink)
    for x in (0.345, 0.655):
        canvas.disc(SIDE * x, SIDE * chance.uniform(0.3, 0.36), SIDE * 0.03, colour=colours.first)


def bubbles(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Talk across the lane: dialect."""
    places = ((0.08, 0.1, 0.52, 0.34), (0.4, 0.4, 0.94, 0.64), (0.12, 0.7, 0.6, 0.9))
    for number, (left, top, right, bottom) in enumerate(places):
        colour, tail = colours.tint(number), (left + 0.1 if number != 1 else right - 0.1)
        canvas.box(SIDE * left, SIDE * top, SIDE * right, SIDE * bottom, colour=colour, radius=SIDE * 0.09)
        canvas.shape(
            [
                (SIDE * (tail - 0.03), SIDE * (bottom - 0.02)),
                (SIDE * (tail + 0.05), SIDE * (bottom - 0.02)),
                (SIDE * (tail - 0.02 if number != 1 else tail + 0.06), SIDE * (bottom + 0.06)),
            ],
            colour=colour,
        )
        middle = (left + right) / 2
        for dot in (-1, 0, 1):
            canvas.disc(
                SIDE * (middle + 0.09 * dot),
                SIDE * (top + bottom) / 2,
                SIDE * chance.uniform(0.02, 0.028),
                colour=colours.paper,
            )


def river(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """A walk along the river: culture walks."""
    turn = chance.uniform(-0.4, 0.4)

    def bend(y: float, aside: float) -> tuple[float, float]:
        return SIDE * (0.5 + aside + 0.15 * math.sin(y / SIDE * 5.2 + turn)), y

    levels = range(0, SIDE + 1, 8)
    canvas.shape(
        [*(bend(y, -0.13) for y in levels), *(bend(y, 0.13) for y in reversed(levels))],
        colour=colours.second,
    )
    canvas.line([bend(y, 0.0) for y in levels], width=3, colour=colours.third)
    for number, y in enumerate(range(SIDE // 10, SIDE, SIDE // 6)):
        side = 0.25 if number % 2 else -0.25
        x, _ = bend(y, side)
        canvas.disc(x, y, SIDE * 0.045, colour=colours.first)
        canvas.disc(x, y, SIDE * 0.018, colour=colours.paper)
        away = math.copysign(SIDE * 0.1, side)
        canvas.box(min(x, x + away), y + SIDE * 0.06, max(x, x + away), y + SIDE * 0.075, colour=colours.ink)


def lattice(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """A lattice window: customs and heritage."""
    margin, width = SIDE * 0.1, SIDE * 0.026
    canvas.box(margin, margin, SIDE - margin, SIDE - margin, colour=colours.third)
    step = (SIDE - 2 * margin) / 4
    for number in range(5):
        at = margin + step * number
        canvas.line([(at, margin), (at, SIDE - margin)], width=width, colour=colours.ink)
        canvas.line([(margin, at), (SIDE - margin, at)], width=width, colour=colours.ink)
    for row in range(4):
        for column in range(4):
            x, y = margin + step * (column + 0.5), margin + step * (row + 0.5)
            if row in {0, 3} and column in {0, 3}:
                reach = step * 0.5
                canvas.shape(
                    [(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)],
                    colour=colours.tint(row + column),
                )
            elif row in {0, 3} or column in {0, 3}:
                canvas.ring(x, y, step * 0.3, width=width * 0.8, colour=colours.ink)
    canvas.disc(SIDE / 2, SIDE / 2, SIDE * chance.uniform(0.12, 0.14), colour=colours.first)
    canvas.ring(SIDE / 2, SIDE / 2, SIDE * 0.15, width=width, colour=colours.ink)
