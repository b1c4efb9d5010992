"""The migrated database of which every process of the tests takes a copy: made once a run, and kept for the next run.

Migrating costs twenty seconds of processor time, reading a dump one. The dump is named after everything that decides
what migrating leaves behind, so that one of other migrations is never read.
"""

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from lianxue.platform.database_url import DatabaseAddress, parse
from lianxue.platform.postgres.programs import wheel_programs, wheel_version

PROJECT = Path(__file__).resolve().parents[1]
SHELF = PROJECT / ".pytest_cache" / "databases"
DECIDES = ("*/migrations/*.py", "*/models/*.py", "*/models.py", "*/apps.py", "platform/settings.py")
NAME, MAKING = "lianxue_template", "lianxue_template_making"
LOCK = 20_26  # one process makes it, the others wait


def ready_template(migrate: Callable[[str], None]) -> str:
    """Return the name of the template, made from a dump or by ``migrate``, which makes a database of that name."""
    server = parse(os.environ["DATABASE_URL"])
    with psycopg.connect(server.named("postgres").url(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).fetchall():
            dump = SHELF / f"{_mark()}.dump"
            if not (dump.is_file() and _read(dump, connection, server.named(MAKING))):
                connection.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", MAKING))
                migrate(MAKING)
                _keep(dump, server.named(MAKING))
            connection.execute(_statement("ALTER DATABASE {} RENAME TO {}", MAKING, NAME))
    return NAME


def _mark() -> str:
    """Return a digest of what decides how a migrated database looks."""
    digest = hashlib.sha256(wheel_version().encode())
    source = PROJECT / "src/lianxue"
    found = {path for pattern in DECIDES for path in source.rglob(pattern)}
    for path in [PROJECT / "requirements/base.txt", *sorted(found)]:
        digest.update(f"\n{path.relative_to(PROJECT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def _read(dump: Path, connection: psycopg.Connection, address: DatabaseAddress) -> bool:
    """Make the database from a dump; say whether that went well."""
    connection.execute(_statement("CREATE DATABASE {}", MAKING))
    return _run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={address.url()}", dump)


def _keep(dump: Path, address: DatabaseAddress) -> None:
    """Write a dump for the next run, in place of those before it. Without one the next run migrates again."""
    SHELF.mkdir(parents=True, exist_ok=True)
    making = dump.with_suffix(f".{os.getpid()}")
    if _run("pg_dump", "--format=custom", "--compress=0", f"--file={making}", address.url()):
        for old in SHELF.glob("*.dump"):
            old.unlink(missing_ok=True)
        making.rename(dump)
    making.unlink(missing_ok=True)


def _run(program: str, *words: str | Path) -> bool:
    return (
        subprocess.run([wheel_programs() / program, *words], capture_output=True, check=False).returncode == 0
    )


def _statement(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*(sql.Identifier(name) for name in names))  # type: ignore[arg-type]  # ours
