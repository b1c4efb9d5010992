"""Decision records are short, numbered without gaps, and name what was not chosen; CI calls one command."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 25


def test_decision_records() -> None:
    records = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    for path in records:
        text = path.read_text()
        assert len(text.splitlines()) <= LONGEST, path
        assert re.search(r"^## Rejected$", text, re.MULTILINE), path
        assert text.startswith(f"# {int(path.name[:4])}. "), path


def test_changelog_fragments_have_a_known_kind() -> None:
    kinds = {path.suffixes[-2] for path in (ROOT / "changelog.d").glob("[+0-9]*.md")}
    assert kinds <= {".added", ".changed", ".fixed", ".security"}


def test_ci_calls_make_test_and_nothing_else() -> None:
    lines = [
        line for line in (ROOT / ".ci/run").read_text().splitlines() if line and not line.startswith("#")
    ]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]
