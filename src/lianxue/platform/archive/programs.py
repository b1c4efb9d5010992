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


def program(name: str, address: DatabaseAddress, *, major: int | None = None) -> Path:
    """Return the bundled program, or the system's where that one serves better.

    With `major`, a program of the server's own version comes first: it alone knows what a later security release
    has changed in that version's catalogues. The bundled programs are built without TLS, which a server on another
    machine may insist on; then the system's must do.
    """
    if major is not None:
        for directory in (f"/usr/lib/postgresql/{major}/bin", f"/usr/pgsql-{major}/bin"):
            if (Path(directory) / name).is_file():
                return Path(directory) / name
    found = shutil.which(name)
    if address.options.get("sslmode") in ENCRYPTED:
        if found is None:
            raise Trouble(
                f"The database wants an encrypted connection, for which the bundled {name} is not built. "
                "Install PostgreSQL's client programs (Debian: apt install postgresql-client)."
            )
        return Path(found)
    try:
        return wheel_programs() / name
    except DatabaseTrouble:
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
