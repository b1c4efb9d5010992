"""The unprivileged system account that runs the server when we ourselves are root.

PostgreSQL refuses to run as root, rightly. As root we make a system account of our own once; where that is not
possible (no `useradd`), an account without privileges that every system has must do.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxue.platform.postgres.errors import DatabaseTrouble

OWN_NAME = "lianxue-db"
STAND_INS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A system account by number."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """Return the account to run the server with, or None when our own account will do (we are not root)."""
    if os.geteuid() != 0:
        return None
    found = _look_up(OWN_NAME) or _make_own()
    if found:
        return found
    for name in STAND_INS:
        if found := _look_up(name):
            return found
    raise DatabaseTrouble(
        "PostgreSQL does not run as root, and no other account could be made or found. "
        "Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
    )


def _look_up(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _make_own() -> Account | None:
    """Make the system account; None where the system has no tool for it or refuses."""
    quiet = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    recipes = (
        ["useradd", "--system", "--user-group", *quiet, OWN_NAME],
        ["adduser", "-S", "-D", "-H", OWN_NAME],
    )
    for recipe in recipes:
        if shutil.which(recipe[0]):
            subprocess.run(recipe, capture_output=True, check=False)
            if found := _look_up(OWN_NAME):
                return found
    return None


def run_as(
    account: Account | None, command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as `account`, from the root directory, and return its output."""
    words = [str(word) for word in command]
    variables = {**os.environ, **(environment or {})}
    if account is None:
        return subprocess.run(words, cwd="/", env=variables, capture_output=True, text=True, check=False)
    variables |= {"HOME": "/", "USER": account.name, "LOGNAME": account.name}
    return subprocess.run(
        words,
        cwd="/",
        env=variables,
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )
