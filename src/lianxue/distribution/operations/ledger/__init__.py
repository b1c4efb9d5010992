"""The stock ledger: every copy that moves is written down twice, where it left and where it came to."""

from lianxue.distribution.operations.ledger.balances import lock_holdings, lock_lots
from lianxue.distribution.operations.ledger.choosing import Taking, choose_lots
from lianxue.distribution.operations.ledger.legs import (
    Leg,
    Spot,
    copies_coming_back,
    copies_going_out,
    copies_lost,
    move,
)
from lianxue.distribution.operations.ledger.posting import Posting, post, post_many, reference_to
from lianxue.distribution.operations.ledger.spare import from_supplier, lock_spare
from lianxue.distribution.operations.ledger.supply import supply_round

__all__ = [
    "Leg",
    "Posting",
    "Spot",
    "Taking",
    "choose_lots",
    "copies_coming_back",
    "copies_going_out",
    "copies_lost",
    "from_supplier",
    "lock_holdings",
    "lock_lots",
    "lock_spare",
    "move",
    "post",
    "post_many",
    "reference_to",
    "supply_round",
]
