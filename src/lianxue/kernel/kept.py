"""Query sets that are composed once and asked again and again with other values.

Composing a query set takes Python ten times as long as PostgreSQL takes to answer it. What pages ask with every request
is therefore kept: ``@kept`` stands over a function that composes a query set from plain values, and the first call of a
shape composes it with marks in place of the values. Later calls put their own values where the marks stand.

    @kept
    def _unread(person_id: int) -> QuerySet[Notice]:
        return Notice.objects.filter(person_id=person_id, read_at__isnull=True)

    _unread.count(person_id=7)

The words of the statement must not depend on the values. What they do depend on (a role, None or not, a truth value) is
no plain value, and a statement is kept for each. An actor says of itself which is which (``in_parts``). While testing,
every call composes anew as well and fails when the two differ; so the whole test suite proves each kept query set.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, Self, TypeVar, runtime_checkable

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Aggregate, QuerySet
from django.db.transaction import TransactionManagementError

R = TypeVar("R")  # what a row is: an instance, or the values that were asked for
Figures = tuple[QuerySet[Any], Mapping[str, Aggregate]]
_Fill = Callable[[Sequence[Any]], Any]

_LARGEST = 2**31 - 1
_ORDINARY: Any = object()


@runtime_checkable
class InParts(Protocol):
    """Something that a query set is composed from, which is more than a plain value."""

    def in_parts(self) -> tuple[Hashable, tuple[int, ...]]:
        """Return what the words of a statement may depend on, and the numbers that only stand in it."""

    def with_parts(self, numbers: Sequence[int]) -> Self:
        """Return the same with other numbers."""


# A number must fit the narrowest column that it may be compared with.
_MARKS: Mapping[type, Callable[[int], Any]] = {
    int: lambda number: 31_001 + number,
    str: lambda number: f"kept{number}mark",
    date: lambda number: date(1801, 1, 1) + timedelta(days=number),
    datetime: lambda number: datetime(1801, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
}


class _Given(NamedTuple):
    """What a call gave, taken apart."""

    shape: tuple[Hashable, ...]
    values: list[Any]


class _Marked(NamedTuple):
    """Marks in the order of the values, and what a query set is composed from with them."""

    marks: list[Any]
    given: dict[str, Any]
    needed: frozenset[int]


class _Statement(NamedTuple):
    """A statement with marks, and how the places where they stand are filled."""

    sql: str
    parameters: list[Any]
    places: list[tuple[int, _Fill]]
    compiler: Any = None
    rows: QuerySet[Any] | None = None
    converters: Mapping[int, Any] | None = None

    def filled(self, values: Sequence[Any]) -> list[Any]:
        parameters = self.parameters.copy()
        for place, fill in self.places:
            parameters[place] = fill(values)
        return parameters


class _Keeper:
    """A function that composes a question, with the statements that it has led to so far."""

    def __init__(self, compose: Callable[..., Any]) -> None:
        self.compose = compose
        self.__doc__ = compose.__doc__
        self._statements: dict[Hashable, _Statement | None] = {}

    def _sent(self, name: str, ask: Callable[[Any], object], given: dict[str, Any]) -> Any:
        """Return the one row that a question brings, None when there is none, or ``_ORDINARY``."""
        taken = _taken_apart(given)
        statement = self._statement(name, taken, given, lambda composed: _caught(ask, composed))
        if statement is None:
            return _ORDINARY
        parameters = statement.filled(taken.values)
        if settings.TESTING:
            _require_same(self.compose, statement, parameters, _caught(ask, self.compose(**given)))
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            return cursor.fetchone()

    def _statement(
        self, name: str, taken: _Given, given: dict[str, Any], compiled: Callable[[Any], _Statement]
    ) -> _Statement | None:
        """Return the kept statement of this shape; None where the query set itself must be asked."""
        if any(type(value) is int and abs(value) > _LARGEST for value in taken.values):
            return None  # no row has it, and a column would not take it
        key = name, taken.shape
        if key not in self._statements:
            marks = _marked(given)
            try:
                marked = compiled(self.compose(**marks.given))
            except EmptyResultSet:  # nothing can be found, whatever the values are
                self._statements[key] = None
            else:
                self._statements[key] = marked._replace(places=_places(marked.parameters, marks))
        return self._statements[key]


class Kept(_Keeper, Generic[R]):
    """A kept query set."""

    compose: Callable[..., QuerySet[Any, R]]

    def rows(self, **given: Any) -> list[R]:
        """Return the rows, as the query set itself would: instances with what is joined, or the values it asks for."""
        taken = _taken_apart(given)
        statement = self._statement("rows", taken, given, _compiled)
        if statement is None or statement.rows is None:
            return list(self.compose(**given))
        parameters = statement.filled(taken.values)
        if settings.TESTING:
            _require_same(self.compose, statement, parameters, _compiled(self.compose(**given)))
        if statement.rows.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("rows can be locked inside a transaction only")
        rows: Any = statement.rows
        return list(rows._iterable_class(_Again(statement, parameters)))  # noqa: SLF001  # as QuerySet does

    def first(self, **given: Any) -> R | None:
        """Return the first of the rows, or None."""
        return next(iter(self.rows(**given)), None)

    def get(self, **given: Any) -> R:
        """Return the first of the rows. Raise the model's ``DoesNotExist`` when there is none."""
        found = self.first(**given)
        if found is None:
            raise self.compose(**given).model.DoesNotExist
        return found

    def count(self, **given: Any) -> int:
        """Return how many rows there are."""
        row = self._sent("count", lambda rows: rows.count(), given)
        return self.compose(**given).count() if row is _ORDINARY else int(row[0])

    def exists(self, **given: Any) -> bool:
        """Tell whether there is any row."""
        row = self._sent("exists", lambda rows: rows.exists(), given)
        return self.compose(**given).exists() if row is _ORDINARY else row is not None


