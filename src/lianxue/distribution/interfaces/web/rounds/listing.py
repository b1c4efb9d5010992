"""Lists of figures that are worked out, not rows of one table: sorted, paged and taken away like any other list."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from lianxue.kernel.pages import Column, Listing, spreadsheet

PER_PAGE = 50


class FigureListing(Listing[Any]):
    """A ``Listing`` over a sequence; a column sorts by its own value."""

    def __init__(
        self,
        request: HttpRequest,
        rows: Sequence[object],
        columns: Sequence[Column],
        *,
        per_page: int = PER_PAGE,
    ) -> None:
        super().__init__(request, cast("QuerySet[Any]", rows), columns, per_page=per_page)

    def _sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        sequence = cast("Sequence[object]", rows)
        column = next((c for c in self.columns if c.sort and c.key == self.sort.removeprefix("-")), None)
        if column is None:
            return rows
        is_reversed = self.sort.startswith("-")
        return cast("QuerySet[Any]", sorted(sequence, key=column.value, reverse=is_reversed))  # type: ignore[arg-type]  # values of one column compare

    def export(self, name: str) -> StreamingHttpResponse:
        """Return all rows as a spreadsheet named ``name`` (without ending)."""
        rows = ([column.value(row) for column in self.columns] for row in self.rows)
        return spreadsheet(name, [column.title for column in self.columns], rows)
