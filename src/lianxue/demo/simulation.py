"""One whole round for the whole network, timed, with its figures checked against the ledger."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum

from lianxue.demo.build.catalogue import build_categories, build_entries
from lianxue.demo.build.network import build_network
from lianxue.demo.play import demand, fulfilment, rounds, use
from lianxue.demo.play.player import Player, Step, no_step
from lianxue.demo.play.statistics import refresh_statistics
from lianxue.demo.province import round as play
from lianxue.demo.province.memory import MemoryWatch
from lianxue.demo.province.network import build_province
from lianxue.demo.province.processor import ProcessorClock
from lianxue.demo.titles import read_titles
from lianxue.distribution.public import (
    AllocationLine,
    AllocationState,
    DemandLine,
    Issue,
    Loan,
    LoanState,
    PlaceKind,
    ReceiptLine,
    Round,
    RoundDays,
    Shipment,
    ShipmentLine,
    StockBalance,
    check_ledger,
    retention_violations,
)
from lianxue.kernel.clock import SHANGHAI


@dataclass(frozen=True)
class Scale:
    """How large a simulation is: titles in the round, and organisations of level 2 that take part (None: all)."""

    titles: int
    colleges: int | None = None


CITIES = {"shanghai": Scale(titles=40), "district": Scale(titles=10, colleges=1)}
# Points in a four-level tree; the smaller ones are for seeing what grows.
PROVINCES = {"province": 20_000, "province-4000": 4_000, "province-400": 400}
SCALES = (*CITIES, *PROVINCES)
SENT_TO = 2_000  # points of a province whose parcels are sent
PLAYED_ONE_BY_ONE = 40  # of them, points that confirm receipt and lend
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


def simulate_distribution(*, scale: str, seed: int, step: Step = no_step) -> dict[str, Any]:
    """Play a round on the empty database at hand and return its figures; ``seconds`` holds the time of each part.

    The same seed gives the same figures, seconds and memory apart.
    """
    if scale in PROVINCES:
        return {"scale": scale, "seed": seed, **_simulate_province(PROVINCES[scale], seed, step)}
    clock = StopWatch()
    with clock.part("network"):
        cast = build_network(
            at=BEGIN - timedelta(days=60), seed=seed, step=step, colleges=CITIES[scale].colleges
        )
        categories = build_categories(cast, at=BEGIN - timedelta(days=59))
        entries = build_entries(cast, categories, at=BEGIN - timedelta(days=58), step=step, covers=False)
    player = Player(cast, seed, step)
    offered = [
        (entries[one.code], cast.organisations[one.supplier]) for one in read_titles() if one.kind != "online"
    ][: CITIES[scale].titles]
    with clock.part("open"):
        round = rounds.prepare_round(
            player,
            name="2026年春季配送",
            at=BEGIN,
            entries=offered,
            days=RoundDays(date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 10), date(2026, 5, 31)),
        )
    with clock.part("needs"):
        demand.leave_needs(player, round, at=BEGIN + timedelta(days=1), share=0.3)
    with clock.part("demand"):
        demand.state_demand(player, round, at=BEGIN + timedelta(days=2))
    with clock.part("aggregation"):
        demand.aggregate(player, round, at=BEGIN + timedelta(days=30))
    with clock.part("allocation"):
        rounds.share_out(player, round, at=BEGIN + timedelta(days=41))
    with clock.part("dispatch"):
        fulfilment.dispatch_round(player, round, at=BEGIN + timedelta(days=50))
    with clock.part("receipt"):
        fulfilment.set_up_corners(player, at=BEGIN + timedelta(days=45))
        fulfilment.receive_round(player, round, at=BEGIN + timedelta(days=54))
    with clock.part("use"):
        use.use_copies(player, round, at=BEGIN + timedelta(days=70), days=60)
        use.return_loans(player, round, at=BEGIN + timedelta(days=140))
        rounds.finish_round(player, round, at=BEGIN + timedelta(days=141))
    with clock.part("check"):
        figures = _figures(round)
    places = {"points": len(cast.points), "colleges": len(cast.colleges)}
    return {"scale": scale, "seed": seed, **places, **figures, "seconds": clock.parts}


def _simulate_province(points: int, seed: int, step: Step) -> dict[str, Any]:
    chance = random.Random(f"province {seed}")
    with MemoryWatch().watching() as memory:
        clock = StopWatch(memory=memory, processor=ProcessorClock())
        with clock.part("network"):
            network = build_province(points=points, at=BEGIN - timedelta(days=60), seed=seed, step=step)
            entries = play.publish_titles(network, at=BEGIN - timedelta(days=58), step=step)
        with clock.part("open"):
            round = play.open_province_round(network, entries, at=BEGIN, chance=chance)
        with clock.part("demand"):
            play.state_demand(network, round, at=BEGIN + timedelta(days=2), chance=chance)
        with clock.part("aggregation"):
            play.aggregate(network, round, at=BEGIN + timedelta(days=30), chance=chance, step=step)
        with clock.part("allocation"):
            play.share_out(network, round, at=BEGIN + timedelta(days=41))
        with clock.part("dispatch"):
            reached = network.some_points(SENT_TO)
            play.dispatch(network, round, reached, at=BEGIN + timedelta(days=50), step=step)
        player = Player(play.cast_of(network, reached[:: len(reached) // PLAYED_ONE_BY_ONE]), seed, step)
        with clock.part("receipt"):
            fulfilment.set_up_corners(player, at=BEGIN + timedelta(days=45))
            fulfilment.receive_round(player, round, at=BEGIN + timedelta(days=54), photo_share=0)
        with clock.part("use"):
            use.use_copies(player, round, at=BEGIN + timedelta(days=70), days=60)
            use.return_loans(player, round, at=BEGIN + timedelta(days=140))
        with clock.part("check"):
            figures = _figures(round)
    return {
        "points": points,
        "levels": 4,
        "colleges": len(network.counties),
        "points_sent_to": len(reached),
        "points_that_received": len(player.cast.points),
        **figures,
        "seconds": clock.parts,
        "cpu_seconds": clock.processor_parts,
        "peak_megabytes": clock.peaks,
    }


def _figures(round: Round) -> dict[str, Any]:
    lines = DemandLine.objects.filter(request__batch__round=round)
    receipts = ReceiptLine.objects.filter(lot__shipment__round=round).aggregate(
        good=Sum("good", default=0), damaged=Sum("damaged", default=0), missing=Sum("missing", default=0)
    )
    loans = Loan.objects.filter(title__round=round)
    return {
        "titles": round.titles.count(),
        "demand_lines": lines.count(),
        "requested": _total(lines, "asked"),
        "passed_on": _total(lines, "agreed"),
        "allocated": _total(
            AllocationLine.objects.filter(
                allocation__round=round, allocation__state=AllocationState.COMMITTED
            )
        ),
        "shipments": Shipment.objects.filter(round=round).count(),
        "shipped": _total(
            ShipmentLine.objects.filter(shipment__round=round).exclude(shipment__state="preparing")
        ),
        "shipped_lots": ShipmentLine.objects.filter(shipment__round=round)
        .exclude(shipment__state="preparing")
        .count(),
        "received": receipts["good"],
        "damaged": receipts["damaged"],
        "missing": receipts["missing"],
        "on_display": _total(StockBalance.objects.filter(title__round=round, place__kind=PlaceKind.DISPLAY)),
        "loans": loans.count(),
        "issues": Issue.objects.filter(title__round=round).count(),
        "returned": loans.filter(state=LoanState.RETURNED).count(),
        "retention_violations": retention_violations(),
        "ledger_balanced": check_ledger().is_sound,
    }


def _total(rows: Any, field: str = "quantity") -> int:
    return int(rows.aggregate(total=Sum(field, default=0))["total"])


class StopWatch:
    """Notes how many seconds each part took, how many of the processor, and how much memory at most."""

    def __init__(
        self,
        tick: Callable[[], float] = time.perf_counter,
        *,
        memory: MemoryWatch | None = None,
        processor: ProcessorClock | None = None,
    ) -> None:
        self.tick = tick
        self.memory = memory
        self.processor = processor
        self.parts: dict[str, float] = {}
        self.processor_parts: dict[str, dict[str, float]] = {}
        self.peaks: dict[str, dict[str, int]] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        begun = self.tick()
        yield
        refresh_statistics()
        self.parts[name] = round(self.tick() - begun, 2)
        if self.processor:
            self.processor_parts[name] = self.processor.take()
        if self.memory:
            self.peaks[name] = self.memory.take()
