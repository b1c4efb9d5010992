"""The two Chinese typefaces of the drawings."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Font files: a bold serif for titles, a sans for small lines."""

    serif: Path
    sans: Path

    def title(self, size: int) -> FreeTypeFont:
        return _font(self.serif, size)

    def line(self, size: int) -> FreeTypeFont:
        return _font(self.sans, size)


def find_typefaces(folders: Iterable[Path]) -> Typefaces:
    """Find Noto Serif SC Bold and Noto Sans SC Regular in these folders.

    Raise ``FileNotFoundError`` naming the typeface that is missing.
    """
    files = [file for folder in folders for file in sorted(folder.glob("*.ttf"))]
    return Typefaces(serif=_named(files, "NotoSerifSC_700Bold"), sans=_named(files, "NotoSansSC_400Regular"))


def _named(files: list[Path], stem: str) -> Path:
    for file in files:
        if file.stem == stem:
            return file
    raise FileNotFoundError(f"typeface {stem}.ttf")


@lru_cache(maxsize=64)
def _font(file: Path, size: int) -> FreeTypeFont:
    return ImageFont.truetype(file, size)
