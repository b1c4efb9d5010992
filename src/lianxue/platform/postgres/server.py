"""One embedded server: make its data directory, start it, stop it, say where it listens."""

import hashlib
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from lianxue.platform.database_url import DatabaseAddress
from lianxue.platform.postgres import configuration
from lianxue.platform.postgres.account import Account, run_as
from lianxue.platform.postgres.errors import DatabaseTrouble
from lianxue.platform.postgres.programs import major_version, programs_for

NAME = "lianxue"  # the role that owns the data, and the database; neither is the superuser
SUPERUSER = "postgres"
START_SECONDS = 120  # a crash recovery may take its time
LONGEST_SOCKET_PATH = 90  # the system's limit is 107, with PostgreSQL's file name inside it


class Server:
    """A PostgreSQL server on a directory that is ours alone, listening on a private Unix socket only."""

    def __init__(self, home: Path, account: Account | None, *, durable: bool = True) -> None:
        self.home = home
        self.account = account
        self.durable = durable
        self.data = home / "data"
        self.log = home / "log"
        self.socket = socket_directory(home)

    def address(self, name: str = NAME) -> DatabaseAddress:
        """Return the address of a database on this server, for the role that owns our data."""
        return DatabaseAddress(name=name, user=NAME, host=str(self.socket))

    def start(self) -> None:
        """Start the server unless it runs already; make the data directory the first time.

        Raises DatabaseTrouble.
        """
        if self.is_ready():
            return
        self._make_directory(self.log)
        self._make_directory(self.socket)
        if not (self.data / "PG_VERSION").is_file():
            self._make_data()
        self._check_version()
        self._drop_stale_pid()
        configuration.write(self.data, socket=self.socket, log=self.log, durable=self.durable)
        self._give(self.data / configuration.FILE)
        self._run(
            "pg_ctl", "start", "--wait", f"--timeout={START_SECONDS}", "--silent", "--log", self._start_log()
        )
        self._make_role_and_database()

    def stop(self) -> None:
        """Stop the server when it runs; connections are closed, nothing that was committed is lost."""
        if self.pid() is None:
            return
        outcome = run_as(
            self.account,
            [self._program("pg_ctl"), "stop", "--pgdata", self.data, "--mode=fast", "--wait", "--timeout=60"],
        )
        if outcome.returncode and self.pid() is not None:
            raise DatabaseTrouble(f"The database server did not stop: {outcome.stderr.strip()}")

    def is_ready(self) -> bool:
        """Say whether the server answers."""
        if not self.socket.is_dir():
            return False
        try:
            self._connect("postgres").close()
        except psycopg.Error:
            return False
        return True

    def pid(self) -> int | None:
        """Return the process id of the running server, or None when none runs on this data."""
        try:
            first = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return first if _is_postgres(first) else None

    def kill(self) -> None:
        """End the server at once, as a crash would. For tests."""
        pid = self.pid()
        if pid is None:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
        while self.pid() is not None:
            time.sleep(0.02)

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket), user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=5
        )

    def _make_data(self) -> None:
        """Make a new cluster beside its final place, so that an interrupted start leaves no half of one."""
        making = self.home / "data.making"
        run_as(self.account, ["rm", "-rf", making])
        outcome = run_as(
            self.account,
            [
                self._program("initdb"),
                f"--pgdata={making}",
                f"--username={SUPERUSER}",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                # The socket lies in a directory that only this account (and root) may enter: that is the lock.
                "--auth-local=trust",
                "--auth-host=reject",
                "--sync-method=fsync" if self.durable else "--no-sync",
            ],
        )
        if outcome.returncode:
            raise DatabaseTrouble(f"The database could not be made in {self.home}: {outcome.stderr.strip()}")
        configuration.include_ours(making)
        making.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != major_version():
            raise DatabaseTrouble(
                f"The data in {self.data} was written by PostgreSQL {found}, the installed programs are version "
                f"{major_version()}. Make a backup with the Lianxue release that wrote it (lianxue backup), move the "
                "directory away, start once, and restore: docs/operators.md, “Upgrading”."
            )

    def _drop_stale_pid(self) -> None:
        """Remove the mark of a server that is gone, whose process number something else may have by now."""
        mark = self.data / "postmaster.pid"
        if mark.exists() and self.pid() is None:
            mark.unlink(missing_ok=True)

    def _make_role_and_database(self) -> None:
        with self._connect("postgres") as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [NAME]).fetchall():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(NAME)))
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).fetchall():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(NAME))
                )

    def _run(self, program: str, *words: str | Path) -> None:
        outcome = run_as(self.account, [self._program(program), *words, "--pgdata", self.data])
        if outcome.returncode:
            raise DatabaseTrouble(
                f"The database server did not start.\n{outcome.stderr.strip()}\n{self._last_log()}"
            )

    def _program(self, name: str) -> Path:
        return programs_for(self.account, self.home) / name

    def _start_log(self) -> Path:
        return self.log / "start.log"

    def _last_log(self) -> str:
        try:
            return "\n".join(self._start_log().read_text(errors="replace").splitlines()[-12:])
        except OSError:
            return ""

    def _make_directory(self, directory: Path) -> None:
        """Make a directory that nobody else may enter; refuse one that somebody else has made there."""
        with suppress(FileExistsError):
            directory.mkdir(mode=0o700, parents=True)
            self._give(directory)
        owner = self.account.uid if self.account else os.geteuid()
        status = directory.stat(follow_symlinks=False)
        if status.st_uid != owner or status.st_mode & 0o077:
            raise DatabaseTrouble(
                f"{directory} must belong to the account that runs the database, with mode 0700."
            )

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)


def socket_directory(home: Path) -> Path:
    """Return the directory of the server's socket: below `home`, or a short path where that would be too long."""
    wanted = home / "socket"
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_PATH:
        return wanted
    return Path("/tmp") / f"lianxue-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"  # noqa: S108


def _is_postgres(pid: int) -> bool:
    """Say whether a live process with this number is a PostgreSQL server."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False  # another account's process: not the one that we started
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return True  # no /proc on this system: believe the mark
    return Path(os.fsdecode(words[0])).name == "postgres"
