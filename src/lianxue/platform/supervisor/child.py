"""One child process that is started again when it ends by itself."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0  # a child that has lived this long begins again with the shortest pause
_PR_SET_PDEATHSIG = 1


class Child:
    """A named command that should always be running."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment or {})
        self.clock = clock
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started = 0.0
        self.next_start = 0.0

    def start(self) -> None:
        """Start the process in a session of its own, so that a Ctrl-C reaches only the supervisor."""
        self.started = self.clock()
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )

    def tend(self) -> int | None:
        """Start the process again when it has ended and its pause is over.

        Return the exit status at the moment when an end is first seen, else None.
        """
        if self.process is None:
            if self.clock() >= self.next_start:
                self.start()
            return None
        status = self.process.poll()
        if status is None:
            return None
        self._sweep(self.process.pid)
        if self.clock() - self.started >= STEADY_SECONDS:
            self.failures = 0
        self.next_start = self.clock() + self.pause()
        self.failures += 1
        self.process = None
        return status

    def pause(self) -> float:
        """Return the seconds to wait before the next start: doubled with each failure in a row."""
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**self.failures)

    def ask_to_end(self) -> None:
        """Send SIGTERM, on which both children finish what they are doing."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for the end; kill the whole session of a process that does not come to one in time."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._sweep(self.process.pid)
            self.process.wait()
        self._sweep(self.process.pid)
        self.process = None

    def _sweep(self, session: int) -> None:
        """Kill what is left of a child's session: workers that outlive their master would keep the port."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(session, signal.SIGKILL)


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, even by SIGKILL: no orphans hold the port."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
