"""From what a point asks for to the reader's hand, through the operations of both halves; and the picture of it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import AT, client_for, small_network

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import DemandLine, Shipment, ShipmentLine, StockBalance
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.shipping.dispatch import dispatch_shipments
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.distribution.queries.ledger import check_ledger, retention_violations
from lianxue.distribution.queries.trace import trace_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def allocated() -> DemandRound:
    """The first point asks for 6 and its college passes on 5; the second asks for 4."""
    network = small_network()
    made = opened_round(network, {"智能手机入门": 20})
    made.ask(network.points[0], [6])
    made.ask(network.points[3], [4])
    line = DemandLine.objects.get(request__point=network.points[0])
    adjust_lines(
        actor=network.actor(network.colleges[0]),
        at=AT,
        batch=made.batch(network.colleges[0]),
        changes=[LineChange(line.pk, 5, "已有一份自建")],
    )
    made.allocate()
    return made


def test_from_the_demand_line_to_the_loan(allocated: DemandRound) -> None:
    network, point = allocated.network, allocated.network.points[0]
    shipment = Shipment.objects.get(point=point)
    lot = ShipmentLine.objects.get(shipment=shipment)
    dispatch_shipments(actor=network.supplier_clerk, at=AT, shipments=list(Shipment.objects.all()))
    admin = network.actor(point)
    receive(actor=admin, at=AT, shipment=shipment, counts=[LotCount(lot.pk, 4, 1, 0)])
    loan = lend(actor=admin, at=AT, point=point, entry=lot.title.entry, borrower_name="王小明", quantity=2)
    found = trace_of(admin, lot.pk)
    assert found.demand_line is not None
    assert found.allocation_line is not None
    assert found.receipt_line is not None
    assert (found.demand_line.asked, found.demand_line.agreed, found.allocation_line.quantity) == (6, 5, 5)
    assert [change.reason for change in found.adjustments] == ["已有一份自建"]
    assert (found.lot.quantity, found.receipt_line.good, found.receipt_line.damaged) == (5, 4, 1)
    assert {kind: found.at(kind) for kind in (PlaceKind.SHELF, PlaceKind.DISPLAY, PlaceKind.ON_LOAN)} == {
        PlaceKind.SHELF: 1,
        PlaceKind.DISPLAY: 1,
        PlaceKind.ON_LOAN: 2,
    }
    assert (list(found.loans), found.loan_count, found.lent, found.issued) == ([loan], 1, 2, 0)
    assert check_ledger().is_sound
    assert retention_violations() == 0


def test_the_picture_names_each_step_with_its_number(allocated: DemandRound) -> None:
    network, point = allocated.network, allocated.network.points[0]
    lot = ShipmentLine.objects.get(shipment__point=point)
    browser = client_for(network.actor(point))
    address = reverse("distribution:trace", args=[lot.pk])

    def states() -> list[str]:
        return [item["state"] for item in browser.get(address).context["items"]]

    assert states() == ["done", "done", "done", "current", "todo", "todo"]
    dispatch_shipments(actor=network.supplier_clerk, at=AT, shipments=list(Shipment.objects.all()))
    assert states() == ["done", "done", "done", "done", "current", "todo"]
    receive(actor=network.actor(point), at=AT, shipment=lot.shipment, counts=[LotCount(lot.pk, 4, 0, 1)])
    assert states() == ["done", "done", "done", "done", "problem", "done", "done", "todo", "todo"]
    values = [
        item["value"] for item in browser.get(address, headers={"accept-language": "en"}).context["items"]
    ]
    assert [value.rstrip("份 copies") for value in values] == ["6", "5", "5", "5", "4", "1", "3", "0", "0"]


def test_a_decided_demand_line_leads_to_its_copies(allocated: DemandRound) -> None:
    network, point = allocated.network, allocated.network.points[0]
    lot = ShipmentLine.objects.get(shipment__point=point)
    browser = client_for(network.actor(point))
    link = reverse("distribution:trace-allocation", args=[lot.allocation_line_id])
    assert link in browser.get(reverse("distribution:demand", args=[allocated.round.pk])).content.decode()
    assert browser.get(link).url == reverse("distribution:trace", args=[lot.pk])
    assert client_for(network.actor(network.points[1])).get(link).status_code == 404


def test_what_is_not_shared_out_stays_with_the_supplier(allocated: DemandRound) -> None:
    network = allocated.network
    at_supplier = StockBalance.objects.get(place__kind=PlaceKind.SUPPLIER)
    assert at_supplier.quantity == 20
    dispatch_shipments(actor=network.supplier_clerk, at=AT, shipments=list(Shipment.objects.all()))
    at_supplier.refresh_from_db()
    assert at_supplier.quantity == 20 - 5 - 4


def test_the_command_says_whether_the_ledger_is_sound(
    allocated: DemandRound, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_ledger")
    assert "the ledger is sound" in capsys.readouterr().out
    StockBalance.objects.filter(place__kind=PlaceKind.SUPPLIER).update(quantity=1)
    with pytest.raises(SystemExit) as left:
        call_command("check_ledger")
    assert left.value.code == 1
    assert "balance 1, legs say 20" in capsys.readouterr().out
