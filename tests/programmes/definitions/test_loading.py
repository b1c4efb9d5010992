"""Definitions are found in features and in the installation's home; a fault stops the start and is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import Error
from django.utils import translation
from tests.programmes.definitions.trial import TRIAL

from lianxue.kernel.errors import NotFound
from lianxue.programmes.errors import BadDefinitions
from lianxue.programmes.queries import definitions
from lianxue.programmes.subscribers.faults import definitions_are_right


@pytest.fixture
def home(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory of an office's own definitions, in force for this test only."""
    path = tmp_path / "definitions"
    path.mkdir()
    settings.PROGRAMME_DEFINITIONS = path  # type: ignore[attr-defined]  # pytest-django: any setting
    monkeypatch.setattr(definitions, "_current", definitions.Loaded())
    return path


def test_what_features_bring_is_there() -> None:
    codes = [kept.definition.code for kept in definitions.latest_definitions()]
    assert {"service-team-roster", "service-team-recommendation", "demonstration-streets"} <= set(codes)
    kept = definitions.latest_definition("service-team-roster")
    assert len(kept.digest) == 64
    assert definitions.parse_definition(kept.text, "x") == definitions.parse_definition(kept.text, "x")
    with pytest.raises(NotFound):
        definitions.latest_definition("nothing")
    with pytest.raises(NotFound):
        definitions.kept_definition("service-team-roster", "1999")


def test_an_office_adds_its_own_file_and_a_newer_version_of_it(home: Path) -> None:
    (home / "a.yaml").write_text(TRIAL, encoding="utf-8")
    (home / "b.yaml").write_text(TRIAL.replace('version: "1"', 'version: "10"'), encoding="utf-8")
    (home / "c.yaml").write_text(TRIAL.replace('version: "1"', 'version: "9"'), encoding="utf-8")
    (home / "notes.txt").write_text("nothing", encoding="utf-8")
    assert definitions.load_at_start().faults == []
    assert definitions.latest_definition("trial").definition.version == "10"
    assert definitions.versions_of("trial") == ["10", "9", "1"]
    assert definitions.kept_definition("trial", "9").path.name == "c.yaml"


def test_the_same_version_twice_is_refused(home: Path) -> None:
    (home / "a.yaml").write_text(TRIAL, encoding="utf-8")
    (home / "b.yaml").write_text(TRIAL, encoding="utf-8")
    with translation.override("en"), pytest.raises(BadDefinitions) as refused:
        definitions.load_at_start()
    assert str(refused.value).splitlines() == [
        "Definitions of programmes cannot be used. Please mend:",
        "  b.yaml:1: “trial” in version 1 stands in a.yaml already: give this one another version.",
    ]


def test_all_faults_of_all_files_stop_the_start(home: Path, settings: object) -> None:
    (home / "a.yaml").write_text(TRIAL.replace("numbers:", "nubmers:"), encoding="utf-8")
    (home / "b.yaml").write_text("code: [", encoding="utf-8")
    (home / "c.yaml").mkdir()
    with translation.override("en"), pytest.raises(BadDefinitions) as refused:
        definitions.load_at_start()
    lines = str(refused.value).splitlines()
    assert lines[1] == "  a.yaml:5: Unknown key “nubmers”. Did you mean “numbers”?"
    assert lines[2].startswith("  b.yaml:1: This cannot be read as YAML: ")
    assert lines[3] == "  c.yaml:1: The file cannot be read: Is a directory."
    settings.PROGRAMME_FAULTS_STOP = False  # type: ignore[attr-defined]  # pytest-django: any setting
    with translation.override("en"):
        definitions.load_at_start()
    told = definitions_are_right()
    assert [type(one) for one in told] == [Error] * 3
    assert told[0].id == "programmes.E001"
    assert told[0].msg == lines[1].strip()


def lianxue(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does, without any database."""
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "LIANXUE_TESTING"}
    }
    return subprocess.run(
        [Path(sys.executable).with_name("lianxue"), *words],
        env={**environment, "LIANXUE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_tells_faults_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "definitions").mkdir()
    bad = tmp_path / "definitions" / "roster.yaml"
    bad.write_text(TRIAL.replace("least: 3", "least: 9"), encoding="utf-8")
    all_of_them = lianxue("definitions", "check", home=tmp_path)
    assert all_of_them.returncode == 1
    assert all_of_them.stdout.splitlines()[0] == "roster.yaml:61: 下限 9 大于上限 5。"
    started = lianxue("check", home=tmp_path)
    assert started.returncode == 1
    assert "  roster.yaml:61: 下限 9 大于上限 5。" in started.stderr.splitlines()
    assert "Traceback" not in started.stderr
    bad.write_text(TRIAL, encoding="utf-8")
    right = lianxue("definitions", "check", str(bad), home=tmp_path)
    assert (right.returncode, right.stdout.splitlines()) == (0, ["roster.yaml: 试报 (trial 1)", "No faults."])
