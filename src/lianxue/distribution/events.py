"""What has happened in distribution."""

from dataclasses import dataclass

from lianxue.kernel.events import Event


@dataclass(frozen=True)
class ShipmentDispatched(Event):
    shipment_id: int
    point_id: int


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
