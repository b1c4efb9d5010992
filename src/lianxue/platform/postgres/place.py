"""Which directory holds the embedded database.

An ordinary user's database lies in `var/postgres` below the project. Root's cannot: the server runs under an account
of its own, which may not be allowed through the parent directories of the project, and their permissions are not ours
to widen. It lies below /var/lib/lianxue instead, and a small file in `var/postgres` remembers where.
"""

import os
import pwd
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from lianxue.platform.places import Places
from lianxue.platform.postgres.account import Account, server_account
from lianxue.platform.postgres.errors import DatabaseTrouble

SYSTEM_SHELF = Path("/var/lib/lianxue")
POINTER = "place"
OWNER = "belongs-to"


@dataclass(frozen=True)
class DatabasePlace:
    """A directory of our own, and the account to run the server with (None: ourselves)."""

    home: Path
    account: Account | None


def known_home(places: Places) -> Path:
    """Return where the database is, or would be made, without making anything."""
    named = os.environ.get("LIANXUE_DATABASE_DIR")
    if named:
        return Path(named).expanduser().resolve()
    pointer = places.postgres / POINTER
    if pointer.is_file():
        return Path(pointer.read_text().strip())
    return places.postgres


def settle(places: Places) -> DatabasePlace:
    """Find the place of the database and make its directory where there is none yet."""
    home = known_home(places)
    if os.geteuid() != 0:
        _refuse_foreign(home)
        _make_private(home, None)
        return DatabasePlace(home, None)
    owner = _owner_of_data(home)
    if owner:  # made by an ordinary user, now run by root: keep its account
        return DatabasePlace(home, owner)
    account = server_account()
    if home == places.postgres:
        home = _new_system_place(places)
    _refuse_copied(home, places)
    _make_private(home, account)
    return DatabasePlace(home, account)


def forget(places: Places) -> None:
    """Drop the note of where the database was, after the database itself is gone."""
    (places.postgres / POINTER).unlink(missing_ok=True)


def _owner_of_data(home: Path) -> Account | None:
    data = home / "data"
    if not data.is_dir():
        return None
    status = data.stat()
    if status.st_uid == 0:
        return None
    try:
        name = pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        name = str(status.st_uid)
    return Account(name, status.st_uid, status.st_gid)


def _new_system_place(places: Places) -> Path:
    """Choose a new directory for root's database and note it in the project."""
    word = re.sub(r"[^a-z0-9]+", "-", places.home.name.lower()).strip("-")[:20] or "site"
    home = SYSTEM_SHELF / f"{word}-{secrets.token_hex(4)}"
    if not SYSTEM_SHELF.exists():
        SYSTEM_SHELF.mkdir(parents=True)
        SYSTEM_SHELF.chmod(0o755)
    home.mkdir(mode=0o700)
    (home / OWNER).write_text(f"{places.home}\n")
    places.postgres.mkdir(parents=True, exist_ok=True)
    (places.postgres / POINTER).write_text(f"{home}\n")
    return home


def _refuse_copied(home: Path, places: Places) -> None:
    """Refuse when this project directory is a copy of another one that still uses the same database."""
    note = home / OWNER
    if not note.is_file():
        return
    other = Path(note.read_text().strip())
    if other == places.home:
        return
    pointer = other / "var" / "postgres" / POINTER
    if pointer.is_file() and pointer.read_text().strip() == str(home):
        raise DatabaseTrouble(
            f"This directory is a copy of {other}, and both point to the same database {home}. "
            f"Remove {places.postgres / POINTER} to give this copy a database of its own."
        )
    note.write_text(f"{places.home}\n")  # the project directory was moved


def _refuse_foreign(home: Path) -> None:
    if home.exists() and not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise DatabaseTrouble(
            f"The database in {home} belongs to another account (it was made by root, perhaps). "
            "Run this as that account, or set LIANXUE_HOME to a directory of your own."
        )


def _make_private(home: Path, account: Account | None) -> None:
    """Make `home` if need be. Only a directory that we made, or an empty one, is given to the account."""
    if not home.exists():
        home.mkdir(parents=True, mode=0o700)
    if account and home.stat().st_uid != account.uid:
        if {entry.name for entry in home.iterdir()} - {OWNER}:
            raise DatabaseTrouble(
                f"{home} holds other files. Name an empty or a new directory for the database."
            )
        os.chown(home, account.uid, account.gid)
        home.chmod(0o700)
