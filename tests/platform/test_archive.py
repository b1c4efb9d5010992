"""Backup and restore, with PostgreSQL's own programs and real files."""

import hashlib
import io
import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection as django_connection
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from lianxue.platform.archive import tables
from lianxue.platform.archive.manifest import (
    DUMP,
    FORMAT,
    MANIFEST,
    SEAL,
    Manifest,
    Piece,
    key_marks,
    read_manifest,
)
from lianxue.platform.archive.reading import (
    open_backup,
    refuse_if_running,
    refuse_if_used,
    restore,
    restore_keys,
)
from lianxue.platform.archive.writing import write_backup
from lianxue.platform.database_url import DatabaseAddress, parse
from lianxue.platform.keys import make_missing_keys, read_keys
from lianxue.platform.places import Places
from lianxue.platform.trouble import Trouble

Place = tuple[Places, DatabaseAddress]


def quiet(*_: object) -> None:
    """Tell nobody about progress."""


@pytest.fixture
def database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[str | None], DatabaseAddress]]:
    """Return a function that makes databases; all of them are dropped afterwards."""
    server = parse(os.environ["DATABASE_URL"]).named("postgres")
    made: list[str] = []

    def make(template: str | None) -> DatabaseAddress:
        name = f"lianxue_archive_{secrets.token_hex(4)}"
        made.append(name)
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template or "template0")
                )
            )
        return server.named(name)

    with django_db_blocker.unblock():
        django_connection.close()
    yield make
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def full(database: Callable[[str | None], DatabaseAddress], tmp_path: Path) -> Place:
    """Return an installation with the real schema, some rows, files and keys."""
    address = database(str(django_connection.settings_dict["NAME"]))
    with psycopg.connect(address.url()) as connection:
        connection.execute(
            "INSERT INTO django_session VALUES ('living', 'session', now()); "
            "CREATE TABLE odd_words AS SELECT n AS id, E'行 \\t\\n\\\\ ' || n AS word, "
            "decode(md5(n::text), 'hex') AS bytes, CASE WHEN n % 3 = 0 THEN NULL ELSE n END AS maybe "
            "FROM generate_series(1, 500) n; "
            "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''append-only''; END'; "
            "CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON odd_words EXECUTE FUNCTION never()"
        )
    places = Places(home=tmp_path / "full")
    make_missing_keys(places.keys)
    (places.files / "2025" / "展示").mkdir(parents=True)
    (places.files / "2025" / "展示" / "角.jpg").write_bytes(os.urandom(200_000))
    (places.files / "empty").touch()
    return places, address


@pytest.fixture
def empty(database: Callable[[str | None], DatabaseAddress], tmp_path: Path) -> Place:
    return Places(home=tmp_path / "empty"), database(None)


@pytest.fixture
def archive(full: Place, tmp_path: Path) -> Path:
    target = tmp_path / "backup.tar"
    places, address = full
    write_backup(target, places=places, address=address, with_keys=False, tell=quiet)
    return target


def content(address: DatabaseAddress) -> dict[str, tuple[int, str]]:
    """Return row count and digest of every table."""
    found = {}
    with psycopg.connect(address.url()) as connection:
        for name in tables.tables(connection):
            rows = connection.execute(
                sql.SQL(
                    "SELECT count(*), md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {} t"
                ).format(sql.Identifier(name))
            ).fetchone()
            assert rows
            found[name] = (rows[0], rows[1])
    return found


def shape(address: DatabaseAddress) -> dict[str, list[str]]:
    """Return indexes, constraints, triggers, functions and sequences.

    Conditions are left out: PostgreSQL writes the same one with other casts after it has read it once.
    """
    questions = {
        "indexes": "SELECT split_part(indexdef, ' WHERE ', 1) FROM pg_indexes WHERE schemaname = 'public'",
        "constraints": "SELECT conrelid::regclass || ' ' || CASE contype WHEN 'c' THEN conname "
        "ELSE pg_get_constraintdef(oid) END FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
        "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "functions": "SELECT p.oid::regprocedure || md5(prosrc) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace",
        "sequences": "SELECT sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences",
        "extensions": "SELECT extname FROM pg_extension",
    }
    with psycopg.connect(address.url()) as connection:
        return {
            name: sorted(row[0] for row in connection.execute(question).fetchall())  # type: ignore[arg-type]
            for name, question in questions.items()
        }


