"""Rows written by the million: the database checks by the statement that what they point to exists."""

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import small_network

from lianxue.distribution.models import AllocationLine, ShipmentLine

pytestmark = pytest.mark.django_db

NOWHERE = 10**12


@pytest.fixture
def made() -> DemandRound:
    made = opened_round(small_network(), (5,))
    made.ask(made.network.points[0], [2])
    made.ask(made.network.points[1], [2])
    made.allocate()
    return made


def _refused(statement: str, *values: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("column", ["allocation_id", "demand_line_id"])
def test_a_line_points_to_what_exists(made: DemandRound, column: str) -> None:
    line = AllocationLine.objects.order_by("pk")[0]
    lot = ShipmentLine.objects.get(allocation_line=line)
    values = {"allocation_id": line.allocation_id, "demand_line_id": line.demand_line_id, column: NOWHERE}
    ShipmentLine.objects.filter(pk=lot.pk)._raw_delete("default")
    AllocationLine.objects.filter(pk=line.pk)._raw_delete("default")
    _refused(
        "INSERT INTO distribution_allocationline (allocation_id, demand_line_id, quantity) VALUES (%s, %s, 1)",
        values["allocation_id"],
        values["demand_line_id"],
    )


@pytest.mark.parametrize("column", ["shipment_id", "title_id", "allocation_line_id"])
def test_a_lot_points_to_what_exists(made: DemandRound, column: str) -> None:
    lot = ShipmentLine.objects.order_by("pk")[0]
    values = {
        "shipment_id": lot.shipment_id,
        "title_id": lot.title_id,
        "allocation_line_id": lot.allocation_line_id,
        column: NOWHERE,
    }
    lot.delete()
    _refused(
        "INSERT INTO distribution_shipmentline (shipment_id, title_id, allocation_line_id, quantity)"
        " VALUES (%s, %s, %s, 1)",
        *values.values(),
    )


@pytest.mark.parametrize("column", ["shipment_id", "title_id", "allocation_line_id"])
def test_what_a_lot_points_to_is_never_changed(made: DemandRound, column: str) -> None:
    _refused(f"UPDATE distribution_shipmentline SET {column} = {column} + 1000000")  # noqa: S608  # names of columns


@pytest.mark.parametrize("table", ["allocation", "demandline", "shipment", "roundtitle", "allocationline"])
def test_what_is_pointed_to_stays(made: DemandRound, table: str) -> None:
    if table in ("shipment", "allocation"):
        with connection.cursor() as cursor:  # what else hangs on them
            cursor.execute("DELETE FROM distribution_allocationtitle")
            cursor.execute("DELETE FROM distribution_allocationpoint")
    _refused(f"DELETE FROM distribution_{table}")  # noqa: S608  # names of tables


def test_a_parcel_goes_with_its_lots(made: DemandRound) -> None:
    lot = ShipmentLine.objects.order_by("pk")[0]
    lot.shipment.delete()
    assert not ShipmentLine.objects.filter(pk=lot.pk).exists()
