"""Several commands, one server: the first starts it, the last one to leave stops it.

Each user holds a shared lock on a file. The system releases it when a process ends, however it ends, so that a killed
command never leaves a count behind.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lianxue.platform.postgres.server import Server


@contextmanager
def shared(server: Server) -> Iterator[Server]:
    """Keep `server` running inside the block; stop it afterwards unless somebody else still uses it."""
    with (server.home / "users.lock").open("a") as users:
        with _alone(server.home):
            server.start()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield server
        finally:
            with _alone(server.home):
                fcntl.flock(users, fcntl.LOCK_UN)
                if _nobody_else(users):
                    server.stop()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let only one process at a time start or stop the server."""
    with (home / "change.lock").open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _nobody_else(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
