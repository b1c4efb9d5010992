"""The demonstration network is loaded once and to its end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from lianxue.accounts.public import Person, create_person
from lianxue.kernel.clock import now
from lianxue.orgs.public import Actor
from lianxue.platform.demonstration import load_into_empty, load_once
from lianxue.platform.trouble import Trouble

Step = Callable[[str, int, int], None]


def register(username: str) -> None:
    create_person(actor=Actor.platform(), at=now(), username=username, full_name=username)


def load_well(step: Step) -> None:
    register("whole")
    step("People", 1, 1)


def break_off(step: Step) -> None:
    register("half")
    (Path(settings.MEDIA_ROOT) / "half.jpg").write_bytes(b"half")
    raise KeyboardInterrupt


def people() -> list[str]:
    return list(Person.objects.values_list("username", flat=True))


@pytest.fixture(autouse=True)
def _own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "files")
    (tmp_path / "files").mkdir()


def test_it_is_loaded_once(own_database: None) -> None:
    assert load_once(load_well) == [], "accounts are told for posts that are in force"
    assert people() == ["whole"]
    load_once(break_off)
    assert people() == ["whole"]
    with pytest.raises(Trouble, match="already holds people"):
        load_into_empty()


def test_what_was_broken_off_starts_afresh(own_database: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        load_once(break_off)
    assert people() == ["half"]
    load_once(load_well)
    assert "it starts afresh" in capsys.readouterr().err
    assert people() == ["whole"]
    assert not (Path(settings.MEDIA_ROOT) / "half.jpg").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('synchronous_commit'), obj_description('django_migrations'::regclass)"
        )
        assert cursor.fetchone()[1] is None
    load_once(break_off)
    assert people() == ["whole"]


def test_a_database_with_people_of_its_own_is_left_alone(own_database: None) -> None:
    register("real")
    load_once(break_off)
    assert people() == ["real"]
