"""On a phone each row of a table becomes a card, and each cell then says its column: this writes the names in."""

from html import escape
from html.parser import HTMLParser


class _Cells(HTMLParser):
    """Collects the column headings, and what is to be written into which tag (by its end in the markup)."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.additions: dict[int, str] = {}
        self._headings: list[str] = []
        self._heading_ends: list[int | None] = []  # None: the heading has a class of its own
        self._words: list[str] | None = None
        self._in_head = False
        self._column = 0
        self._line_starts = [0]
        for line in markup.split("\n"):
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._column = 0
        elif tag == "th" and self._in_head:
            self._words = []
            self._heading_ends.append(None if "class" in given else self._tag_end())
        elif tag in ("td", "th") and not self._in_head:
            self._label(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        elif tag == "th" and self._words is not None:
            self._headings.append(" ".join("".join(self._words).split()))
            self._words = None

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def _label(self, given: dict[str, str | None]) -> None:
        column, span = self._column, given.get("colspan") or "1"
        width = int(span) if span.isdigit() else 1
        self._column += width
        if column >= len(self._headings) or width > 1:
            return
        if self._headings[column] and "data-label" not in given:
            self.additions[self._tag_end()] = f' data-label="{escape(self._headings[column])}"'
        end = self._heading_ends[column]
        if end is not None and "number" in (given.get("class") or "").split():
            self.additions[end] = ' class="number"'

    def _tag_end(self) -> int:
        line, offset = self.getpos()
        return self._line_starts[line - 1] + offset + len(self.get_starttag_text() or "") - 1


def with_cell_labels(markup: str) -> str:
    """Return the inside of a table with ``data-label`` on every body cell, taken from its column heading.

    A heading over numbers gets the class ``number`` as well, so that it stands over them.
    """
    pieces, start = [], 0
    for end, text in sorted(_Cells(markup).additions.items()):
        pieces += [markup[start:end], text]
        start = end
    return "".join(pieces) + markup[start:]
