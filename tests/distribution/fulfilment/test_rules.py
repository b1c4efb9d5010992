"""Both halves of every rule agree: whoever may touch a row finds it in the list, and nobody else does."""

from typing import Any

import pytest
from django.db.models import Model
from tests.factories.distribution_people import everybody
from tests.factories.distribution_stock import claimed_round, delivered_round, dispatched_round, packed_round
from tests.factories.orgs import AT, small_network
from tests.factories.transfers import asked_transfer, received_transfer

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import Claim, EffectReport, Issue, Loan, Shipment, ShipmentLine, Transfer
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.rules import fulfilment, lending, reports
from lianxue.kernel.rules import Rule, visible
from lianxue.orgs.public import Organisation

RULES: list[tuple[str, Rule[Any], type[Model]]] = [
    ("PACKS_SHIPMENT", fulfilment.PACKS_SHIPMENT, Shipment),
    ("RECEIVES_SHIPMENT", fulfilment.RECEIVES_SHIPMENT, Shipment),
    ("SEES_SHIPMENT", fulfilment.SEES_SHIPMENT, Shipment),
    ("PASSES_SHIPMENT_ON", fulfilment.PASSES_SHIPMENT_ON, Shipment),
    ("HANDED_ON_HERE", fulfilment.HANDED_ON_HERE, ShipmentLine),
    ("HANDED_ON_BELOW", fulfilment.HANDED_ON_BELOW, ShipmentLine),
    ("ANSWERS_CLAIM", fulfilment.ANSWERS_CLAIM, Claim),
    ("ACCEPTS_CLAIM", fulfilment.ACCEPTS_CLAIM, Claim),
    ("SETTLES_CLAIM", fulfilment.SETTLES_CLAIM, Claim),
    ("SEES_CLAIM", fulfilment.SEES_CLAIM, Claim),
    ("AGREES_TO_TRANSFER", fulfilment.AGREES_TO_TRANSFER, Transfer),
    ("CALLS_TRANSFER_OFF", fulfilment.CALLS_TRANSFER_OFF, Transfer),
    ("SENDS_TRANSFER", fulfilment.SENDS_TRANSFER, Transfer),
    ("RECEIVES_TRANSFER", fulfilment.RECEIVES_TRANSFER, Transfer),
    ("SEES_TRANSFER", fulfilment.SEES_TRANSFER, Transfer),
    ("REQUESTS_TRANSFER", fulfilment.REQUESTS_TRANSFER, Organisation),
    ("ORDERS_TRANSFER", fulfilment.ORDERS_TRANSFER, Organisation),
    ("STAFFS_POINT", fulfilment.STAFFS_POINT, Organisation),
    ("RUNS_POINT", fulfilment.RUNS_POINT, Organisation),
    ("SEES_POINT", fulfilment.SEES_POINT, Organisation),
    ("SEES_LOT", fulfilment.SEES_LOT, ShipmentLine),
    ("KEEPS_LOT", fulfilment.KEEPS_LOT, ShipmentLine),
    ("KEEPS_RECORD of loans", lending.KEEPS_RECORD, Loan),
    ("SEES_RECORD of loans", lending.SEES_RECORD, Loan),
    ("SEES_RECORD of issues", lending.SEES_RECORD, Issue),
    ("WRITES_REPORT", reports.WRITES_REPORT, EffectReport),
    ("RETURNS_REPORT", reports.RETURNS_REPORT, EffectReport),
    ("SEES_REPORT", reports.SEES_REPORT, EffectReport),
]


@pytest.mark.django_db
def test_the_predicate_and_the_rows_agree_for_everybody_and_everything() -> None:
    network = small_network()
    points = network.points
    packed_round(network, (1,), points=points)
    dispatched_round(network, (1,), points=points[:2], via=network.colleges[0])
    claimed_round(network, (2, 1, 1, 0))
    received_transfer(delivered_round(network, (5,)), points[3], 2)
    asked_transfer(delivered_round(network, (5,)), points[1], 2)
    delivered = delivered_round(network, (4,), points=[points[0], points[1], points[3], points[5]])
    for shipment in delivered.shipments:
        desk: dict[str, Any] = {
            "actor": network.actor(shipment.point),
            "at": AT,
            "point": shipment.point,
            "entry": delivered.entry,
        }
        lend(**desk, borrower_name="王小明")
        issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)
    for number, point in enumerate(points):
        at = None if number % 2 else AT
        state = "submitted" if at else "draft"
        EffectReport.objects.create(
            point=point, year=2026, state=state, submitted_at=at, first_submitted_at=at
        )
    people = everybody(network)
    for name, rule, model in RULES:
        rows = list(model._default_manager.all())
        assert rows
        for letter, actor in people.items():
            listed = set(visible(model._default_manager.all(), rule, actor))
            held = {row for row in rows if rule.holds(actor, row)}
            assert listed == held, (name, letter)