class KeptFigures(_Keeper):
    """Kept sums and counts: the function returns a query set, and the aggregates of it by their names."""

    names: tuple[str, ...] = ()

    def __call__(self, **given: Any) -> dict[str, Any]:
        """Return the figures by their names, as ``aggregate`` would."""
        row = self._sent("figures", self._ask, given)
        if row is _ORDINARY:
            rows, figures = self.compose(**given)
            found: dict[str, Any] = rows.aggregate(**figures)
            return found
        return dict(zip(self.names, row, strict=True))

    def _ask(self, composed: Figures) -> object:
        rows, figures = composed
        self.names = tuple(figures)
        return rows.aggregate(**figures)


def kept(compose: Callable[..., QuerySet[Any, R]]) -> Kept[R]:
    """Keep what a function composes."""
    return Kept(compose)


def kept_figures(compose: Callable[..., Figures]) -> KeptFigures:
    """Keep the sums and counts that a function composes."""
    return KeptFigures(compose)


def _taken_apart(given: Mapping[str, Any]) -> _Given:
    shape: list[Hashable] = []
    values: list[Any] = []
    for value in given.values():
        kind = type(value)
        if kind in _MARKS:
            shape.append(kind.__name__)
            values.append(value)
        elif in_parts := getattr(value, "in_parts", None):
            own_shape, numbers = in_parts()
            shape.append((own_shape, len(numbers)))
            values.extend(numbers)
        else:
            shape.append(value)
    return _Given(tuple(shape), values)


def _marked(given: Mapping[str, Any]) -> _Marked:
    """Return what was given with marks in place of the values, in the same order as the values."""
    marks: list[Any] = []
    with_marks: dict[str, Any] = {}
    needed: set[int] = set()
    for name, value in given.items():
        make = _MARKS.get(type(value))
        if make is not None:
            needed.add(len(marks))
            marks.append(make(len(marks)))
            with_marks[name] = marks[-1]
        elif isinstance(value, InParts):
            own = [_MARKS[int](len(marks) + place) for place in range(len(value.in_parts()[1]))]
            marks.extend(own)
            with_marks[name] = value.with_parts(own)
        else:
            with_marks[name] = value
    return _Marked(marks, with_marks, frozenset(needed))


