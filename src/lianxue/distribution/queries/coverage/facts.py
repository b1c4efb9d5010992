"""What each point asked for, was given, received and used, by the year of the round: the base of all figures.

Everything that can be added up is added up by the database, point by point; the parts are ordinary query sets, and
only the frame around them is written out. Copies belong to the year of their round wherever they are used later, so
that use and receipt speak of the same copies.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, F, QuerySet, Sum
from django.db.models.functions import Cast

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.models import AllocationPoint, Issue, Loan, PointYear, ReceiptLine
from lianxue.distribution.queries.area import points_in
from lianxue.orgs.public import Actor

AMOUNTS = ("asked", "allocated", "received", "lent", "issued", "learners")

Params = tuple[Any, ...]


def facts(actor: Actor, year: int | None = None) -> tuple[str, Params]:
    """Return the head of a statement with ``points`` (all below the actor) and ``facts`` (a row a point and year)."""
    points, params = _compiled(
        points_in(actor)
        .order_by()
        .annotate(kind=F("organisation__kind"), unit=Cast("unit_id", CharField()))
        .values("organisation_id", "district", "system", "kind", "unit")
    )
    parts, given = [], list(params)
    for rows, amounts in _parts(year):
        sql, params = _compiled(rows)
        columns = ", ".join(f"sum_{name}" if name in amounts else "0" for name in AMOUNTS)
        parts.append(f"SELECT of_point, in_year, {columns} FROM ({sql}) AS part")  # noqa: S608  # names of our own
        given += params
    sums = ", ".join(f"SUM({name}) AS {name}" for name in AMOUNTS)
    names = ", ".join(AMOUNTS)
    head = (
        f"WITH points AS MATERIALIZED ({points}), "  # noqa: S608  # compiled by Django, values apart
        f"parts (point, in_year, {names}) AS ({' UNION ALL '.join(parts)}), "
        f"facts AS (SELECT point, in_year, {sums} FROM parts GROUP BY point, in_year)"
    )
    return head, tuple(given)


def _parts(year: int | None) -> Sequence[tuple[QuerySet[Any, Any], tuple[str, ...]]]:
    """Return the sums of each ledger by point and year, each with the amounts that it knows."""

    def of(
        rows: QuerySet[Any], point: str, in_year: str, **sums: str
    ) -> tuple[QuerySet[Any, Any], tuple[str, ...]]:
        chosen = rows if year is None else rows.filter(**{in_year: year})
        grouped = chosen.order_by().values(of_point=F(point), in_year=F(in_year))
        return grouped.annotate(**{f"sum_{name}": Sum(field) for name, field in sums.items()}), tuple(sums)

    return (
        of(
            AllocationPoint.objects.filter(allocation__state=AllocationState.COMMITTED),
            "point_id",
            "allocation__round__year",
            asked="asked",
            allocated="allocated",
        ),
        of(
            ReceiptLine.objects.all(),
            "receipt__shipment__point_id",
            "receipt__shipment__round__year",
            received="good",
        ),
        of(Loan.objects.filter(undone_at__isnull=True), "point_id", "title__round__year", lent="quantity"),
        of(Issue.objects.filter(undone_at__isnull=True), "point_id", "title__round__year", issued="quantity"),
        of(PointYear.objects.all(), "point_id", "year", learners="learners"),
    )


def _compiled(rows: QuerySet[Any, Any]) -> tuple[str, Params]:
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def rows_of(sql: str, params: Params) -> list[dict[str, Any]]:
    """Run a statement and return its rows by the names of their columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
