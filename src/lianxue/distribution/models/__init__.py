"""Tables of distribution."""

from lianxue.distribution.models.allocation import (
    Allocation,
    AllocationLine,
    AllocationOverride,
    AllocationPoint,
    AllocationTitle,
    UnmetAnswer,
)
from lianxue.distribution.models.claim import Claim
from lianxue.distribution.models.demand import (
    DemandBatch,
    DemandLine,
    DemandRequest,
    LateConsent,
    LineAdjustment,
    PointYear,
    SentReminder,
)
from lianxue.distribution.models.display import DisplayCorner, DisplayPhoto
from lianxue.distribution.models.effect_report import EffectReport, EffectReportPicture
from lianxue.distribution.models.feedback import Feedback
from lianxue.distribution.models.lending import Issue, LendingTerms, Loan, Reservation
from lianxue.distribution.models.need import Need, PointDoor
from lianxue.distribution.models.office_terms import OfficeTerms
from lianxue.distribution.models.online import OnlineAccess, OnlineLink, OnlineUse
from lianxue.distribution.models.round import Round, RoundTitle
from lianxue.distribution.models.selection import Candidate, Certificate, Selection
from lianxue.distribution.models.shipment import Receipt, ReceiptLine, Shipment, ShipmentLine
from lianxue.distribution.models.stock import StockBalance, StockEntry, StockLeg, StockPlace
from lianxue.distribution.models.stocktake import Stocktake, StocktakeLine
from lianxue.distribution.models.transfer import Transfer, TransferLine

__all__ = [
    "Allocation",
    "AllocationLine",
    "AllocationOverride",
    "AllocationPoint",
    "AllocationTitle",
    "Candidate",
    "Certificate",
    "Claim",
    "DemandBatch",
    "DemandLine",
    "DemandRequest",
    "DisplayCorner",
    "DisplayPhoto",
    "EffectReport",
    "EffectReportPicture",
    "Feedback",
    "Issue",
    "LateConsent",
    "LendingTerms",
    "LineAdjustment",
    "Loan",
    "Need",
    "OfficeTerms",
    "OnlineAccess",
    "OnlineLink",
    "OnlineUse",
    "PointDoor",
    "PointYear",
    "Receipt",
    "ReceiptLine",
    "Reservation",
    "Round",
    "RoundTitle",
    "Selection",
    "SentReminder",
    "Shipment",
    "ShipmentLine",
    "StockBalance",
    "StockEntry",
    "StockLeg",
    "StockPlace",
    "Stocktake",
    "StocktakeLine",
    "Transfer",
    "TransferLine",
    "UnmetAnswer",
]
