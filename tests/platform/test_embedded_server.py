"""The embedded PostgreSQL. Runs as whichever user the tests run as; as root the server has an account of its own."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from lianxue.platform.places import Places
from lianxue.platform.postgres import place as place_module
from lianxue.platform.postgres.account import server_account
from lianxue.platform.postgres.errors import DatabaseTrouble
from lianxue.platform.postgres.place import OWNER, POINTER, forget, known_home, settle
from lianxue.platform.postgres.programs import major_version
from lianxue.platform.postgres.server import Server, socket_directory
from lianxue.platform.postgres.sharing import shared

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server that has not been started, on a new directory of the right owner."""
    home = Path(tempfile.mkdtemp(prefix="lianxue-test-"))  # pytest's own are closed to other accounts
    account = server_account()
    if account:
        os.chown(home, account.uid, account.gid)
    server = Server(home, account, durable=False)
    yield server
    server.stop()
    subprocess.run(["rm", "-rf", home, server.socket], check=True)


def ask(server: Server, question: str) -> object:
    with psycopg.connect(server.address().url()) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[arg-type]
        assert row
        return row[0]


def test_it_starts_stops_and_starts_again_with_its_data(server: Server) -> None:
    assert (server.pid(), server.is_ready()) == (None, False)
    server.start()
    first = server.pid()
    server.start()  # no effect
    assert (server.pid(), server.is_ready()) == (first, True)
    with psycopg.connect(server.address().url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '留' AS word")
    server.stop()
    server.stop()  # no effect
    assert server.pid() is None
    server.start()
    assert ask(server, "SELECT word FROM kept") == "留"


def test_it_listens_on_a_private_socket_only_and_checks_its_pages(server: Server) -> None:
    server.start()
    assert ask(server, "SELECT current_setting('listen_addresses')") == ""
    assert ask(server, "SELECT current_setting('data_checksums')") == "on"
    assert ask(server, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
    assert ask(server, "SELECT lower('ÄÉ')") == "äé"
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_what_was_committed_survives_a_crash(server: Server) -> None:
    server.durable = True
    server.start()
    with psycopg.connect(server.address().url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.kill()
    assert server.pid() is None
    server.start()
    assert ask(server, "SELECT number FROM kept") == 7


def test_a_stale_mark_with_the_number_of_another_process_does_not_stop_it(server: Server) -> None:
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n1\n5432\n\n\n\n\n")
    assert server.pid() is None
    server.start()
    assert server.is_ready()


def test_data_of_another_major_version_is_refused_with_the_way_out(server: Server) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(
        DatabaseTrouble, match=f"PostgreSQL 12, the installed programs are version {major_version()}"
    ):
        server.start()


def test_an_interrupted_first_start_leaves_nothing_that_blocks_the_next(server: Server) -> None:
    half = server.home / "data.making"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    if server.account:
        os.chown(half, server.account.uid, server.account.gid)
    server.start()
    assert server.is_ready()
    assert not half.exists()


def test_a_socket_directory_of_somebody_else_is_refused(server: Server) -> None:
    server.socket.mkdir(mode=0o755)
    with pytest.raises(DatabaseTrouble, match="mode 0700"):
        server.start()


def test_a_deep_directory_gets_a_socket_on_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    assert socket_directory(tmp_path) == tmp_path / "socket"
    assert len(str(socket_directory(deep))) < 50
    assert socket_directory(deep) != socket_directory(deep / "other")


def test_the_last_of_several_users_stops_it(server: Server) -> None:
    code = "import sys; from tests.platform.server_user import use; use(sys.argv[1])"
    with shared(server):
        other = subprocess.Popen(
            [sys.executable, "-c", code, server.home],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "using\n"
    assert server.is_ready(), "somebody else still uses it"
    other.communicate("\n", timeout=120)
    assert server.pid() is None


def test_a_killed_user_does_not_count(server: Server) -> None:
    code = "import sys; from tests.platform.server_user import use; use(sys.argv[1])"
    other = subprocess.Popen(
        [sys.executable, "-c", code, server.home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    other.stdout.readline()
    other.kill()
    other.communicate()
    assert server.is_ready(), "a kill leaves the server running"
    with shared(server):
        pass
    assert server.pid() is None


# --- where it lies -------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in for /var/lib/lianxue."""
    shelf = tmp_path / "shelf"
    monkeypatch.setattr(place_module, "SYSTEM_SHELF", shelf)
    monkeypatch.delenv("LIANXUE_DATABASE_DIR", raising=False)
    return shelf


@pytest.mark.skipif(AS_ROOT, reason="for an ordinary user")
def test_an_ordinary_users_database_lies_in_the_project(shelf: Path, tmp_path: Path) -> None:
    places = Places(home=tmp_path / "project")
    place = settle(places)
    assert (place.home, place.account) == (tmp_path / "project/var/postgres", None)
    assert stat.S_IMODE(place.home.stat().st_mode) == 0o700
    assert not shelf.exists()


@pytest.mark.skipif(not AS_ROOT, reason="for root")
def test_roots_database_lies_apart_and_no_directory_that_is_not_ours_changes(
    shelf: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    project.mkdir(mode=0o700)
    before = {path: path.stat().st_mode for path in [tmp_path, *tmp_path.parents, project]}
    places = Places(home=project)
    assert known_home(places) == places.postgres, "nothing is made by looking"
    place = settle(places)
    assert place.account
    assert place.home.parent == shelf
    assert (place.home.stat().st_uid, stat.S_IMODE(place.home.stat().st_mode)) == (place.account.uid, 0o700)
    assert (places.postgres / POINTER).read_text() == f"{place.home}\n"
    assert (settle(places).home, known_home(places)) == (place.home, place.home)
    assert {path: path.stat().st_mode for path in before} == before


@pytest.mark.skipif(not AS_ROOT, reason="for root")
def test_a_copy_of_the_project_does_not_share_its_database(shelf: Path, tmp_path: Path) -> None:
    original, copy = Places(home=tmp_path / "a"), Places(home=tmp_path / "b")
    home = settle(original).home
    copy.postgres.mkdir(parents=True)
    (copy.postgres / POINTER).write_text(f"{home}\n")
    with pytest.raises(DatabaseTrouble, match="is a copy of"):
        settle(copy)
    forget(original)  # the original is gone: the copy was a move
    assert settle(copy).home == home
    assert (home / OWNER).read_text() == f"{copy.home}\n"


@pytest.mark.skipif(not AS_ROOT, reason="for root")
def test_a_directory_with_other_things_in_it_is_never_taken_over(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    (chosen / "letter.txt").touch()
    monkeypatch.setenv("LIANXUE_DATABASE_DIR", str(chosen))
    with pytest.raises(DatabaseTrouble, match="holds other files"):
        settle(Places(home=tmp_path))
    assert chosen.stat().st_uid == 0


@pytest.mark.skipif(not AS_ROOT, reason="for root")
def test_root_runs_an_ordinary_users_database_under_that_users_account(shelf: Path, tmp_path: Path) -> None:
    places = Places(home=tmp_path)
    data = places.postgres / "data"
    data.mkdir(parents=True)
    os.chown(data, 4711, 4711)
    place = settle(places)
    assert place.account
    assert (place.home, place.account.uid) == (places.postgres, 4711)


# --- servers that are thrown away ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_temporary_server_goes_with_its_process(number: int) -> None:
    code = (
        "import time; from lianxue.platform.postgres.temporary import temporary_server; "
        "server = temporary_server(); print(server.home, server.pid(), flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert owner.stdout
    home, pid = owner.stdout.readline().split()
    assert psutil.pid_exists(int(pid))
    owner.send_signal(number)
    owner.communicate()
    deadline = time.monotonic() + 120
    while Path(home).exists() or psutil.pid_exists(int(pid)):
        assert time.monotonic() < deadline, "the server outlives its process"
        time.sleep(0.1)
