"""Driving the platform with eight connections at once, and what it cost."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from benchmarks.running import Running
from benchmarks.visitor import Visitor

CONNECTIONS = 8
Act = Callable[[Visitor], object]


class Meter:
    """Adds up, over one or several stretches of requests, processor time, wall time and how long requests took."""

    def __init__(self, platform: Running) -> None:
        self.platform = platform
        self.used = {"web": 0.0, "worker": 0.0, "database": 0.0}
        self.wall = 0.0
        self.latencies: list[float] = []

    def drive(self, visitors: Sequence[Visitor], acts: Sequence[Sequence[Act]]) -> None:
        """Let each visitor do its acts, one after the other, all visitors at once."""
        before, began = self.platform.processor_seconds(), time.perf_counter()
        warm(visitors, acts)
        self.wall += time.perf_counter() - began
        after = self.platform.processor_seconds()
        for part in self.used:
            self.used[part] += after[part] - before[part]
        for visitor in visitors:
            self.latencies += visitor.seconds
            visitor.seconds.clear()

    def result(self, operations: int, **more: object) -> dict[str, object]:
        """Return the figures for so many operations; milliseconds of processor and of waiting, rate per second."""
        each = {part: round(1000 * seconds / operations, 2) for part, seconds in self.used.items()}
        return {
            "cpu_ms": round(sum(self.used.values()) * 1000 / operations, 2),
            **{f"cpu_ms_{part}": value for part, value in each.items()},
            "rate": round(operations / self.wall, 1),
            "p50_ms": round(1000 * statistics.median(self.latencies), 1),
            "p95_ms": round(1000 * statistics.quantiles(self.latencies, n=20)[-1], 1),
            "requests": len(self.latencies),
            "operations": operations,
            **more,
        }


def warm(visitors: Sequence[Visitor], acts: Sequence[Sequence[Act]]) -> None:
    """Do the acts without counting them."""

    def work(visitor: Visitor, own: Sequence[Act]) -> None:
        for act in own:
            act(visitor)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done in [pool.submit(work, v, a) for v, a in zip(visitors, acts, strict=True)]:
            done.result()


def dealt(acts: Sequence[Act]) -> list[list[Act]]:
    """Deal acts out to the connections."""
    return [list(acts[number::CONNECTIONS]) for number in range(CONNECTIONS)]
