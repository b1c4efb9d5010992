"""The rules of the house that no other tool checks, and that the tools which check the others do bite."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from grimp import ImportGraph
from tools.door import DoorContract

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for path in (ROOT / "src" / "lianxue").rglob("*.py") if "migrations" not in path.parts)
SAID_NOTHING = {
    "base",
    "common",
    "core",
    "extras",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "manager",
    "managers",
}
SAID_NOTHING |= {"misc", "service", "services", "util", "utils"}
LONGEST_MODULE = 500
LONGEST_FUNCTION = 80


def tracked() -> list[Path]:
    """Return the files under version control, or every file of ours where there is none."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0 and listing.stdout:
        return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]
    ours = ("src", "tests", "tools", "docs", "changelog.d", "requirements")
    return [path for name in ours for path in (ROOT / name).rglob("*") if path.is_file()]


def test_modules_and_functions_keep_their_size() -> None:
    too_long = []
    for path in MODULES:
        text = path.read_text()
        lines = text.count("\n")
        if lines > LONGEST_MODULE:
            too_long.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    too_long.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")
    assert too_long == []


def test_module_names_say_something() -> None:
    assert [path for path in MODULES if {path.stem, path.parent.name} & SAID_NOTHING] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path for path in MODULES if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_migrations_are_linear_named_and_know_no_models() -> None:
    wrong = []
    for directory in (ROOT / "src" / "lianxue").glob("*/migrations"):
        numbers = sorted(path.name[:4] for path in directory.glob("[0-9]*.py"))
        if numbers != [f"{number:04d}" for number in range(1, len(numbers) + 1)]:
            wrong.append(f"{directory}: {numbers}")
        for path in directory.glob("[0-9]*.py"):
            text = path.read_text()
            if "_auto_" in path.name or re.search(
                r"^from lianxue\.\w+(\.models)? import (?!.*Field)", text, re.MULTILINE
            ):
                wrong.append(path.name)
    assert wrong == []


def test_nothing_in_the_project_points_to_one_machine() -> None:
    private = re.compile(
        r"(?<![\w/.])/(work|root|home/\w+)/|localhost:\d{4}/simple|https?://[^\s\"']*/simple\b"
    )
    found = []
    for path in tracked():
        if path.suffix in {
            ".woff2",
            ".ttf",
            ".png",
            ".jpg",
            ".ico",
            ".xlsx",
            ".docx",
            ".pdf",
        } or path == Path(__file__):
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in private.finditer(text)]
    assert found == []


def test_no_import_is_excused_from_a_contract() -> None:
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()


def test_every_feature_stands_under_the_contracts() -> None:
    contracts = (ROOT / ".importlinter").read_text()
    for path in (ROOT / "src" / "lianxue").glob("*/public.py"):
        if path.parent.name != "demo":  # a roof, like web and platform: it has no layers below its door
            assert contracts.count(f"\n    lianxue.{path.parent.name}\n") == 2, path


def test_the_door_contract_bites() -> None:
    graph = ImportGraph()
    for module in [
        "x.shop",
        "x.shop.public",
        "x.shop.models",
        "x.shop.models.row",
        "x.shop.rules",
        "x.street",
    ]:
        graph.add_module(module)
    for imported in ["x.shop.public", "x.shop.models.row", "x.shop.rules", "x.shop"]:
        graph.add_import(importer="x.street", imported=imported, line_number=7, line_contents="…")
    graph.add_import(importer="x.shop.public", imported="x.shop.rules", line_number=1, line_contents="…")
    contract = DoorContract("doors", {}, {"features": ["x.shop"]})
    outcome = contract.check(graph, verbose=False)
    assert not outcome.kept
    assert outcome.metadata["around"] == [("x.street", "x.shop", 7), ("x.street", "x.shop.rules", 7)]


BAD = {
    "src/lianxue/orgs/operations/late.py": "from datetime import datetime\nx = datetime.now()\n",
    "src/lianxue/orgs/operations/page.py": "from django.http import HttpRequest\n",
    "src/lianxue/orgs/operations/clock.py": "from lianxue.kernel.clock import now\n",
    "src/lianxue/orgs/interfaces/web/change.py": "def view(request, post):\n    post.save()\n",
    "src/lianxue/orgs/subscribers.py": "from django.db.models.signals import post_save\n",
    "src/lianxue/orgs/interfaces/web/open.py": "from django.views.decorators.csrf import csrf_exempt\ncsrf_exempt(x)\n",
}


@pytest.mark.parametrize("name", BAD)
def test_the_ast_rules_bite(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(BAD[name])
    (tmp_path / "sgconfig.yml").write_text(f"ruleDirs: [{ROOT / 'tools/rules'}]\n")
    program = Path(sys.executable).with_name("ast-grep")
    outcome = subprocess.run(
        [program, "scan", "--error"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 1, outcome.stdout
    assert path.name in outcome.stdout
