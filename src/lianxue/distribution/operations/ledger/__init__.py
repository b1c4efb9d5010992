"""The stock ledger: every copy that moves is written down twice, where it left and where it came to."""

from lianxue.distribution.operations.ledger.legs import Leg, Spot, move
from lianxue.distribution.operations.ledger.posting import Posting, post, post_many, reference_to
from lianxue.distribution.operations.ledger.supply import supply_round

__all__ = ["Leg", "Posting", "Spot", "move", "post", "post_many", "reference_to", "supply_round"]
