"""What every command needs before it starts: settings, keys and a database that answers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from lianxue.platform.keys import make_missing_keys
from lianxue.platform.places import places

from .postgres.place import settle
from .postgres.programs import wheel_programs
from .postgres.server import Server
from .postgres.sharing import shared

SETTINGS = "lianxue.platform.settings"


def prepare_environment() -> None:
    """Name the settings and make the keys of a new installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    make_missing_keys(places().keys)


@contextmanager
def database_at_hand() -> Iterator[Server | None]:
    """Keep a database running inside the block: the one DATABASE_URL names, or else the embedded one (yielded).

    Commands started inside find it by DATABASE_URL. Raises DatabaseTrouble.
    """
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    place = settle(places())
    with shared(Server(place.home, place.account)) as server:
        os.environ["DATABASE_URL"] = server.address().url()
        # `lianxue dbshell` and the like find psql here when the system has none
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), str(wheel_programs())])
        try:
            yield server
        finally:
            del os.environ["DATABASE_URL"]
