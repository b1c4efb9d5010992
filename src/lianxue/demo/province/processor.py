"""How much processor time a simulation takes: it holds still on a machine that does other things too."""

import os
import time

from lianxue.demo.province.server import postmaster, server_processes, words_of_stat

# In the words of /proc/PID/stat after the name: user and system time, of the process and of children that have ended.
_OWN, _CHILDREN = slice(11, 13), slice(13, 15)


class ProcessorClock:
    """Seconds of processor time, user and system, of the thread that plays and of PostgreSQL; watching memory is not played."""

    def __init__(self) -> None:
        self._postmaster = postmaster()
        self._ticks = os.sysconf("SC_CLK_TCK")
        self._last = self._now()

    def take(self) -> dict[str, float]:
        """Return what was taken since the last ``take``."""
        before, self._last = self._last, self._now()
        return {name: round(seconds - before[name], 2) for name, seconds in self._last.items()}

    def _now(self) -> dict[str, float]:
        found = [words_of_stat(process) for process in server_processes(self._postmaster)]
        ticks = sum(int(word) for words in found for word in words[_OWN])
        ticks += sum(int(word) for words in found[:1] for word in words[_CHILDREN])
        return {"python": time.thread_time(), "database": ticks / self._ticks}
