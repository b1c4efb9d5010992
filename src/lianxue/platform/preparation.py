"""Bring an installation up to this release: schema, shared tables, static files, demonstration network."""

import hashlib
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from lianxue.platform.progress import Progress
from lianxue.platform.trouble import Trouble

OLDEST_POSTGRESQL = 15
FINGERPRINT = "fingerprint"
LOCK_SECONDS = 20


def check_database() -> None:
    """Raise Trouble when the database does not answer or is too old."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            (major,) = cursor.fetchone()
    except DatabaseError as error:
        raise Trouble(f"The database does not answer: {str(error).strip()}") from error
    if major < OLDEST_POSTGRESQL:
        raise Trouble(
            f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed; DATABASE_URL leads to version {major}."
        )


def migrate() -> None:
    """Apply the migrations that wait, under an advisory lock so that two starts at once do it once.

    A migration that waits longer than ``LOCK_SECONDS`` for a table gives up, before it makes the live site wait.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('lianxue.migrate'))")
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            with Progress("Database") as progress:
                progress(0, len(waiting))
                done = 0

                def tell(action: str, *_: object) -> None:
                    nonlocal done
                    if action == "apply_success":
                        done += 1
                        progress(done, len(waiting))

                executor.progress_callback = tell
                executor.migrate(executor.loader.graph.leaf_nodes())
            call_command("migrate", verbosity=0, interactive=False)  # content types and permissions
        call_command("createcachetable", verbosity=0)
        cursor.execute("RESET lock_timeout")
        cursor.execute("SELECT pg_advisory_unlock(hashtext('lianxue.migrate'))")


def collect_static() -> None:
    """Put static files under hashed names where the web server finds them, unless nothing changed."""
    if settings.DEBUG:
        return
    stamp = Path(settings.STATIC_ROOT) / FINGERPRINT
    fingerprint = _static_fingerprint()
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return
    with Progress("Static files") as progress:
        progress(0, 1)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=StringIO())
        progress(1, 1)
    stamp.write_text(fingerprint)


def _static_fingerprint() -> str:
    """Return a digest of names, sizes and times of all static files in the source."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
