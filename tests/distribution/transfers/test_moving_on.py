"""Copies that move on keep their lot: the ledger, the desk of the taker and the way of a lot follow."""

from datetime import timedelta

import pytest
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, Network, client_for, small_network
from tests.factories.transfers import asked_transfer, received_transfer, sent_transfer

from lianxue.distribution.enums import TransferPurpose, TransferState
from lianxue.distribution.errors import DoesNotAddUp, LastDisplayCopy, NotEnoughCopies, ReasonMissing
from lianxue.distribution.models import StockBalance, StockEntry, TransferLine
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.display.place_on_display import place_on_display, take_off_display
from lianxue.distribution.operations.transfers.receive_transfer import TransferCount, receive_transfer
from lianxue.distribution.operations.transfers.request_transfer import LotToMove, request_transfer
from lianxue.distribution.operations.transfers.send_transfer import send_transfer
from lianxue.distribution.queries.ledger import check_ledger, retention_violations
from lianxue.distribution.queries.shipments import lot_seen
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound
from lianxue.orgs.public import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def stocked(network: Network) -> StockedRound:
    return delivered_round(network, (5, 2), at=AT - timedelta(days=20))


def _copies(stocked: StockedRound, organisation: Organisation, lot: int = 0) -> dict[str, int]:
    rows = StockBalance.objects.filter(lot=stocked.lots[lot], place__organisation=organisation)
    return dict(rows.exclude(quantity=0).values_list("place__kind", "quantity"))


def test_copies_leave_the_store_and_arrive_one_on_display_the_rest_in_store(stocked: StockedRound) -> None:
    taker = stocked.network.points[3]
    transfer = sent_transfer(stocked, taker, 3, 1)
    assert [_copies(stocked, stocked.point, n) for n in (0, 1)] == [
        {"display": 1, "shelf": 1},
        {"display": 1},
    ]
    assert _copies(stocked, taker) == {"in_transit": 3}
    lines = list(transfer.lines.order_by("pk"))
    counts = [TransferCount(lines[0].pk, 2, damaged=1), TransferCount(lines[1].pk, 0, missing=1)]
    receive_transfer(
        actor=stocked.network.actor(taker), at=AT, transfer=transfer, counts=counts, note="一册受潮"
    )
    assert _copies(stocked, taker) == {"display": 1, "shelf": 1, "damaged": 1}
    assert _copies(stocked, taker, 1) == {"lost": 1}
    assert StockEntry.objects.get(verb="send_transfer").reason == "邻校更需要"
    assert (check_ledger().is_sound, retention_violations()) == (True, 0)


def test_the_last_displayed_copy_stays(stocked: StockedRound) -> None:
    before = everything_written()
    with pytest.raises(LastDisplayCopy):
        asked_transfer(stocked, stocked.network.points[1], 5)  # S0-29
    with pytest.raises(NotEnoughCopies):
        asked_transfer(stocked, stocked.network.points[1], 6)
    assert everything_written() == before


def test_displayed_copies_beyond_the_one_that_stays_may_go(stocked: StockedRound) -> None:
    place_on_display(actor=stocked.admin, at=AT, lot=stocked.lot, quantity=2)
    sent_transfer(stocked, stocked.network.points[1], 4)
    assert TransferLine.objects.get().from_display == 2
    assert _copies(stocked, stocked.point) == {"display": 1}


def test_what_is_no_longer_there_when_it_is_sent_is_refused(stocked: StockedRound) -> None:
    transfer = asked_transfer(stocked, stocked.network.points[1], 3)
    college = stocked.network.actor(stocked.network.colleges[0])
    agreed = request_transfer(
        actor=college,
        at=AT,
        giver=stocked.point,
        taker=stocked.network.points[2],
        purpose=TransferPurpose.TO_POINT,
        lots=[LotToMove(stocked.lot.pk, 2)],
        reason="调剂",
    )
    assert agreed.state == TransferState.AGREED  # the superior unit asks itself
    send_transfer(actor=stocked.admin, at=AT, transfer=agreed)
    transfer.state = TransferState.AGREED
    transfer.save(update_fields=["state"])
    before = everything_written()
    with pytest.raises(LastDisplayCopy):
        send_transfer(actor=stocked.admin, at=AT, transfer=transfer)
    assert everything_written() == before


def test_the_taker_lends_from_the_day_of_arrival_on(stocked: StockedRound) -> None:
    taker = stocked.network.points[1]
    received_transfer(stocked, taker, 3, at=AT - timedelta(days=5))
    desk = {
        "actor": stocked.network.actor(taker),
        "at": AT,
        "point": taker,
        "entry": stocked.entry,
        "backdated_reason": "补登",
    }
    with pytest.raises(Invalid) as refused:
        lend(**desk, borrower_name="王小明", lent_on=local_date(AT) - timedelta(days=6))
    assert list(refused.value.fields) == ["lent_on"]
    loan = lend(**desk, borrower_name="王小明", lent_on=local_date(AT) - timedelta(days=5))
    assert (loan.lot, loan.point) == (stocked.lot, taker)
    assert _copies(stocked, taker) == {"display": 1, "shelf": 1, "on_loan": 1}