def _places(parameters: Sequence[Any], taken: _Marked) -> list[tuple[int, _Fill]]:
    """Return where the marks stand among the parameters, and how each such place is filled."""
    found: list[tuple[int, _Fill]] = []
    seen: set[int] = set()
    for place, parameter in enumerate(parameters):
        numbers = [n for n, mark in enumerate(taken.marks) if _stands_in(mark, parameter)]
        if not numbers:
            continue
        seen.update(numbers)
        if parameter == taken.marks[numbers[0]]:
            found.append((place, _whole(numbers[0], type(parameter))))
        elif isinstance(taken.marks[numbers[0]], int):  # the path of an actor: numbers between strokes
            found.append((place, _pieces(parameter, {str(taken.marks[n]): n for n in numbers})))
        else:  # a pattern of LIKE, in which signs of the value would have to be escaped
            raise TypeError(
                f"{taken.marks[numbers[0]]} stands inside {parameter!r}: only whole texts are kept"
            )
    if missing := taken.needed - seen:
        raise TypeError(f"values {sorted(missing)} do not stand in the statement as they were given")
    return found


def _stands_in(mark: object, parameter: object) -> bool:
    return parameter == mark or (isinstance(parameter, str) and str(mark) in parameter)


def _whole(number: int, kind: type) -> _Fill:
    """Fill a place with one value; numbers go with the width that the column gave them (psycopg's Int4, Int8)."""
    if kind in _MARKS:
        return lambda values: values[number]
    return lambda values: kind(values[number])


def _pieces(text: str, numbers: Mapping[str, int]) -> _Fill:
    pieces = re.split("(" + "|".join(numbers) + ")", text)
    return lambda values: "".join(str(values[numbers[one]]) if one in numbers else one for one in pieces)


def _compiled(rows: QuerySet[Any]) -> _Statement:
    if rows._prefetch_related_lookups:  # type: ignore[attr-defined]  # noqa: SLF001  # a second statement is not kept
        raise TypeError("rows that are fetched with others beside them are not kept")
    compiler = rows.query.get_compiler(connection=connection)
    statement, parameters = compiler.as_sql()
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    return _Statement(statement, list(parameters), [], compiler, rows, converters)


class _Sent(Exception):
    """What was about to be sent."""

    def __init__(self, statement: str, parameters: Sequence[Any]) -> None:
        self.statement = _Statement(statement, list(parameters), [])


def _caught(ask: Callable[[Any], object], composed: object) -> _Statement:
    """Return the statement by which a question is asked, without asking it."""

    def stop(
        _execute: object, statement: str, parameters: Sequence[Any], _many: bool, _context: object
    ) -> None:
        raise _Sent(statement, parameters)

    # Where statements are logged, this one is not: it is not sent.
    logged, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        with connection.execute_wrapper(stop):
            ask(composed)
    except _Sent as sent:
        return sent.statement
    finally:
        connection.force_debug_cursor = logged
    raise EmptyResultSet  # Django answers without asking where nothing can be found


class _Again:
    """What Django's row iterables ask of a query set, with a statement that is there already."""

    _known_related_objects: ClassVar[dict[str, Any]] = {}

    def __init__(self, statement: _Statement, parameters: list[Any]) -> None:
        rows, self.query, self.db = statement.rows, self, connection.alias
        if rows is not None:
            self.model, self._fields = rows.model, rows._fields  # type: ignore[attr-defined]  # it is there; the stubs do not tell
        self.statement, self.parameters = statement, parameters

    def get_compiler(self, using: str) -> Any:
        """Return the compiler that knows the columns, for this thread's connection and these values."""
        compiler = copy.copy(self.statement.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.statement.sql, self.parameters)
        compiler.get_converters = lambda _columns: self.statement.converters
        return compiler


def _require_same(
    compose: Callable[..., object], statement: _Statement, parameters: list[Any], fresh: _Statement
) -> None:
    if (statement.sql, parameters) != (fresh.sql, fresh.parameters):
        raise AssertionError(
            f"{compose.__qualname__} cannot be kept: its words depend on its values\n{fresh.sql}"
        )
