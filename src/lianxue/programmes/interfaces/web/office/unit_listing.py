"""The list of units of a call: read page by page, so that twenty thousand cost no more than twenty."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property

from lianxue.kernel.pages import Column, Listing, spreadsheet
from lianxue.orgs.public import Actor
from lianxue.programmes.models import Call, Filing
from lianxue.programmes.queries.overview import UnitStanding, count_units, units_standing

PER_PAGE = 50


class _Rows:
    """The rows of the overview as a paginator wants them: a length, and slices read when they are asked for."""

    ordered = True

    def __init__(self, call: Call, stage: str, actor: Actor, narrowed: dict[str, Any]) -> None:
        self._call, self._stage, self._actor, self._narrowed = call, stage, actor, narrowed

    def __len__(self) -> int:
        return count_units(self._call, self._stage, self._actor, **self._narrowed)

    def __getitem__(self, part: slice) -> list[UnitStanding]:
        first = part.start or 0
        return units_standing(
            self._call,
            self._stage,
            self._actor,
            **self._narrowed,
            limit=max((part.stop or first) - first, 0),
            offset=first,
        )

    def __iter__(self) -> Iterator[UnitStanding]:
        yield from units_standing(self._call, self._stage, self._actor, **self._narrowed)


class UnitListing(Listing[Filing]):
    """A ``Listing`` over the units of one stage."""

    def __init__(
        self, request: HttpRequest, call: Call, stage: str, columns: Sequence[Column], **narrowed: Any
    ) -> None:
        self.units = _Rows(call, stage, request.actor, narrowed)  # type: ignore[attr-defined]  # put there by the middleware
        super().__init__(request, Filing.objects.none().order_by("pk"), columns, per_page=PER_PAGE)

    @cached_property
    def page(self) -> Page[Any]:
        """Return the page asked for; a wrong number gives the nearest page."""
        pages: Paginator[Any] = Paginator(self.units, self.per_page)  # type: ignore[arg-type]  # it slices and counts
        return pages.get_page(self.request.GET.get("page"))

    def export(self, name: str) -> StreamingHttpResponse:
        """Return all rows as a spreadsheet named ``name`` (without ending)."""
        rows = ([column.value(one) for column in self.columns] for one in self.units)
        return spreadsheet(name, [column.title for column in self.columns], rows)
