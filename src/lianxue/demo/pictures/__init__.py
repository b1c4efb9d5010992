"""Pictures drawn for the demonstration: covers of titles and views of display corners.

Flat drawings, clearly not photographs. The same title or seed gives the same picture.
"""

from lianxue.demo.pictures.corners import draw_corner, view_of_corner
from lianxue.demo.pictures.covers import CoverText, draw_cover
from lianxue.demo.pictures.typefaces import Typefaces, find_typefaces

__all__ = ["CoverText", "Typefaces", "draw_corner", "draw_cover", "find_typefaces", "view_of_corner"]
