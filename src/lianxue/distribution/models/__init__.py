"""Tables of distribution."""

from lianxue.distribution.models.allocation import Allocation, AllocationLine
from lianxue.distribution.models.demand import DemandBatch, DemandLine, DemandRequest, LineAdjustment
from lianxue.distribution.models.display import DisplayCorner, DisplayPhoto
from lianxue.distribution.models.effect_report import EffectReport
from lianxue.distribution.models.lending import Issue, LendingTerms, Loan
from lianxue.distribution.models.need import Need, PointDoor
from lianxue.distribution.models.round import Round, RoundTitle
from lianxue.distribution.models.shipment import Receipt, ReceiptLine, Shipment, ShipmentLine
from lianxue.distribution.models.stock import StockBalance, StockEntry, StockLeg, StockPlace

__all__ = [
    "Allocation",
    "AllocationLine",
    "DemandBatch",
    "DemandLine",
    "DemandRequest",
    "DisplayCorner",
    "DisplayPhoto",
    "EffectReport",
    "Issue",
    "LendingTerms",
    "LineAdjustment",
    "Loan",
    "Need",
    "PointDoor",
    "Receipt",
    "ReceiptLine",
    "Round",
    "RoundTitle",
    "Shipment",
    "ShipmentLine",
    "StockBalance",
    "StockEntry",
    "StockLeg",
    "StockPlace",
]
