"""One new row, by a statement that is composed once for each model.

What is written with every act (the trail, a loan) goes this way; everything else is saved as Django saves it.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault


def write(row: Model) -> None:
    """Write one new row as ``row.save(force_insert=True)`` does.

    What the database has a default for and the row no value is left to the database and read back.
    """
    model = type(row)
    given = [
        (field, field.pre_save(row, add=True))
        for field in model._meta.local_concrete_fields
        if not field.primary_key
    ]
    left = tuple(field.attname for field, value in given if isinstance(value, DatabaseDefault))
    statement = _inserts.get((model, left))
    if statement is None:
        statement = _inserts[model, left] = _insert(model, left)
    values = [
        field.get_db_prep_save(value, connection=connection)
        for field, value in given
        if not left or field.attname not in left
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk, *defaults = cursor.fetchone()
    for name, value in zip(left, defaults, strict=True):
        setattr(row, name, value)
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  # as save leaves it


_inserts: dict[tuple[type[Model], tuple[str, ...]], str] = {}


def _insert(model: type[Model], left: Sequence[str]) -> str:
    """Return the INSERT for a model whose key the database gives, without the columns that are ``left`` to it."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    if model._meta.parents or any(field.generated for field in fields):
        raise TypeError(f"{model.__qualname__} has more to write than one row's values")
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in fields if field.attname not in left]
    back = [model._meta.pk.column, *(field.column for field in fields if field.attname in left)]
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608  # names are ours
        f"VALUES ({', '.join(['%s'] * len(columns))}) RETURNING {', '.join(quote(str(one)) for one in back)}"
    )
