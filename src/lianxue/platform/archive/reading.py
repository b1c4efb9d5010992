"""Read a backup back: prove it whole, then replace database and files."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from lianxue.platform.archive import programs, tables
from lianxue.platform.archive.emptying import EMPTY
from lianxue.platform.archive.manifest import (
    DUMP,
    FILES,
    KEYS,
    MANIFEST,
    SEAL,
    Manifest,
    Piece,
    read_manifest,
)
from lianxue.platform.database_url import DatabaseAddress
from lianxue.platform.places import Places
from lianxue.platform.trouble import Trouble

CHUNK = 1024 * 1024
LEAVING_SECONDS = 2
Tell = Callable[[str, int, int], None]

# Runs inside the same transaction as the restore: a table with another number of rows undoes everything.
_COMPARE = """
DO $$
DECLARE wanted record; found bigint;
BEGIN
    FOR wanted IN SELECT key AS name, value::bigint AS rows FROM jsonb_each_text({counts}::jsonb)
    LOOP
        EXECUTE format('SELECT count(*) FROM public.%I', wanted.name) INTO found;
        IF found <> wanted.rows THEN
            RAISE EXCEPTION 'table % has % rows, the archive says %', wanted.name, found, wanted.rows;
        END IF;
    END LOOP;
END $$;
"""


def open_backup(source: Path, tell: Tell) -> Manifest:
    """Read an archive from end to end and compare every file with its digest. Raises Trouble."""
    if not source.is_file():
        raise Trouble(f"There is no file {source}.")
    try:
        with tarfile.open(source, "r:") as archive:
            members = {member.name: member for member in archive.getmembers()}
            contents = _read(archive, members[MANIFEST])
            if hashlib.sha256(contents).hexdigest().encode() != _read(archive, members[SEAL]):
                raise Trouble("The archive is damaged: its list of contents is not what was written.")
            manifest = read_manifest(contents)
            strays = members.keys() - manifest.pieces.keys() - {MANIFEST, SEAL}
            missing = manifest.pieces.keys() - members.keys()
            if strays or missing or DUMP not in manifest.pieces:
                raise Trouble(
                    f"The archive does not hold what its list says: {sorted(strays | missing)[:3] or DUMP}"
                )
            for done, (name, piece) in enumerate(manifest.pieces.items(), start=1):
                _verify(archive, members[name], piece)
                tell("Checking", done, len(manifest.pieces))
    except (tarfile.TarError, KeyError, EOFError, OSError) as error:
        raise Trouble(f"{source} is not a backup of Lianxue, or it is damaged ({error}).") from None
    return manifest


def refuse_if_used(*, places: Places, address: DatabaseAddress) -> None:
    """Raise Trouble when the database or the directory of files holds anything."""
    with psycopg.connect(address.url()) as connection:
        found = tables.tables(connection)
    files = places.files.is_dir() and any(path.is_file() for path in places.files.rglob("*"))
    if found or files:
        what = " and ".join(filter(None, ["tables" if found else "", "files" if files else ""]))
        raise Trouble(
            f"This installation already holds {what}. Restore into an empty one, or say --replace: "
            "then everything in it is deleted first."
        )


def refuse_if_running(address: DatabaseAddress) -> None:
    """Raise Trouble while web servers or workers are connected; what has just been stopped gets a moment to leave."""
    with psycopg.connect(address.url(), autocommit=True) as connection:
        deadline = time.monotonic() + LEAVING_SECONDS
        while (others := tables.others_connected(connection)) and time.monotonic() < deadline:
            time.sleep(0.1)
    if others:
        raise Trouble(f"{others} other connections use the database. Stop Lianxue first, then restore.")


def restore_keys(source: Path, manifest: Manifest, places: Places) -> None:
    """Unpack the keys of an archive that has them, unless other keys are there."""
    with tarfile.open(source, "r:") as archive:
        for name in [name for name in manifest.pieces if name.startswith(KEYS)]:
            target = places.keys / name.removeprefix(KEYS)
            data = _read(archive, archive.getmember(name))
            if target.exists():
                if target.read_bytes() != data:
                    raise Trouble(
                        f"{target} holds another key than the archive. Move it away first if it is not needed."
                    )
                continue
            places.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.touch(mode=0o600)
            target.write_bytes(data)


def restore(
    source: Path, manifest: Manifest, *, places: Places, address: DatabaseAddress, tell: Tell
) -> None:
    """Put the archive's content in the place of what is there.

    Files are unpacked aside first; then the database is replaced in one transaction, which also compares row counts;
    then the directories of files change places. A failure before that leaves everything as it was. Raises Trouble.
    """
    aside = places.var / "files.restoring"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    dump = places.var / "database.restoring"
    try:
        with tarfile.open(source, "r:") as archive:
            names = [name for name in manifest.pieces if name.startswith(FILES)]
            for done, name in enumerate(names, start=1):
                _unpack(archive, name, aside / name.removeprefix(FILES))
                tell("Files", done, len(names))
            _unpack(archive, DUMP, dump)
        tell("Database", 0, 1)
        _replace_database(dump, manifest, address)
        tell("Database", 1, 1)
        _change_places(aside, places.files)
    finally:
        dump.unlink(missing_ok=True)
        shutil.rmtree(aside, ignore_errors=True)


def _replace_database(dump: Path, manifest: Manifest, address: DatabaseAddress) -> None:
    """Let psql do everything in one transaction: empty the schema, read the dump, compare, commit."""
    script = dump.with_suffix(".sql")
    try:
        _write_script(dump, script, address)
        compare = sql.SQL(_COMPARE).format(counts=sql.Literal(json.dumps(manifest.rows))).as_string()
        programs.run(
            [
                programs.program("psql", address),
                "--no-psqlrc",
                "--quiet",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                "--output=/dev/null",
                "--command=SET client_min_messages = warning",
                f"--command={EMPTY}",
                f"--file={script}",
                f"--command={compare}",
            ],
            address,
            "Restoring the database, in which nothing was changed,",
        )
    finally:
        script.unlink(missing_ok=True)


def _write_script(dump: Path, script: Path, address: DatabaseAddress) -> None:
    """Turn the dump into SQL that any supported server takes."""
    script.touch(mode=0o600)
    command: list[str | Path] = [
        programs.program("pg_restore", address),
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--file=-",
        dump,
    ]
    reader = subprocess.Popen(
        command, env=programs.environment(address), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    with reader, script.open("wb") as file:
        assert reader.stdout is not None  # noqa: S101  # it is a pipe
        for line in reader.stdout:
            if line.startswith(b"COPY "):  # from here on lines are data
                file.write(line)
                shutil.copyfileobj(reader.stdout, file, CHUNK)
            elif not _of_one_release(line):
                file.write(line)
    if reader.returncode:
        raise Trouble("The dump in the archive cannot be read; nothing was changed.")


def _of_one_release(line: bytes) -> bool:
    """Say whether a line sets something that only servers of some releases know and none needs."""
    return line.startswith(b"SET transaction_timeout ") or (
        line.startswith(b"ALTER TABLE ONLY ") and b" SET (pg_attver=" in line
    )


def _change_places(fresh: Path, current: Path) -> None:
    """Put the new directory of files where the old one was, then delete the old one."""
    old = current.with_name("files.replaced")
    shutil.rmtree(old, ignore_errors=True)
    if current.exists():
        current.rename(old)
    fresh.rename(current)
    shutil.rmtree(old, ignore_errors=True)


def _verify(archive: tarfile.TarFile, member: tarfile.TarInfo, piece: Piece) -> None:
    digest = hashlib.sha256()
    content = _content(archive, member)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    if member.size != piece.size or digest.hexdigest() != piece.sha256:
        raise Trouble(f"The archive is damaged: {member.name} is not what was written.")


def _unpack(archive: tarfile.TarFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        shutil.copyfileobj(_content(archive, archive.getmember(name)), file, CHUNK)
    target.chmod(0o640)


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    return _content(archive, member).read()


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member) if member.isfile() else None
    if content is None:
        raise Trouble(f"The archive holds something else than files: {member.name}")
    return content
