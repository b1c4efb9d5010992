"""On a phone each row of a table becomes a card, and each cell then says its column: this writes the names in."""

from html import escape
from html.parser import HTMLParser


class _Cells(HTMLParser):
    """Collects the column headings, and where each body cell's tag ends that has no ``data-label`` yet."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[str] = []
        self.places: list[tuple[int, str]] = []
        self._line_starts = [0]
        for line in markup.split("\n"):
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self._in_head = False
        self._heading: list[str] | None = None
        self._column = 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._column = 0
        elif self._in_head and tag == "th":
            self._heading = []
        elif tag in ("td", "th") and not self._in_head:
            self._cell(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        elif tag == "th" and self._heading is not None:
            self.headings.append(" ".join("".join(self._heading).split()))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)

    def _cell(self, attributes: dict[str, str | None]) -> None:
        label = self.headings[self._column] if self._column < len(self.headings) else ""
        span = attributes.get("colspan") or "1"
        width = int(span) if span.isdigit() else 1
        self._column += width
        if label and width == 1 and "data-label" not in attributes:
            line, offset = self.getpos()
            text = self.get_starttag_text() or ""
            self.places.append((self._line_starts[line - 1] + offset + len(text) - 1, label))


def with_cell_labels(markup: str) -> str:
    """Return the inside of a table with ``data-label`` on every body cell, taken from its column heading."""
    pieces, end = [], 0
    for place, label in _Cells(markup).places:
        pieces += [markup[end:place], f' data-label="{escape(label)}"']
        end = place
    return "".join(pieces) + markup[end:]
