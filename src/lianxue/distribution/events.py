"""What has happened in distribution."""

from dataclasses import dataclass
from datetime import date, datetime

from lianxue.kernel.events import Event


@dataclass(frozen=True)
class ShipmentsDispatched(Event):
    shipment_ids: tuple[int, ...]


@dataclass(frozen=True)
class ShipmentReceived(Event):
    receipt_id: int
    point_id: int
    damaged: int
    missing: int


@dataclass(frozen=True)
class EffectReportSubmitted(Event):
    report_id: int
    point_id: int


@dataclass(frozen=True)
class EffectReportReturned(Event):
    report_id: int
    point_id: int


@dataclass(frozen=True)
class EffectReportsReminded(Event):
    """Those above remind points of the effect report of ``year``; ``by`` is the organisation that does."""

    at: datetime
    year: int
    point_ids: tuple[int, ...]
    by: str


@dataclass(frozen=True)
class RoundOpened(Event):
    round_id: int


@dataclass(frozen=True)
class RoundAllocated(Event):
    round_id: int
    allocation_id: int


@dataclass(frozen=True)
class RoundClosed(Event):
    round_id: int


@dataclass(frozen=True)
class DemandReminder(Event):
    """Points and colleges that have not reported are reminded; each is named at most once for an occasion and day."""

    round_id: int
    organisation_ids: tuple[int, ...]
    occasion: str
    on: date
    at: datetime


@dataclass(frozen=True)
class LateConsentGiven(Event):
    round_id: int
    organisation_ids: tuple[int, ...]
    until: date
    reason: str
    at: datetime


@dataclass(frozen=True)
class UnmetCarried(Event):
    """Demand that a decided round left open was added to the demand of points in another round."""

    to_round_id: int
    point_ids: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class UnmetClosed(Event):
    round_id: int
    point_ids: tuple[int, ...]
    reason: str
    at: datetime


@dataclass(frozen=True)
class DemandSubmitted(Event):
    request_id: int
    point_id: int
    college_id: int


@dataclass(frozen=True)
class DemandReturned(Event):
    request_id: int
    point_id: int


@dataclass(frozen=True)
class BatchSubmitted(Event):
    batch_id: int
    college_id: int


@dataclass(frozen=True)
class BatchReturned(Event):
    batch_id: int
    college_id: int


@dataclass(frozen=True)
class ShipmentAtCollege(Event):
    shipment_id: int
    college_id: int


@dataclass(frozen=True)
class ShipmentSentOn(Event):
    shipment_id: int
    point_id: int


@dataclass(frozen=True)
class ClaimOpened(Event):
    claim_id: int
    supplier_id: int
    point_id: int


@dataclass(frozen=True)
class ClaimAnswered(Event):
    claim_id: int
    point_id: int


@dataclass(frozen=True)
class ClaimDeclined(Event):
    claim_id: int
    supplier_id: int


@dataclass(frozen=True)
class ClaimSettled(Event):
    claim_id: int
    supplier_id: int
    point_id: int


@dataclass(frozen=True)
class TransferRequested(Event):
    transfer_id: int
    giver_id: int


@dataclass(frozen=True)
class TransferAgreed(Event):
    transfer_id: int
    giver_id: int


@dataclass(frozen=True)
class TransferSent(Event):
    transfer_id: int
    taker_id: int


@dataclass(frozen=True)
class TransferReceived(Event):
    transfer_id: int
    giver_id: int


@dataclass(frozen=True)
class StocktakeCounted(Event):
    """All is counted; it waits for the second person."""

    stocktake_id: int
    point_id: int
    at: datetime


@dataclass(frozen=True)
class StocktakeSettled(Event):
    stocktake_id: int
    point_id: int


@dataclass(frozen=True)
class LoansOverdue(Event):
    """Loans of a point have been overdue for as long as the point's own notice period, once or once again."""

    point_id: int
    loan_ids: tuple[int, ...]


@dataclass(frozen=True)
class ReservationReady(Event):
    """A copy is put aside for a reader who waited for it."""

    reservation_id: int
    point_id: int


@dataclass(frozen=True)
class SelectionPublished(Event):
    """What counts how much in a yearly selection can be read by everybody in the network."""

    at: datetime
    selection_id: int


@dataclass(frozen=True)
class SelectionDecided(Event):
    """A yearly selection is decided and its certificates are made."""

    at: datetime
    selection_id: int


@dataclass(frozen=True)
class CornersDue(Event):
    """These points should arrange their display corners anew; each is named once until it has (S0-46)."""

    point_ids: tuple[int, ...]
    at: datetime
