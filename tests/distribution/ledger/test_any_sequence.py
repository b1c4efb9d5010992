"""Whatever people do, in whatever order: no copy appears, vanishes or is owed, and the corner keeps its copy.

Hypothesis plays random days at two points on the real database, refusals included, and looks at the books after each
step.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.factories.distribution_stock import packed_round
from tests.factories.orgs import AT, Network, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.enums import Audience, LoanState, PlaceKind
from lianxue.distribution.models import (
    Issue,
    Loan,
    Receipt,
    ReceiptLine,
    Shipment,
    ShipmentLine,
    StockBalance,
    StockLeg,
)
from lianxue.distribution.operations.desk.issue import issue, undo_issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.return_loan import report_loss, return_loan
from lianxue.distribution.operations.display.place_on_display import place_on_display, take_off_display
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.distribution.queries.ledger import check_ledger, retention_violations
from lianxue.kernel.errors import Refused

QUANTITIES = st.integers(min_value=1, max_value=4)
POINTS = st.integers(min_value=0, max_value=1)
TITLES = st.integers(min_value=0, max_value=1)


class Desk(RuleBasedStateMachine):
    """Two points, two titles, rounds that come one after another."""

    shipments: Bundle[Shipment] = Bundle("shipments")

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.supplied = 0
        self.at = AT
        self.network: Network | None = None

    def teardown(self) -> None:
        """Check once more what the database checks at a commit, then take everything back."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    @initialize()
    def open(self) -> None:
        self.network = small_network()
        self.entries = [make_entry("书法入门"), make_entry("防诈骗手册")]
        self.points = self.network.points[:2]
        self.admins = [self.network.actor(point) for point in self.points]

    @rule(target=shipments, copies=st.tuples(QUANTITIES, QUANTITIES), point=POINTS, spare=st.integers(0, 2))
    def supply(self, copies: tuple[int, int], point: int, spare: int) -> Shipment:
        assert self.network
        stocked = packed_round(
            self.network, copies, points=[self.points[point]], entries=self.entries, spare=spare, at=self.at
        )
        self.supplied += sum(copies) + 2 * spare
        return stocked.shipments[0]

    @rule(shipment=shipments)
    def send(self, shipment: Shipment) -> None:
        assert self.network
        clerk = self.network.supplier_clerk
        self._try(lambda: dispatch(actor=clerk, at=self.at, shipment=shipment))

    @rule(shipment=shipments, data=st.data())
    def check_in(self, shipment: Shipment, data: st.DataObject) -> None:
        counts = []
        for lot in ShipmentLine.objects.filter(shipment=shipment).order_by("pk"):
            damaged = data.draw(st.integers(0, lot.quantity))
            missing = data.draw(st.integers(0, lot.quantity - damaged))
            counts.append(LotCount(lot.pk, lot.quantity - damaged - missing, damaged, missing))
        admin = self.admins[self.points.index(shipment.point)]
        self._try(lambda: receive(actor=admin, at=self.at, shipment=shipment, counts=counts))

    @rule(point=POINTS, title=TITLES, quantity=QUANTITIES, days_ago=st.integers(0, 3))
    def lend(self, point: int, title: int, quantity: int, days_ago: int) -> None:
        self._try(
            lambda: lend(
                actor=self.admins[point],
                at=self.at,
                point=self.points[point],
                entry=self.entries[title],
                quantity=quantity,
                borrower_name="王小明",
                lent_on=(self.at - timedelta(days=days_ago)).date(),
                backdated_reason="补录",
            )
        )

    @rule(pick=st.integers(0, 50), point=POINTS)
    def take_back(self, pick: int, point: int) -> None:
        loan = self._one(Loan.objects.all(), pick)
        if loan:
            self._try(lambda: return_loan(actor=self.admins[point], at=self.at, loan=loan))

    @rule(pick=st.integers(0, 50), point=POINTS)
    def give_up(self, pick: int, point: int) -> None:
        loan = self._one(Loan.objects.all(), pick)
        if loan:
            self._try(lambda: report_loss(actor=self.admins[point], at=self.at, loan=loan, reason="读者遗失"))

    @rule(point=POINTS, title=TITLES, quantity=QUANTITIES, audience=st.sampled_from(Audience))
    def issue(self, point: int, title: int, quantity: int, audience: Audience) -> None:
        self._try(
            lambda: issue(
                actor=self.admins[point],
                at=self.at,
                point=self.points[point],
                entry=self.entries[title],
                quantity=quantity,
                recipient_name="李老师",
                audience=audience,
            )
        )

    @rule(pick=st.integers(0, 50), point=POINTS)
    def undo(self, pick: int, point: int) -> None:
        row = self._one(Issue.objects.all(), pick)
        if row:
            self._try(lambda: undo_issue(actor=self.admins[point], at=self.at, issue=row, reason="登记错误"))

    @rule(pick=st.integers(0, 50), quantity=QUANTITIES, to_corner=st.booleans())
    def rearrange(self, pick: int, quantity: int, to_corner: bool) -> None:
        lot = self._one(ShipmentLine.objects.all(), pick)
        if lot:
            act = place_on_display if to_corner else take_off_display
            admin = self.admins[self.points.index(lot.shipment.point)]
            self._try(lambda: act(actor=admin, at=self.at, lot=lot, quantity=quantity))

    @rule()
    def sleep(self) -> None:
        self.at += timedelta(days=1)

    @invariant()
    def the_books_are_sound(self) -> None:
        assert check_ledger().is_sound

    @invariant()
    def no_copy_appears_or_vanishes(self) -> None:
        inside = StockBalance.objects.exclude(place__kind=PlaceKind.OUTSIDE)
        assert sum(inside.values_list("quantity", flat=True)) == self.supplied

    @invariant()
    def every_received_lot_keeps_its_copy_on_display(self) -> None:
        assert retention_violations() == 0

    @invariant()
    def loans_and_issues_agree_with_the_books(self) -> None:
        held = Counter[str]()
        for kind, quantity in StockLeg.objects.values_list("place__kind", "quantity"):
            held[kind] += quantity
        on_loan = Loan.objects.filter(state=LoanState.ON_LOAN)
        given_up = Loan.objects.filter(state=LoanState.LOST)
        missing = sum(ReceiptLine.objects.values_list("missing", flat=True))
        assert held[PlaceKind.ON_LOAN] == sum(on_loan.values_list("quantity", flat=True))
        assert held[PlaceKind.LOST] == missing + sum(given_up.values_list("quantity", flat=True))
        kept = Issue.objects.filter(undone_at__isnull=True)
        assert held[PlaceKind.ISSUED] == sum(kept.values_list("quantity", flat=True))
        assert Shipment.objects.filter(state="received").count() == Receipt.objects.count()

    @staticmethod
    def _one(rows, pick: int):  # type: ignore[no-untyped-def]
        count = rows.count()
        return rows.order_by("pk")[pick % count] if count else None

    @staticmethod
    def _try(act) -> None:  # type: ignore[no-untyped-def]
        """Act; a refusal is an answer and must leave the books as they were, which the invariants see."""
        try:
            act()
        except Refused:
            return


@pytest.mark.slow
@pytest.mark.django_db
def test_any_sequence_of_movements_keeps_the_books() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
