"""docs/operators.md names every setting that there is, and none that there is not."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"(?:switch|number|words|environ\.get|_text)\(\s*\"([A-Z][A-Z_]+)\"")
NOT_FOR_OPERATORS = {"LIANXUE_TESTING", "LIANXUE_DEBUG", "PATH"}


def test_every_setting_is_told() -> None:
    used = {
        name for path in (ROOT / "src/lianxue").rglob("*.py") for name in READ.findall(path.read_text())
    } - NOT_FOR_OPERATORS
    table = (ROOT / "docs/operators.md").read_text().split("## Settings")[1].split("\n## ")[0]
    told = {
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])
    }
    assert told == used
