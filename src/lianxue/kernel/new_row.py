"""One row, by a statement that is composed once for each model.

What is written with every act (the trail, a loan, an opinion) goes this way; everything else is saved as Django saves it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault


def write(row: Model) -> None:
    """Write one new row as ``row.save(force_insert=True)`` does.

    What the database has a default for and the row no value is left to the database and read back.
    """
    _insert_row(row, "")


def write_unless_known(row: Model) -> bool:
    """Write one new row unless there is one that it clashes with; tell whether it was written."""
    return _insert_row(row, " ON CONFLICT DO NOTHING")


def rewrite(row: Model, *names: str) -> None:
    """Write the named fields of a row that is there, as ``row.save(update_fields=names)`` does."""
    model = type(row)
    fields = _named(model, names)
    statement = _updates.get((model, names))
    if statement is None:
        statement = _updates[model, names] = _update(model, names)
    values = [
        field.get_db_prep_save(field.pre_save(row, add=False), connection=connection)
        for field in (*fields, model._meta.pk)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if not cursor.rowcount:
            raise DatabaseError("there is no such row")


def _insert_row(row: Model, unless: str) -> bool:
    model = type(row)
    given = [
        (field, field.pre_save(row, add=True))
        for field in model._meta.local_concrete_fields
        if not field.primary_key
    ]
    left = tuple(field.attname for field, value in given if isinstance(value, DatabaseDefault))
    statement = _inserts.get((model, left, unless))
    if statement is None:
        statement = _inserts[model, left, unless] = _insert(model, left, unless)
    values = [
        field.get_db_prep_save(value, connection=connection)
        for field, value in given
        if not left or field.attname not in left
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
    if found is None:
        return False
    row.pk, *defaults = found
    for name, value in zip(left, defaults, strict=True):
        setattr(row, name, value)
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  # as save leaves it
    return True


_inserts: dict[tuple[type[Model], tuple[str, ...], str], str] = {}
_updates: dict[tuple[type[Model], tuple[str, ...]], str] = {}


def _insert(model: type[Model], left: Sequence[str], unless: str) -> str:
    """Return the INSERT for a model whose key the database gives, without the columns that are ``left`` to it."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    if model._meta.parents or any(field.generated for field in fields):
        raise TypeError(f"{model.__qualname__} has more to write than one row's values")
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in fields if field.attname not in left]
    back = [model._meta.pk.column, *(field.column for field in fields if field.attname in left)]
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608  # names are ours
        f"VALUES ({', '.join(['%s'] * len(columns))}){unless} "
        f"RETURNING {', '.join(quote(str(one)) for one in back)}"
    )


def _update(model: type[Model], names: Sequence[str]) -> str:
    if model._meta.parents:
        raise TypeError(f"{model.__qualname__} has more to write than one row's values")
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in _named(model, names)]
    return (
        f"UPDATE {quote(model._meta.db_table)} SET {', '.join(f'{one} = %s' for one in columns)} "  # noqa: S608  # names are ours
        f"WHERE {quote(str(model._meta.pk.column))} = %s"
    )


def _named(model: type[Model], names: Sequence[str]) -> "list[Field[Any, Any]]":
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    return [fields[name] for name in names]
