"""PostgreSQL's own programs for dumping and reading back."""

import os
import shutil
import subprocess
from pathlib import Path

from lianxue.platform.database_url import DatabaseAddress
from lianxue.platform.postgres.errors import DatabaseTrouble
from lianxue.platform.postgres.programs import wheel_programs
from lianxue.platform.trouble import Trouble

ENCRYPTED = {"require", "verify-ca", "verify-full"}


def program(name: str, address: DatabaseAddress) -> Path:
    """Return the bundled program, or the system's where the bundled one cannot reach the server.

    The bundled programs are built without TLS, which a server on another machine may insist on.
    """
    if address.options.get("sslmode") in ENCRYPTED:
        found = shutil.which(name)
        if found is None:
            raise Trouble(
                f"The database wants an encrypted connection, for which the bundled {name} is not built. "
                "Install PostgreSQL's client programs (Debian: apt install postgresql-client)."
            )
        return Path(found)
    try:
        return wheel_programs() / name
    except DatabaseTrouble:
        found = shutil.which(name)
        if found is None:
            raise
        return Path(found)


def environment(address: DatabaseAddress) -> dict[str, str]:
    """Return the environment for such a program; a password never stands on a command line."""
    return {**os.environ, **address.to_libpq(), "PGCLIENTENCODING": "UTF8"}


def run(command: list[str | Path], address: DatabaseAddress, purpose: str) -> None:
    """Run a program to its end; raise Trouble with its own words when it fails."""
    outcome = subprocess.run(
        command,
        env=environment(address),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        raise Trouble(f"{purpose} failed: {outcome.stderr.strip()}")
