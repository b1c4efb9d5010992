"""Lists that can be filtered, sorted, paged and taken away as a spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header

from lianxue.kernel.errors import Text
from lianxue.kernel.plans import planned_with_values
from lianxue.kernel.tables import stream_xlsx

M = TypeVar("M", bound=Model)
RowT_co = TypeVar("RowT_co", covariant=True)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """One column of a list: its heading, its value for the spreadsheet, and the field it sorts by."""

    key: str
    title: Text
    value: Callable[[Any], object]
    sort: str = ""


@dataclass(frozen=True)
class Heading:
    """A column heading as the page shows it."""

    key: str
    title: Text
    sort_query: str
    direction: str


class Windows(Protocol[RowT_co]):
    """Rows that are read a page at a time."""

    def __getitem__(self, window: slice, /) -> Iterable[RowT_co]: ...


class Listing(Generic[M]):
    """A page of rows of a query set, in the order and with the columns that the reader asked for.

    ``?sort=key`` or ``?sort=-key`` orders, ``?page=n`` turns pages, ``?export=xlsx`` (see ``export_asked``) gives
    all rows as a spreadsheet. Filtering is done by the caller before.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[M],
        columns: Sequence[Column],
        *,
        per_page: int = 20,
        total: int | None = None,
        windows: "Windows[M] | None" = None,
    ) -> None:
        self.request = request
        self.columns = tuple(columns)
        self.per_page = per_page
        self.total = total  # how many rows there are, when the caller knows it already
        self.windows = windows  # the same rows in the same order, by a quicker way to one page of them
        self.rows = self._sorted(rows)

    @property
    def sort(self) -> str:
        """Return the asked-for sort key if it is one of ours, with its leading minus."""
        asked = self.request.GET.get("sort", "")
        return asked if any(c.sort and c.key == asked.removeprefix("-") for c in self.columns) else ""

    def _sorted(self, rows: QuerySet[M]) -> QuerySet[M]:
        key = self.sort.removeprefix("-")
        column = next((c for c in self.columns if c.key == key and c.sort), None)
        if column is None:
            return rows if rows.ordered else rows.order_by("pk")
        sign = "-" if self.sort.startswith("-") else ""
        return rows.order_by(f"{sign}{column.sort}", "pk")

    @cached_property
    def page(self) -> Page[M]:
        """Return the page asked for; a wrong number gives the nearest page."""
        pages = Paginator(self.rows, self.per_page)
        if self.windows is not None and not self.sort:
            pages.object_list = cast("Any", self.windows)  # all that is asked of it is a slice
        if self.total is not None:
            pages.__dict__["count"] = self.total  # in place of the counting that it would do when asked first
        with planned_with_values():  # what a filter leaves may be one row or all of them
            found = pages.get_page(self.request.GET.get("page"))
            found.object_list = list(found.object_list)
        return found

    @property
    def headings(self) -> list[Heading]:
        """Return the headings with the query string that sorts by each."""
        current, made = self.sort, []
        for column in self.columns:
            direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(current, "")
            target = f"-{column.key}" if direction == "ascending" else column.key
            query = self.query(sort=target, page=None) if column.sort else ""
            made.append(Heading(column.key, column.title, query, direction))
        return made

    def query(self, **changes: object) -> str:
        """Return the present query string with ``changes``; None takes a parameter away."""
        data = self.request.GET.copy()
        for name, value in changes.items():
            data.pop(name, None)
            if value is not None:
                data[name] = str(value)
        return "?" + data.urlencode()

    @property
    def export_query(self) -> str:
        """Return the query string that gives these rows as a spreadsheet."""
        return self.query(export="xlsx", page=None)

    @property
    def export_asked(self) -> bool:
        """Tell whether the reader asked for the spreadsheet."""
        return export_asked(self.request)

    def export(self, name: str) -> StreamingHttpResponse:
        """Return all rows as a spreadsheet named ``name`` (without ending)."""
        rows = ([c.value(row) for c in self.columns] for row in self.rows.iterator(chunk_size=2000))
        return spreadsheet(name, [c.title for c in self.columns], rows)


def export_asked(request: HttpRequest) -> bool:
    """Tell whether the reader asked for all rows as a spreadsheet, before anything is looked for."""
    return request.GET.get("export") == "xlsx"


def spreadsheet(name: str, titles: Sequence[Text], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Return a spreadsheet named ``name`` (without ending), sent while it is being written."""
    content = stream_xlsx(name, [str(title) for title in titles], rows)
    response = StreamingHttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
    return response
