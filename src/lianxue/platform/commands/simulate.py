"""`lianxue simulate`: play a round on a database of its own, which is thrown away afterwards."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from lianxue.platform.database_url import DatabaseAddress, parse
from lianxue.platform.installation import prepare_environment
from lianxue.platform.postgres.temporary import temporary_server
from lianxue.platform.trouble import Trouble

HELP = {"-h", "--help"}


def run(arguments: list[str]) -> int:
    """Pass the arguments to the demonstration's `simulate` command, on an empty and migrated database."""
    from django.core.management import execute_from_command_line

    with _own_home():
        prepare_environment()
        if not arguments or HELP & set(arguments):
            execute_from_command_line(["lianxue", "simulate", "--help"])
            return 0
        with _own_database() as address:
            os.environ["DATABASE_URL"] = address.url()
            import django

            django.setup()
            from lianxue.platform import preparation

            preparation.check_database()
            preparation.migrate()
            execute_from_command_line(["lianxue", "simulate", *arguments])
    return 0


@contextmanager
def _own_home() -> Iterator[None]:
    """Keep pictures and keys of the simulation apart from the real ones."""
    home = tempfile.mkdtemp(prefix="lianxue-simulation-")
    os.environ["LIANXUE_HOME"] = home
    try:
        yield
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _own_database() -> Iterator[DatabaseAddress]:
    """Make a database beside the one DATABASE_URL names, or else start a server for this alone."""
    named = os.environ.get("DATABASE_URL")
    if not named:
        yield temporary_server().address()
        return
    address = parse(named)
    own = address.named(f"lianxue_simulation_{secrets.token_hex(4)}")
    name = sql.Identifier(own.name)
    with psycopg.connect(address.url(), autocommit=True) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        except psycopg.errors.InsufficientPrivilege:
            raise Trouble(
                f"A simulation uses a database of its own, and {address.user} may not make one: "
                f"ALTER ROLE {address.user} CREATEDB"
            ) from None
    try:
        yield own
    finally:
        with psycopg.connect(address.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