def test_the_taker_arranges_its_corner_with_what_came(stocked: StockedRound) -> None:
    taker = stocked.network.points[1]
    received_transfer(stocked, taker, 3)
    admin = stocked.network.actor(taker)
    place_on_display(actor=admin, at=AT, lot=stocked.lot, quantity=1)
    assert _copies(stocked, taker) == {"display": 2, "shelf": 1}
    take_off_display(actor=admin, at=AT, lot=stocked.lot, quantity=1)
    with pytest.raises(LastDisplayCopy):
        take_off_display(actor=admin, at=AT, lot=stocked.lot, quantity=1)
    with pytest.raises(NotAllowed):
        place_on_display(
            actor=stocked.network.actor(stocked.network.points[2]), at=AT, lot=stocked.lot, quantity=1
        )


def test_the_way_of_the_lot_is_seen_by_giver_and_taker(stocked: StockedRound) -> None:
    taker = stocked.network.points[3]
    for actor in (stocked.network.actor(taker), stocked.network.actor(stocked.network.colleges[1])):
        with pytest.raises(NotFound):
            lot_seen(actor, stocked.lot.pk)
    transfer = received_transfer(stocked, taker, 2)
    for organisation in (stocked.point, taker, *stocked.network.colleges):
        page = client_for(stocked.network.actor(organisation)).get(f"/trace/{stocked.lot.pk}/")
        shown = page.content.decode()
        assert taker.name in shown, organisation
        assert transfer.code in shown, organisation


def test_copies_go_on_from_the_taker(stocked: StockedRound) -> None:
    network, second, third = stocked.network, stocked.network.points[1], stocked.network.points[2]
    received_transfer(stocked, second, 3)
    onward = request_transfer(
        actor=network.actor(network.colleges[0]),
        at=AT,
        giver=second,
        taker=third,
        purpose=TransferPurpose.TO_POINT,
        lots=[LotToMove(stocked.lot.pk, 2)],
        reason="再调剂",
    )
    send_transfer(actor=network.actor(second), at=AT, transfer=onward)
    receive_transfer(actor=network.actor(third), at=AT, transfer=onward)
    assert (_copies(stocked, second), _copies(stocked, third)) == ({"display": 1}, {"display": 1, "shelf": 1})
    assert check_ledger().is_sound


def test_surplus_goes_back_to_the_superior_unit_or_the_supplier(stocked: StockedRound) -> None:
    network = stocked.network
    for taker, kinds in ((network.colleges[0], {"shelf": 1}), (network.supplier, {})):
        transfer = asked_transfer(stocked, taker, 1, purpose=TransferPurpose.SURPLUS)
        transfer.state, transfer.agreed_at = TransferState.AGREED, AT
        transfer.save()
        send_transfer(actor=stocked.desk, at=AT, transfer=transfer)
        taking = network.supplier_clerk if taker == network.supplier else network.actor(taker)
        receive_transfer(actor=taking, at=AT, transfer=transfer)
        assert _copies(stocked, taker) == kinds
    back = StockBalance.objects.get(
        place__organisation=network.supplier, title=stocked.titles[0], place__kind="supplier"
    )
    assert (back.lot, back.quantity) == (None, 1)
    assert check_ledger().is_sound


def test_copies_go_only_where_they_may(stocked: StockedRound) -> None:
    network = stocked.network
    before = everything_written()
    for taker, purpose in (
        (stocked.point, TransferPurpose.TO_POINT),
        (network.colleges[0], TransferPurpose.TO_POINT),
        (network.supplier, TransferPurpose.TO_POINT),
        (network.colleges[1], TransferPurpose.SURPLUS),
        (network.points[1], TransferPurpose.SURPLUS),
    ):
        with pytest.raises(Invalid):
            asked_transfer(stocked, taker, 1, purpose=purpose)
    asking = {
        "at": AT,
        "giver": stocked.point,
        "taker": network.points[1],
        "purpose": TransferPurpose.TO_POINT,
        "lots": [LotToMove(stocked.lot.pk, 1)],
        "reason": "调剂",
    }
    for actor in (stocked.desk, network.actor(network.points[1]), network.actor(network.colleges[1])):
        with pytest.raises(NotAllowed):
            request_transfer(actor=actor, **asking)
    with pytest.raises(ReasonMissing):
        request_transfer(actor=stocked.admin, **{**asking, "reason": ""})
    for lots in ([], [LotToMove(stocked.lot.pk, 0)], [LotToMove(stocked.lot.pk, -1)]):
        with pytest.raises(Invalid):
            request_transfer(actor=stocked.admin, **{**asking, "lots": lots})
    assert everything_written() == before


def test_what_does_not_add_up_at_the_taker_is_refused(stocked: StockedRound) -> None:
    transfer = sent_transfer(stocked, stocked.network.points[1], 3)
    line = transfer.lines.get()
    before = everything_written()
    for counts in ([TransferCount(line.pk, 2)], [TransferCount(line.pk, 4, -1)], []):
        with pytest.raises(DoesNotAddUp) as refused:
            receive_transfer(
                actor=stocked.network.actor(stocked.network.points[1]),
                at=AT,
                transfer=transfer,
                counts=counts,
            )
        assert list(refused.value.fields) == [f"good_{line.pk}"]
    assert everything_written() == before
