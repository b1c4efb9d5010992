"""Two people at once: real threads with real connections."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from lianxue.kernel.errors import Refused


def at_once(acts: Sequence[Callable[[], object]]) -> list[Refused | None]:
    """Start all ``acts`` together, each in a thread of its own; return what each was refused with, None for done."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> Refused | None:
        try:
            connections["default"].ensure_connection()
            gate.wait()
            act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
