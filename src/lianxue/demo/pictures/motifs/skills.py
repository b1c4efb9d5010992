"""Knowledge and skills: tiles, books, flowers, a stair."""

import random

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.motifs.side import SIDE


def tiles(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Rounded tiles with quarter circles: digital skills."""
    count, step = 4, SIDE / 4
    for row in range(count):
        for column in range(count):
            left, top, gap = column * step, row * step, step * 0.07
            colour = colours.tint(chance.randrange(3))
            canvas.box(
                left + gap, top + gap, left + step - gap, top + step - gap, colour=colour, radius=step * 0.2
            )
            if chance.randrange(4):
                corner = chance.randrange(4)
                x = left + (gap if corner in {0, 3} else step - gap)
                y = top + (gap if corner in {0, 1} else step - gap)
                start = (0, 90, 180, 270)[corner]
                canvas.pie(
                    x,
                    y,
                    step * 0.62,
                    start=start,
                    end=start + 90,
                    colour=chance.choice((colours.paper, colours.ink)),
                )


def spines(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Books standing side by side: languages and literature."""
    left, number = SIDE * 0.04, 0
    while left < SIDE * 0.9:
        breadth, height = SIDE * chance.uniform(0.06, 0.11), SIDE * chance.uniform(0.5, 0.84)
        colour = (*colours.tints, colours.ink)[number % 4]
        canvas.box(left, SIDE * 0.92 - height, left + breadth, SIDE * 0.92, colour=colour, radius=3)
        band = SIDE * 0.92 - height + SIDE * 0.08
        canvas.box(left, band, left + breadth, band + SIDE * 0.03, colour=colours.paper)
        left += breadth + SIDE * 0.012
        number += 1
    canvas.box(0, SIDE * 0.92, SIDE, SIDE * 0.945, colour=colours.ink)


def blossoms(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """Flowers in pots: home and garden."""
    for number, x in enumerate((0.2, 0.5, 0.8)):
        centre, head = SIDE * x, SIDE * chance.uniform(0.26, 0.42)
        canvas.line([(centre, head), (centre, SIDE * 0.74)], width=5, colour=colours.ink)
        canvas.leaf(centre, SIDE * 0.62, SIDE * 0.13, SIDE * 0.055, turn=-35, colour=colours.second)
        canvas.leaf(centre, SIDE * 0.66, SIDE * 0.13, SIDE * 0.055, turn=215, colour=colours.second)
        petals = 8
        for petal in range(petals):
            canvas.leaf(
                centre,
                head,
                SIDE * 0.15,
                SIDE * 0.075,
                turn=petal * 360 / petals,
                colour=(colours.first, colours.third)[number % 2],
            )
        canvas.disc(centre, head, SIDE * 0.04, colour=colours.ink)
        half = SIDE * 0.1
        canvas.shape(
            [
                (centre - half, SIDE * 0.74),
                (centre + half, SIDE * 0.74),
                (centre + half * 0.7, SIDE * 0.94),
                (centre - half * 0.7, SIDE * 0.94),
            ],
            colour=(colours.second, colours.first, colours.ink)[number],
        )


def steps(canvas: Canvas, colours: Palette, chance: random.Random) -> None:
    """A stair and the sun: skills for work."""
    canvas.disc(SIDE * 0.27, SIDE * 0.26, SIDE * chance.uniform(0.13, 0.16), colour=colours.first)
    for step in range(6):
        left, top = SIDE * step / 6, SIDE * (0.86 - 0.13 * step)
        canvas.box(
            left, top, left + SIDE / 6, SIDE, colour=(colours.second, colours.third, colours.ink)[step % 3]
        )
