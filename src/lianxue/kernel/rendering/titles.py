"""Titles over more than one line: broken between words, lines of about the same length (GB/T 9704: 回行时词意完整，排列对称)."""

import math

import rjieba

from lianxue.kernel.tables.writing import cells_wide

NEVER_FIRST = frozenset("，。、；：！？）》〉】〕”’…·—的之和与及等了")  # what no line begins with
NEVER_LAST = frozenset("（《〈【〔“‘")
APART = 10_000.0  # more than any unevenness


def title_lines(title: str, width_mm: float, size_mm: float) -> list[str]:
    """Return the lines of a title that is ``size_mm`` high on a line of ``width_mm``; where it is broken already it stays so."""
    if "\n" in title:
        return title.split("\n")
    room = 2 * int(width_mm / size_mm)  # in half-width characters
    wide = cells_wide(title)
    if wide <= room:
        return [title]
    words = [word for word in rjieba.cut(title, False) if word]
    return _evenly(words, room, wide / math.ceil(wide / room))


def _evenly(words: list[str], room: int, wished: float) -> list[str]:
    """Return the words in as few lines as there must be, each as near to ``wished`` as the words allow."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(words) + 1):
        found: tuple[float, list[str]] | None = None
        for start in range(end - 1, -1, -1):
            line = "".join(words[start:end]).strip()
            wide = cells_wide(line) if line else 0
            if wide > room and start < end - 1:
                break
            cost = best[start][0] + (wide - wished) ** 2 + (APART if _is_ugly(words, start, end) else 0.0)
            if found is None or cost < found[0]:
                found = (cost, [*best[start][1], line])
        best.append(found or (APART, ["".join(words[:end])]))
    return [line for line in best[-1][1] if line]


def _is_ugly(words: list[str], start: int, end: int) -> bool:
    return (start > 0 and words[start][0] in NEVER_FIRST) or (
        end < len(words) and words[end - 1][-1] in NEVER_LAST
    )
