"""The database itself keeps the ledger: nothing is changed, removed or emptied, and every entry balances."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.models import LineAdjustment, StockEntry, StockLeg, StockPlace

pytestmark = pytest.mark.django_db

TABLES = [StockEntry._meta.db_table, StockLeg._meta.db_table, LineAdjustment._meta.db_table]

CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (3,))


def _run(*statements: str) -> None:
    """Run statements in a transaction that is taken back when one fails."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _write_leg(entry: StockEntry, stocked: StockedRound, quantity: int) -> None:
    """Write one leg past the operations."""
    place = StockPlace.objects.filter(organisation=stocked.point).first()
    with transaction.atomic():
        StockLeg.objects.create(
            entry=entry, place=place, title=stocked.titles[0], lot=stocked.lot, quantity=quantity
        )


@pytest.mark.parametrize("table", TABLES[:2])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_rows_cannot_be_changed_or_removed(stocked: StockedRound, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        _run(statement.format(table))


@pytest.mark.parametrize("table", TABLES)
def test_tables_cannot_be_emptied(stocked: StockedRound, table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        _run(CHECK_NOW, f"TRUNCATE {table} CASCADE")


def test_an_entry_that_does_not_balance_cannot_be_written(stocked: StockedRound) -> None:
    entry = StockEntry.objects.create(verb="forged", at=AT)
    with pytest.raises(IntegrityError, match="do not sum to zero"):
        _write_leg(entry, stocked, 5)


def test_a_leg_cannot_be_added_to_an_entry_later(stocked: StockedRound) -> None:
    entry = StockEntry.objects.order_by("pk").last()
    assert entry is not None
    with pytest.raises(IntegrityError, match="do not sum to zero"):
        _write_leg(entry, stocked, 1)
