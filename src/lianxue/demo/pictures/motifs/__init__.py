"""The drawing on a cover: one motif for each subject category.

Each fills a square canvas of SIDE by SIDE units; the cover decides how large it becomes and where it stands.
"""

import random
from collections.abc import Callable

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.motifs.arts import aperture, mountains, quilt, ribbons, sound
from lianxue.demo.pictures.motifs.civic import columns, houses, rings, umbrella
from lianxue.demo.pictures.motifs.health import crosses, leaves, ripples, sunrise
from lianxue.demo.pictures.motifs.local import arches, bubbles, lattice, river
from lianxue.demo.pictures.motifs.side import SIDE
from lianxue.demo.pictures.motifs.skills import blossoms, spines, steps, tiles

__all__ = ["MOTIFS", "SIDE", "Motif"]

Motif = Callable[[Canvas, Palette, random.Random], None]

MOTIFS: dict[str, Motif] = {
    "arts-calligraphy": mountains,
    "arts-music": sound,
    "arts-dance": ribbons,
    "arts-photo": aperture,
    "arts-craft": quilt,
    "health-care": leaves,
    "health-sport": sunrise,
    "health-firstaid": crosses,
    "health-mind": ripples,
    "skills-digital": tiles,
    "skills-language": spines,
    "skills-living": blossoms,
    "skills-work": steps,
    "civic-law": columns,
    "civic-family": houses,
    "civic-safety": umbrella,
    "civic-volunteer": rings,
    "local-haipai": arches,
    "local-dialect": bubbles,
    "local-walk": river,
    "local-heritage": lattice,
}
