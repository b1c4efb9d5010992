"""The loop that watches children and database, and ends all of them in order."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType

from lianxue.platform.postgres.errors import DatabaseTrouble
from lianxue.platform.postgres.server import Server
from lianxue.platform.supervisor.child import Child
from lianxue.platform.trouble import Trouble

WATCH_SECONDS = 0.25
START_SECONDS = 90.0
END_SECONDS = 30.0
GIVE_UP_AFTER = 3  # ends in a row before the site has answered once


class Supervisor:
    """Run children until SIGTERM or Ctrl-C.

    `answers` says whether the site is ready; `announce` is called once when it first is.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        answers: Callable[[], bool],
        announce: Callable[[], None],
        server: Server | None = None,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self.children = list(children)
        self.answers = answers
        self.announce = announce
        self.server = server
        self.say = say or _to_standard_error
        self.ending = threading.Event()
        self.ready = False
        self.next_database_start = 0.0

    def run(self) -> None:
        """Start the children, watch them, end them. Raises Trouble when the site never comes up."""
        previous = {
            number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)
        }
        began = time.monotonic()
        try:
            for child in self.children:
                child.start()
            while not self.ending.wait(WATCH_SECONDS):
                self._tend_database()
                self._tend_children()
                self._greet(began)
        finally:
            self._end()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.ending.set()

    def _tend_children(self) -> None:
        for child in self.children:
            status = child.tend()
            if status is None:
                continue
            if not self.ready and child.failures >= GIVE_UP_AFTER:
                raise Trouble(
                    f"The {child.name} ended {child.failures} times while starting; see its messages above."
                )
            wait = child.next_start - child.clock()
            self.say(
                f"The {child.name} ended ({_in_words(status)}); it starts again in {max(wait, 0):.0f} s."
            )

    def _tend_database(self) -> None:
        """Start the embedded server again when it is gone; its data survive a crash."""
        if (
            self.server is None
            or self.server.pid() is not None
            or time.monotonic() < self.next_database_start
        ):
            return
        self.say("The database server ended; it starts again.")
        self.next_database_start = time.monotonic() + 5
        try:
            self.server.start()
        except DatabaseTrouble as trouble:
            self.say(str(trouble))

    def _greet(self, began: float) -> None:
        if self.ready:
            return
        if self.answers():
            self.ready = True
            self.announce()
        elif time.monotonic() - began > START_SECONDS:
            raise Trouble(
                f"The site did not answer within {START_SECONDS:.0f} seconds; see the messages above."
            )

    def _end(self) -> None:
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + END_SECONDS
        for child in self.children:
            child.wait(max(0.1, deadline - time.monotonic()))


def _in_words(status: int) -> str:
    if status < 0:
        return f"signal {signal.Signals(-status).name}"
    return f"exit status {status}"


def _to_standard_error(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