def files(places: Places) -> dict[str, str]:
    return {
        path.relative_to(places.files).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in places.files.rglob("*")
        if path.is_file()
    }


def put_back(archive: Path, place: Place) -> Manifest:
    places, address = place
    manifest = open_backup(archive, quiet)
    restore(archive, manifest, places=places, address=address, tell=quiet)
    return manifest


def test_an_empty_place_gets_every_table_and_every_file_back(
    full: Place, empty: Place, archive: Path
) -> None:
    refuse_if_used(places=empty[0], address=empty[1])
    put_back(archive, empty)
    wanted = content(full[1])
    assert wanted["odd_words"][0] == 500
    assert wanted["django_session"][0] == 1
    found = content(empty[1])
    assert found.pop("django_session")[0] == 0, "sessions do not come back to life"
    del wanted["django_session"]
    assert found == wanted
    assert shape(empty[1]) == shape(full[1])
    assert files(empty[0]) == files(full[0])
    assert sorted(path.name for path in empty[0].var.iterdir()) == ["files"], "nothing is left lying about"


def test_a_used_place_is_refused_and_replaced_only_as_a_whole(
    full: Place, empty: Place, archive: Path
) -> None:
    put_back(archive, empty)
    with pytest.raises(Trouble, match="already holds tables and files"):
        refuse_if_used(places=empty[0], address=empty[1])
    with psycopg.connect(empty[1].url()) as connection:
        connection.execute("CREATE TABLE later (id serial PRIMARY KEY); CREATE TYPE mood AS ENUM ('calm')")
        connection.execute("DROP TRIGGER stays ON odd_words; DELETE FROM odd_words")
    (empty[0].files / "later.txt").touch()
    put_back(archive, empty)
    assert "later" not in content(empty[1])
    assert shape(empty[1]) == shape(full[1])
    assert files(empty[0]) == files(full[0])


def test_the_archive_tells_what_it_holds_and_is_private(full: Place, archive: Path) -> None:
    manifest = open_backup(archive, quiet)
    counts = {name: rows for name, (rows, _) in content(full[1]).items() if name not in tables.LEFT_OUT}
    assert manifest.rows == counts
    assert sorted(manifest.pieces) == [DUMP, "files/2025/展示/角.jpg", "files/empty"]
    assert "kernel.0001_initial" in manifest.migrations
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in archive.parent.iterdir() if path.name.startswith(".")] == []


def test_keys_travel_only_when_asked_and_never_overwrite_others(
    full: Place, empty: Place, tmp_path: Path
) -> None:
    with_keys = tmp_path / "with-keys.tar"
    write_backup(with_keys, places=full[0], address=full[1], with_keys=True, tell=quiet)
    manifest = open_backup(with_keys, quiet)
    assert manifest.holds_keys
    restore_keys(with_keys, manifest, empty[0])
    assert read_keys(empty[0].keys) == read_keys(full[0].keys)
    assert {path.stat().st_mode & 0o777 for path in empty[0].keys.iterdir()} == {0o600}
    (empty[0].keys / "secret_key").write_text("another\n")
    with pytest.raises(Trouble, match="holds another key"):
        restore_keys(with_keys, manifest, empty[0])


def test_key_marks_recognise_keys_and_tell_nothing(full: Place, archive: Path) -> None:
    keys = read_keys(full[0].keys)
    marks = open_backup(archive, quiet).key_marks
    assert marks == key_marks(keys)
    assert sorted(marks) == ["blind index", "k1"]
    assert keys.sealing_keys["k1"] not in json.dumps(marks)


def test_a_running_site_is_noticed(full: Place) -> None:
    refuse_if_running(full[1])
    with (
        psycopg.connect(full[1].url()),
        pytest.raises(Trouble, match="1 other connections use the database"),
    ):
        refuse_if_running(full[1])


def test_a_wrong_row_count_undoes_the_restore(full: Place, empty: Place, archive: Path) -> None:
    put_back(archive, empty)
    before = content(empty[1]), files(empty[0])
    manifest = open_backup(archive, quiet)
    manifest.rows["odd_words"] = 501
    with pytest.raises(Trouble, match="table odd_words has 500 rows, the archive says 501"):
        restore(archive, manifest, places=empty[0], address=empty[1], tell=quiet)
    assert (content(empty[1]), files(empty[0])) == before
    assert sorted(path.name for path in empty[0].var.iterdir()) == ["files"]


