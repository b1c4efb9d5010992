"""How much memory the processes of a simulation hold at most, read from Linux's /proc twice a second."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianxue.demo.province.server import PROC, postmaster, server_processes

PAUSE = 0.5


class MemoryWatch:
    """The most that this process and PostgreSQL held, in megabytes, since the last ``take``."""

    def __init__(self) -> None:
        self._peaks = {"python": 0, "database": 0}
        self._postmaster = postmaster()
        self._ending = threading.Event()

    def take(self) -> dict[str, int]:
        """Return the peaks so far and begin anew."""
        self._look()
        taken, self._peaks = self._peaks, {"python": 0, "database": 0}
        return taken

    @contextmanager
    def watching(self) -> Iterator["MemoryWatch"]:
        """Look again and again until the end of the block."""
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._ending.set()
            thread.join()

    def _watch(self) -> None:
        while not self._ending.wait(PAUSE):
            self._look()

    def _look(self) -> None:
        python = _held(PROC / "self")
        database = sum(_held(process) for process in server_processes(self._postmaster))
        self._peaks["python"] = max(self._peaks["python"], python)
        self._peaks["database"] = max(self._peaks["database"], database)


def _held(process: Path) -> int:
    """Return the proportional share of memory of a process in megabytes: what processes share is counted once."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) // 1024
