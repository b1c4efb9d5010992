"""Load the demonstration network once, and to its end."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from psycopg import sql

from lianxue.demo import public as demonstration
from lianxue.platform.archive.emptying import EMPTY
from lianxue.platform.demonstration_account import DemonstrationAccount
from lianxue.platform.preparation import migrate
from lianxue.platform.progress import Progress
from lianxue.platform.trouble import Trouble

Load = Callable[[Callable[[str, int, int], None]], None]

# Stands in the database while loading goes on, and so still stands there when it was broken off.
UNFINISHED = "demonstration network: loading is not finished"


def load_once(load: Load = demonstration.load_demonstration) -> list[DemonstrationAccount]:
    """Load the network into an empty database; return the accounts to show.

    What an interrupted load has left behind is removed first: it holds nothing else.
    """
    if _is_unfinished():
        print(
            "  The demonstration network was not loaded to its end last time; it starts afresh.",
            file=sys.stderr,
        )
        _start_afresh()
    if not _holds_people():
        _mark(UNFINISHED)
        with _without_waiting_for_the_disk(), Progress("Demonstration network") as progress:
            load(progress.step)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        _mark("")
    return [
        DemonstrationAccount(username=account["username"], title=account["title"])
        for account in demonstration.demonstration_accounts()
    ]


def load_into_empty() -> None:
    """Load the network; raise Trouble when the database already holds people."""
    if _holds_people() and not _is_unfinished():
        raise Trouble("The database already holds people. Load the demonstration network into an empty one.")
    load_once()


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Let commits return before they are on disk: the last one, which removes the mark, waits for all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        yield
        cursor.execute("SET synchronous_commit = on")


def _holds_people() -> bool:
    return bool(get_user_model()._default_manager.exists())


def _is_unfinished() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('django_migrations'::regclass)")
        (mark,) = cursor.fetchone()
    return bool(mark == UNFINISHED)


def _mark(text: str) -> None:
    with connection.cursor() as cursor:
        # A statement of definition takes no values beside it.
        statement = sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(sql.Literal(text))
        cursor.execute(statement.as_string(connection.connection))


def _start_afresh() -> None:
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    migrate()