def test_a_backup_never_overwrites_another(full: Place, archive: Path) -> None:
    with pytest.raises(Trouble, match="exists already"):
        write_backup(archive, places=full[0], address=full[1], with_keys=False, tell=quiet)
    with pytest.raises(Trouble, match="There is no directory"):
        write_backup(archive / "x.tar", places=full[0], address=full[1], with_keys=False, tell=quiet)


def test_an_empty_database_is_not_backed_up(empty: Place, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="nothing to back up"):
        write_backup(tmp_path / "none.tar", places=empty[0], address=empty[1], with_keys=False, tell=quiet)
    assert list(tmp_path.glob("*.tar")) == []


# --- damaged and hostile archives ----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [b"PGDMP", b"ustar", b'"rows"'])
def test_one_changed_byte_is_noticed_before_anything_is_touched(archive: Path, place: bytes) -> None:
    data = bytearray(archive.read_bytes())
    data[data.rindex(place) + len(place) + 40] ^= 0x01
    archive.write_bytes(data)
    with pytest.raises(Trouble):
        open_backup(archive, quiet)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_cut_archive_is_noticed(archive: Path, share: float) -> None:
    with archive.open("r+b") as file:
        file.truncate(int(archive.stat().st_size * share))
    with pytest.raises(Trouble, match="damaged"):
        open_backup(archive, quiet)


def pack(
    path: Path, pieces: dict[str, bytes], listed: dict[str, bytes] | None = None, **changes: object
) -> Path:
    """Write an archive by hand."""
    manifest = {
        "format": FORMAT,
        "release": "0",
        "created_at": "",
        "server": "",
        "migrations": [],
        "rows": {},
        "key_marks": {},
        "pieces": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in (listed or pieces).items()
        },
    }
    text = json.dumps(manifest | changes).encode()
    seal = hashlib.sha256(text).hexdigest().encode()
    with tarfile.open(path, "w") as archive:
        for name, data in {**pieces, MANIFEST: text, SEAL: seal}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


@pytest.mark.parametrize(
    "name", ["files/../../etc/passwd", "/etc/passwd", "files\\..\\x", "elsewhere/x", "files/../x"]
)
def test_a_file_that_leads_out_of_the_place_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Trouble, match="not allowed"):
        open_backup(pack(tmp_path / "bad.tar", {DUMP: b"x", name: b"y"}), quiet)


def test_what_the_list_does_not_name_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "bad.tar", {DUMP: b"x", "files/stray": b"y"}, listed={DUMP: b"x"})
    with pytest.raises(Trouble, match="stray"):
        open_backup(path, quiet)
    with pytest.raises(Trouble, match="does not hold"):
        open_backup(pack(tmp_path / "worse.tar", {"files/a": b"y"}), quiet)


def test_a_link_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "bad.tar", {DUMP: b"x"}, listed={DUMP: b"x", "files/link": b""})
    with tarfile.open(path, "a") as archive:
        entry = tarfile.TarInfo("files/link")
        entry.type = tarfile.SYMTYPE
        entry.linkname = "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(Trouble, match="something else than files"):
        open_backup(path, quiet)


def test_a_later_format_and_other_files_are_refused_plainly(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="format 2; this release reads format 1"):
        open_backup(pack(tmp_path / "later.tar", {DUMP: b"x"}, format=2), quiet)
    (tmp_path / "letter.tar").write_text("Dear reader")
    with pytest.raises(Trouble, match="is not a backup of Lianxue"):
        open_backup(tmp_path / "letter.tar", quiet)
    with pytest.raises(Trouble, match="There is no file"):
        open_backup(tmp_path / "nothing.tar", quiet)


def test_a_manifest_is_read_as_it_was_written() -> None:
    manifest = Manifest(
        release="1",
        created_at="2025-11-20T00:00:00+00:00",
        server="18",
        migrations=["a.1"],
        rows={"a": 1},
        key_marks={"k": "m"},
        pieces={DUMP: Piece(1, "x")},
    )
    assert read_manifest(manifest.to_json()) == manifest


def test_a_full_disk_leaves_the_place_as_it_was(
    full: Place, empty: Place, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", no_space)
    with pytest.raises(OSError, match="No space left"):
        put_back(archive, empty)
    refuse_if_used(places=empty[0], address=empty[1])
