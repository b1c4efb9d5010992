"""Lists page by page: each page says where the next begins, and rows that are added meanwhile shift nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from lianxue.kernel.errors import Invalid

M = TypeVar("M", bound=Model)
T = TypeVar("T")

MOST, USUAL = 200, 50


class Paging(Schema):
    """Which page of a list."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="rows of a page")
    cursor: str = Field(
        "", max_length=200, description="next_cursor of the page before; empty: the first page"
    )


class Rows(Schema, Generic[T]):
    """One page of a list."""

    items: list[T]
    next_cursor: str | None = Field(
        description="send it as cursor for the next page; null: this was the last"
    )


class BadCursor(Invalid):
    code = "bad_cursor"
    default_message = _("This cursor is not one of ours, or belongs to another list.")


@dataclass(frozen=True)
class Slice(Generic[M]):
    """The rows of one page, and the cursor of the next (None: this was the last)."""

    rows: list[M]
    next_cursor: str | None

    def shown(self, show: Callable[[M], T]) -> Rows[T]:
        """Return the page as it is answered, each row by ``show``."""
        return Rows(items=[show(row) for row in self.rows], next_cursor=self.next_cursor)


def cut(rows: QuerySet[M], paging: Paging, *, name: str) -> Slice[M]:
    """Return one page of ``rows`` in the order in which they were made; ``name`` binds the cursor to the list.

    Raise ``BadCursor``.
    """
    ordered = rows.order_by("pk")
    if paging.cursor:
        ordered = ordered.filter(pk__gt=_opened(paging.cursor, name))
    found = list(ordered[: paging.limit + 1])
    shown = found[: paging.limit]
    more = len(found) > paging.limit
    return Slice(shown, signing.dumps(shown[-1].pk, salt=_salt(name)) if more else None)


def _opened(cursor: str, name: str) -> int:
    try:
        return int(signing.loads(cursor, salt=_salt(name)))
    except (signing.BadSignature, ValueError, TypeError) as foreign:
        raise BadCursor(fields={"cursor": BadCursor.default_message}) from foreign


def _salt(name: str) -> str:
    return f"cursor:{name}"
