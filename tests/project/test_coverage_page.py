"""docs/coverage.md tells the truth as far as a program can see: tests, addresses and commands that it names exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from lianxue.platform.command import OWN

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "coverage.md"

# The numbers that the source document's requirements have; between the groups there are gaps.
NUMBERS = [*range(1, 15), *range(20, 34), *range(40, 49), *range(50, 60)]
REQUIRED = {f"S0-{number:02d}" for number in NUMBERS}

ID = re.compile(r"S\d-\d{2,3}")
ROW = re.compile(r"^\| (S\d-\d{2,3}) \|", re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
SAMPLE = re.compile(r"<[a-z_]+>")


def section(title: str) -> str:
    """Return the part of the page below the heading ``title``."""
    return PAGE.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> dict[str, str]:
    """Return the line of each requirement in a table, by its ID."""
    lines = [line for line in section(title).splitlines() if ROW.match(line)]
    found = {line[2:].split(" |")[0]: line for line in lines}
    assert len(found) == len(lines), "an ID stands in one line of a table"
    return found


def spans() -> list[str]:
    """Return everything that the page sets as code."""
    return SPAN.findall(PAGE.read_text(encoding="utf-8"))


@cache
def functions_in(name: str) -> frozenset[str]:
    path = ROOT / "tests" / name
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_requirement_of_the_source_stands_in_one_of_the_tables() -> None:
    works, waits = rows("What works"), rows("What does not work yet")
    assert {name for name in works | waits if name.startswith("S0-")} == REQUIRED
    assert [name for name in works.keys() & waits.keys() if "partly" not in works[name]] == []
    assert [name for name in works.keys() - waits.keys() if "partly" in works[name]] == []


def test_every_id_in_the_code_is_told() -> None:
    used = {
        name
        for path in (ROOT / "src" / "lianxue").rglob("*.py")
        for name in ID.findall(path.read_text(encoding="utf-8"))
    }
    assert used - rows("What works").keys() - rows("What does not work yet").keys() == set()


def test_every_line_of_what_works_names_a_place_and_a_test() -> None:
    for name, line in rows("What works").items():
        _id, _wording, what, where, shown = line.strip("| ").split(" | ")
        assert what, name
        assert SPAN.search(where), name
        assert "::test_" in shown, name


def test_every_test_that_is_named_exists() -> None:
    named = [span for span in spans() if "::" in span]
    assert len(named) > len(REQUIRED)
    missing = []
    for span in named:
        name, _, test = span.partition("::")
        if test not in functions_in(name):
            missing.append(span)
    assert missing == []


def test_every_address_that_is_named_leads_somewhere() -> None:
    addresses = [span for span in spans() if span.startswith("/")]
    assert addresses
    dead = []
    for address in addresses:
        try:
            resolve(SAMPLE.sub("1", address))
        except Resolver404:
            dead.append(address)
    assert dead == []


def test_every_command_that_is_named_exists() -> None:
    commands = {span.split()[1] for span in spans() if span.startswith("lianxue ")}
    assert commands
    assert commands - OWN - get_commands().keys() == set()


@pytest.mark.parametrize("page", ["developers.md", "coverage.md", "officials.md", "officials.zh-CN.md"])
def test_every_file_that_is_named_exists(page: str) -> None:
    path = ROOT / "docs" / page
    text = path.read_text(encoding="utf-8")
    targets = [path.parent / link.split("#")[0] for link in re.findall(r"\]\(([^)#:\s]+)\)", text)]
    targets += [ROOT / name for name in re.findall(r"`((?:src|tests|docs|tools)/[\w./]+)`", text)]
    assert [str(target.relative_to(ROOT)) for target in targets if not target.exists()] == []
