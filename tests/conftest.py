"""The tests' own installation: a temporary home with its keys, and a PostgreSQL of its own.

Everything is set up when this file is read, before any test module asks for Django. The first process does it; the
parallel workers that it starts find the addresses in their environment.
"""

import atexit
import os
import random
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import django
import hypothesis
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.template import ready_template

pytest_plugins = ["tests.browser"]

os.environ["DJANGO_SETTINGS_MODULE"] = "lianxue.platform.settings"
os.environ["LIANXUE_TESTING"] = "1"


def _start_database() -> None:
    from lianxue.platform.postgres.server import Server
    from lianxue.platform.postgres.temporary import temporary_server

    server: Server = temporary_server()
    os.environ["DATABASE_URL"] = server.address().url()
    os.environ["LIANXUE_TESTS_OWN_SERVER"] = "1"


def _migrate(name: str) -> None:
    """Make a migrated database."""
    test = connections["default"].settings_dict["TEST"]
    wanted, test["NAME"] = test["NAME"], name
    databases = setup_databases(verbosity=0, interactive=False, aliases=["default"])
    teardown_databases(databases, verbosity=0, keepdb=True)
    test["NAME"] = wanted


def _make_home() -> None:
    from lianxue.platform.keys import make_missing_keys
    from lianxue.platform.places import places

    home = tempfile.mkdtemp(prefix="lianxue-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["LIANXUE_HOME"] = home
    make_missing_keys(places().keys)
    places().static.mkdir(parents=True)


def _compile_catalogues() -> None:
    from tools.messages import compile_all

    compile_all()


if "PYTEST_XDIST_WORKER" not in os.environ:
    _make_home()
    _compile_catalogues()
    if not os.environ.get("DATABASE_URL"):
        _start_database()

django.setup()

# The same algorithm at the least it can cost: that guessing is dear is Django's business and tested there.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1

# A busy machine is no fault of the code under test.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is long, lest one process be left alone with it at the end; the rest keeps its random order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True, scope="session")
def _files_of_this_process(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what this process stores apart from what its neighbours store."""
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database whenever a test asks for it; pytest-django looks at its own marks only.

    With LIANXUE_KEEP_DATABASE in the environment, and a server of one's own in DATABASE_URL, the test database stays
    for the next run, which then starts in a second (docs/developers.md). On the tests' own server it is a copy of one
    that is migrated once (tests/template.py).
    """
    keep = bool(os.environ.get("LIANXUE_KEEP_DATABASE"))
    with django_db_blocker.unblock():
        if os.environ.get("LIANXUE_TESTS_OWN_SERVER"):
            connections["default"].settings_dict["TEST"]["TEMPLATE"] = ready_template(_migrate)
        databases = setup_databases(verbosity=0, interactive=False, aliases=["default"], keepdb=keep)
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0, keepdb=keep)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work on a copy of the test database and throw it away afterwards.

    For tests that really commit, from several threads or through a server. The append-only tables refuse the
    TRUNCATE by which Django would clean up after them.
    """
    default = connections["default"]
    original = default.settings_dict["NAME"]
    copy = f"{original}_copy"
    with django_db_blocker.unblock():
        connections.close_all()
        with default._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        default.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connections.close_all()
            default.settings_dict["NAME"] = original
            with default._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.fixture
def site(own_database: None) -> Iterator[LiveServer]:
    """Run the web application on a port of its own, over a copy of the test database; `site.url` is its address."""
    server = LiveServer("127.0.0.1")
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def free_port() -> int:
    """Return a port of this machine on which nothing listens.

    Below those that systems give to whoever asks for any port, so that no browser or other test takes it meanwhile.
    """
    ports = list(range(20_000, 30_000))
    random.SystemRandom().shuffle(ports)  # each of the parallel workers looks elsewhere
    for port in ports:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


@pytest.fixture
def project() -> Path:
    """Return the directory of the project."""
    return Path(__file__).resolve().parents[1]
