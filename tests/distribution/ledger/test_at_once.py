"""Two people at once: real threads, real connections, and each copy goes to one of them only."""

from collections.abc import Callable

import pytest
from tests.factories.distribution_stock import delivered_round, dispatched_round, packed_round
from tests.factories.orgs import AT, small_network
from tests.factories.threads import at_once

from lianxue.distribution.enums import Audience, PlaceKind
from lianxue.distribution.errors import LastDisplayCopy, NotEnoughCopies
from lianxue.distribution.models import Issue, Loan, Receipt, StockBalance
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.return_loan import return_loan
from lianxue.distribution.operations.shipping.dispatch import dispatch, dispatch_shipments
from lianxue.distribution.operations.shipping.receive import receive
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import WrongState

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]


def test_fifty_lend_the_last_copy_and_one_gets_it() -> None:
    stocked = delivered_round(small_network(), (2,))
    clerk = stocked.desk
    outcome = at_once(
        [
            lambda n=n: lend(  # type: ignore[misc]
                actor=clerk, at=AT, point=stocked.point, entry=stocked.entry, borrower_name=f"读者{n}"
            )
            for n in range(50)
        ]
    )
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {LastDisplayCopy}
    assert Loan.objects.count() == 1
    assert check_ledger().is_sound


def test_a_form_sent_ten_times_at_once_lends_once() -> None:
    stocked = delivered_round(small_network(), (9,))
    clerk = stocked.desk
    outcome = at_once(
        [
            lambda: lend(
                actor=clerk,
                at=AT,
                point=stocked.point,
                entry=stocked.entry,
                borrower_name="王小明",
                request_key="one-form",
            )
        ]
        * 10
    )
    assert outcome == [None] * 10
    assert [loan.quantity for loan in Loan.objects.all()] == [1]


def test_a_shipment_is_received_once() -> None:
    stocked = dispatched_round(small_network(), (4, 2))
    admin = stocked.admin
    outcome = at_once([lambda: receive(actor=admin, at=AT, shipment=stocked.shipments[0])] * 8)
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {WrongState}
    assert Receipt.objects.count() == 1
    assert check_ledger().is_sound


def test_a_supplier_that_sends_one_by_one_and_all_at_once_does_not_lock_up() -> None:
    network = small_network()
    stocked = packed_round(network, (3, 2), points=network.points)
    clerk = network.supplier_clerk
    singles: list[Callable[[], object]] = [
        lambda s=s: dispatch(actor=clerk, at=AT, shipment=s)  # type: ignore[misc]
        for s in reversed(stocked.shipments)
    ]
    together = lambda: dispatch_shipments(actor=clerk, at=AT, shipments=stocked.shipments)  # noqa: E731
    outcome = at_once([*singles, together])
    assert {type(refusal) for refusal in outcome if refusal} <= {WrongState}
    in_transit = StockBalance.objects.filter(place__kind=PlaceKind.IN_TRANSIT)
    assert sum(in_transit.values_list("quantity", flat=True)) == 5 * len(network.points)
    assert check_ledger().is_sound


def test_lending_issuing_and_taking_back_at_one_desk_never_lock_up() -> None:
    stocked = delivered_round(small_network(), (12,))
    desk = {"actor": stocked.desk, "at": AT, "point": stocked.point, "entry": stocked.entry}
    out = [lend(**desk, borrower_name=f"读者{n}") for n in range(5)]  # type: ignore[arg-type]
    acts: list[Callable[[], object]] = []
    for loan in out:
        acts += [
            lambda loan=loan: return_loan(actor=stocked.desk, at=AT, loan=loan),  # type: ignore[misc]
            lambda: lend(**desk, borrower_name="新读者"),  # type: ignore[arg-type]
            lambda: issue(**desk, recipient_name="李老师", audience=Audience.TEACHER),  # type: ignore[arg-type]
        ]
    outcome = at_once(acts)
    assert {type(refusal) for refusal in outcome if refusal} <= {NotEnoughCopies, LastDisplayCopy}
    assert check_ledger().is_sound
    kept = sum(StockBalance.objects.filter(place__kind=PlaceKind.DISPLAY).values_list("quantity", flat=True))
    issued, lent = Issue.objects.count(), Loan.objects.filter(returned_on__isnull=True).count()
    shelf = sum(StockBalance.objects.filter(place__kind=PlaceKind.SHELF).values_list("quantity", flat=True))
    assert (kept, shelf + issued + lent) == (1, 11)
