"""Copies that move on, for tests of what happens with them."""

from datetime import datetime

from lianxue.distribution.enums import TransferPurpose
from lianxue.distribution.models import Transfer
from lianxue.distribution.operations.transfers.decide_transfer import agree_to_transfer
from lianxue.distribution.operations.transfers.receive_transfer import receive_transfer
from lianxue.distribution.operations.transfers.request_transfer import LotToMove, request_transfer
from lianxue.distribution.operations.transfers.send_transfer import send_transfer
from lianxue.orgs.public import Organisation
from tests.factories.distribution_stock import StockedRound
from tests.factories.orgs import AT


def asked_transfer(
    stocked: StockedRound,
    taker: Organisation,
    *quantities: int,
    purpose: TransferPurpose = TransferPurpose.TO_POINT,
    at: datetime = AT,
) -> Transfer:
    """Ask that so many copies of each lot of the first point go to ``taker``."""
    return request_transfer(
        actor=stocked.admin,
        at=at,
        giver=stocked.point,
        taker=taker,
        purpose=purpose,
        lots=[LotToMove(lot.pk, n) for lot, n in zip(stocked.lots, quantities, strict=False)],
        reason="邻校更需要",
    )


def sent_transfer(
    stocked: StockedRound, taker: Organisation, *quantities: int, at: datetime = AT
) -> Transfer:
    """Bring copies of the first point on their way to ``taker``."""
    transfer = asked_transfer(stocked, taker, *quantities, at=at)
    agree_to_transfer(actor=stocked.network.actor(stocked.network.colleges[0]), at=at, transfer=transfer)
    return send_transfer(actor=stocked.desk, at=at, transfer=transfer)


def received_transfer(
    stocked: StockedRound, taker: Organisation, *quantities: int, at: datetime = AT
) -> Transfer:
    """Bring copies of the first point to ``taker``, in good order."""
    transfer = sent_transfer(stocked, taker, *quantities, at=at)
    return receive_transfer(actor=stocked.network.actor(taker), at=at, transfer=transfer)
