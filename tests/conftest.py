"""The tests' own installation: a temporary home with its keys, and a PostgreSQL of its own.

Everything is set up when this file is read, before any test module asks for Django. The first process does it; the
parallel workers that it starts find the addresses in their environment.
"""

import atexit
import os
import shutil
import socket
import tempfile
from pathlib import Path

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "lianxue.platform.settings"
os.environ["LIANXUE_TESTING"] = "1"


def _start_database() -> None:
    from lianxue.platform.postgres.server import Server
    from lianxue.platform.postgres.temporary import temporary_server

    server: Server = temporary_server()
    os.environ["DATABASE_URL"] = server.address().url()


def _make_home() -> None:
    from lianxue.platform.keys import make_missing_keys
    from lianxue.platform.places import places

    home = tempfile.mkdtemp(prefix="lianxue-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["LIANXUE_HOME"] = home
    make_missing_keys(places().keys)
    places().static.mkdir(parents=True)


if "PYTEST_XDIST_WORKER" not in os.environ:
    _make_home()
    if not os.environ.get("DATABASE_URL"):
        _start_database()

django.setup()


@pytest.fixture(autouse=True, scope="session")
def _files_of_this_process(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what this process stores apart from what its neighbours store."""
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture
def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def project() -> Path:
    """Return the directory of the project."""
    return Path(__file__).resolve().parents[1]
