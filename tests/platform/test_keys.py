"""The keys of an installation."""

import base64
from pathlib import Path

import pytest

from lianxue.platform.keys import BadKeys, Keys, make_missing_keys, read_keys

NAMES = ["SECRET_KEY", "SEALING_KEYS", "BLIND_INDEX_KEY"]


@pytest.fixture(autouse=True)
def _no_keys_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_first_start_makes_keys_that_only_the_owner_may_read(tmp_path: Path) -> None:
    directory = tmp_path / "secrets"
    assert make_missing_keys(directory) == NAMES
    assert directory.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in directory.iterdir()] == [0o600] * 3
    keys = read_keys(directory)
    assert len(keys.secret_key) >= 50
    assert list(keys.sealing_keys) == ["k1"]
    assert len(base64.b64decode(keys.sealing_keys["k1"])) == 32
    assert len(base64.b64decode(keys.blind_index_key)) == 32


def test_a_second_start_keeps_them(tmp_path: Path) -> None:
    make_missing_keys(tmp_path)
    before = read_keys(tmp_path)
    assert make_missing_keys(tmp_path) == []
    assert read_keys(tmp_path) == before


def test_the_environment_goes_before_files_and_nothing_is_made_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, other = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
    monkeypatch.setenv("SEALING_KEYS", f"k2:{other}, k1:{key}")
    assert make_missing_keys(tmp_path) == ["SECRET_KEY", "BLIND_INDEX_KEY"]
    assert list(read_keys(tmp_path).sealing_keys.items()) == [("k2", other), ("k1", key)]


def test_an_installation_that_was_never_started_has_empty_keys(tmp_path: Path) -> None:
    assert read_keys(tmp_path / "nowhere") == Keys("", {}, "")


@pytest.mark.parametrize(
    "text", ["k1", "k1:short", "k 1:" + "A" * 44, "k1:*", ":" + base64.b64encode(b"x" * 32).decode()]
)
def test_broken_keys_are_refused_without_repeating_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("SEALING_KEYS", text)
    with pytest.raises(BadKeys) as refusal:
        read_keys(tmp_path)
    assert text not in str(refusal.value)


def test_two_keys_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = base64.b64encode(b"x" * 32).decode()
    monkeypatch.setenv("SEALING_KEYS", f"k1:{key},k1:{key}")
    with pytest.raises(BadKeys):
        read_keys(tmp_path)
