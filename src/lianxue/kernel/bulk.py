"""Very many rows of one table written in one stream: PostgreSQL's COPY, by the names and types of a model.

For the few operations that write hundreds of thousands of rows at once. No model instances are made, no signals sent
and no ids returned; every column that has no default in the database must be given. ``by_the_million`` lets the
statements that read and write so many rows at once do so in memory, each planned with its values.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from psycopg import sql

Written = Callable[[Any], object]

# A page's statement sorts some hundred rows and its cursor is read for the first of them; these go over whole tables.
_BY_THE_MILLION = {"work_mem": "128MB", "cursor_tuple_fraction": "1", "plan_cache_mode": "force_custom_plan"}


@contextmanager
def by_the_million() -> Iterator[None]:
    """Give the statements of the block room to sort and hash in, plan them with their values and their cursors for being
    read to the end.

    Inside a transaction; when the block fails, its rollback puts the settings back.
    """
    before = _set(_BY_THE_MILLION)
    yield
    _set(before)


def _set(settings: Mapping[str, str]) -> dict[str, str]:
    """Change settings until the end of the transaction; return what they were."""
    reading = sql.SQL(", ").join(sql.SQL("current_setting({})").format(name) for name in settings)
    changing = sql.SQL(", ").join(
        sql.SQL("set_config({}, {}, true)").format(name, value) for name, value in settings.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}, {}").format(reading, changing))  # in this order
        return dict(zip(settings, cursor.fetchone(), strict=False))


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write ``rows`` into the table of ``model`` and return how many there were.

    ``columns`` are names of fields (``point_id`` for a foreign key); each row has its values in that order. Raise
    ``ValueError`` when a column is not of the model, or one that must be given is missing.
    """
    fields = _fields(model, columns)
    written = [_writer(field) for field in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields]),
    )
    count = 0
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(
                [
                    value if write is None or value is None else write(value)
                    for write, value in zip(written, row, strict=True)
                ]
            )
            count += 1
    return count


def _fields(model: type[models.Model], columns: Sequence[str]) -> list[models.Field[Any, Any]]:
    known = {field.attname: field for field in model._meta.concrete_fields}
    unknown = [name for name in columns if name not in known]
    missing = [
        name
        for name, field in known.items()
        if name not in columns
        and not field.null
        and not field.has_db_default()
        and not isinstance(field, models.AutoField)
    ]
    if unknown or missing:
        raise ValueError(f"{model._meta.label}: unknown columns {unknown}, missing columns {missing}")
    return [known[name] for name in columns]


def _writer(field: models.Field[Any, Any]) -> Written | None:
    """Return how a value of ``field`` is put into words for COPY; None: the driver knows."""
    if isinstance(field, ArrayField) and isinstance(field.base_field, models.IntegerField):
        return _whole_numbers
    if isinstance(field, models.JSONField):
        return _json
    return None


def _whole_numbers(values: Sequence[int]) -> str:
    return "{" + ("%d," * len(values))[:-1] % tuple(values) + "}"  # half the time of joining them


def _json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
