"""Write a backup."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg

from lianxue import __version__
from lianxue.platform.archive import programs, tables
from lianxue.platform.archive.manifest import DUMP, FILES, KEYS, MANIFEST, SEAL, Manifest, Piece, key_marks
from lianxue.platform.database_url import DatabaseAddress
from lianxue.platform.keys import read_keys
from lianxue.platform.places import Places
from lianxue.platform.trouble import Trouble

CHUNK = 1024 * 1024
Tell = Callable[[str, int, int], None]


def write_backup(
    target: Path, *, places: Places, address: DatabaseAddress, with_keys: bool, tell: Tell
) -> Manifest:
    """Write database and files into `target`, which appears only when it is complete.

    The database is read in one snapshot, so that a running site may go on. Raises Trouble.
    """
    if target.exists():
        raise Trouble(f"{target} exists already; a backup never overwrites another.")
    if not target.parent.is_dir():
        raise Trouble(f"There is no directory {target.parent}.")
    with tempfile.TemporaryDirectory(prefix=".lianxue-backup-", dir=target.parent) as scratch:
        dump, unfinished = Path(scratch) / DUMP, Path(scratch) / "archive.tar"
        tell("Database", 0, 1)
        manifest = _dump(dump, places, address)
        tell("Database", 1, 1)
        pieces: dict[str, Piece] = {}
        with tarfile.open(unfinished, "w", format=tarfile.PAX_FORMAT) as archive:
            pieces[DUMP] = _add(archive, DUMP, dump)
            files = list(_stored(places.files))
            for done, path in enumerate(files, start=1):
                name = FILES + path.relative_to(places.files).as_posix()
                pieces[name] = _add(archive, name, path)
                tell("Files", done, len(files))
            if with_keys:
                for path in _stored(places.keys):
                    pieces[KEYS + path.name] = _add(archive, KEYS + path.name, path)
            manifest = replace(manifest, pieces=pieces)
            contents = manifest.to_json()
            _add_bytes(archive, MANIFEST, contents)
            _add_bytes(archive, SEAL, hashlib.sha256(contents).hexdigest().encode())
        unfinished.chmod(0o600)
        _to_disk(unfinished)
        unfinished.rename(target)
    return manifest


def _dump(dump: Path, places: Places, address: DatabaseAddress) -> Manifest:
    """Dump the database and count its rows in the same snapshot."""
    with psycopg.connect(address.url()) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot(), current_setting('server_version')").fetchone()
        snapshot, server = row or ("", "")
        applied = tables.migrations(connection)
        if not applied:
            raise Trouble("There is nothing to back up: the database is empty.")
        command: list[str | Path] = [
            programs.program("pg_dump", address, major=connection.info.server_version // 10_000),
            "--format=custom",
            "--compress=6",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={dump}",
        ]
        command += [f"--exclude-table-data=public.{name}" for name in tables.LEFT_OUT]
        programs.run(command, address, "Dumping the database")
        return Manifest(
            release=__version__,
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            server=server,
            migrations=applied,
            rows=tables.row_counts(connection),
            key_marks=key_marks(read_keys(places.keys)),
        )


def _stored(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file() and not path.is_symlink())


def _add(archive: tarfile.TarFile, name: str, path: Path) -> Piece:
    """Add a file under `name`, with its digest taken from the very bytes that are written."""
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(source.fileno()).st_size
        entry.mode = 0o600
        reader = _Digesting(source)
        archive.addfile(entry, reader)
        return Piece(entry.size, reader.digest.hexdigest())


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(data))


class _Digesting(io.RawIOBase):
    """A file that computes the digest of what is read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
