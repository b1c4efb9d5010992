"""Nothing under the GPL or AGPL is imported, in Python or in the browser. The LGPL is no hindrance."""

import json
import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(
    r"(?<!L)(?<!Lesser )\b(AGPL|GPL)|(?<!Lesser )General Public License|Affero", re.IGNORECASE
)


def locked(name: str) -> set[str]:
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements" / name).read_text(), re.MULTILINE))


def test_python_packages() -> None:
    found = {}
    for name in locked("base.txt"):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another operating system
        words = [about.get("License-Expression") or "", (about.get("License") or "")[:80]]
        words += [text for text in about.get_all("Classifier") or [] if text.startswith("License")]
        if any(FORBIDDEN.search(text.replace("Lesser General", "Lesser ")) for text in words):
            found[name] = words
    assert found == {}


def test_browser_packages() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    found = {
        name: about.get("license")
        for name, about in packages.items()
        if FORBIDDEN.search(str(about.get("license")))
    }
    assert found == {}
    assert [name for name, about in packages.items() if name and not about.get("license")] == []


def test_every_package_asked_for_is_locked_with_a_hash() -> None:
    for name in ("base", "dev"):
        lines = (ROOT / f"requirements/{name}.in").read_text().splitlines()
        asked = {
            re.split(r"[\[<>=~;\s]", line)[0].lower()
            for line in lines
            if line and not line.startswith(("-", "#"))
        }
        assert asked - {one.lower() for one in locked(f"{name}.txt")} == set()
        lock = (ROOT / f"requirements/{name}.txt").read_text()
        entries = re.findall(r"^\S+==.*$", lock, re.MULTILINE)
        assert len(entries) == len(re.findall(r"^\S+==.*\\\n    --hash=sha256:", lock, re.MULTILINE))
