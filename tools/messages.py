"""The translation catalogues: extract message ids from the code, compile catalogues, say what is missing.

    python tools/messages.py extract    bring every django.po up to date: new ids added, unused ones dropped
    python tools/messages.py compile    write the .mo files that Django reads
    python tools/messages.py missing    list what has no translation

Each feature has its own catalogue, src/lianxue/<feature>/locale/zh_Hans/LC_MESSAGES/django.po. No system gettext is
needed; extraction uses Babel, and Django's own reader of templates.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "lianxue"
CATALOGUE = Path("locale") / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METADATA = {
    "Project-Id-Version": "Lianxue",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(?:n?p?gettext|_)\(\s*{_LITERAL}(?:\s*,\s*{_LITERAL})*(?:\s*,\s*count)?\s*\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str, str]  # context, message id


@dataclass
class Found:
    """A message id as the code uses it."""

    plural: str = ""
    places: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)


def features() -> list[Path]:
    """Return the features that have anything to say, as directories."""
    return sorted(path.parent for path in SOURCE.glob("*/apps.py"))


def extract(feature: Path) -> dict[Key, Found]:
    """Collect the message ids of one feature's Python files and templates."""
    found: dict[Key, Found] = {}
    for path in sorted([*feature.rglob("*.py"), *feature.rglob("templates/**/*.*")]):
        if "migrations" in path.parts:
            continue
        place = path.relative_to(ROOT).as_posix()
        for context, message, plural, comments in _messages(path):
            entry = found.setdefault((context, message), Found())
            entry.plural = entry.plural or plural
            entry.places.add(place)
            entry.comments.extend(comment for comment in comments if comment not in entry.comments)
    return found


def _messages(path: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield (context, id, plural id, translators' comments) for each message of a file."""
    from babel.messages.extract import extract as babel_extract

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _as_python(text, path)
    for _line, messages, comments, context in babel_extract(
        "python", BytesIO(text.encode()), KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    ):
        singular, plural = messages if isinstance(messages, tuple) else (messages, "")
        if singular:
            yield context or "", singular, plural, comments


def _as_python(template: str, path: Path) -> str:
    """Rewrite a template as Python: one call of gettext a line, and nothing else."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.utils.translation.template import templatize

    return "\n".join(match[0] for match in CALL.finditer(templatize(template, origin=str(path)))) + "\n"


def update(feature: Path, memory: dict[Key, str]) -> bool:
    """Write a feature's catalogue anew, keeping its translations; say whether anything changed.

    `memory` holds translations of other features, taken over where the same words occur.
    """
    if not is_outdated(feature, memory):
        return False
    path = feature / CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_updated(feature, memory), encoding="utf-8")
    return True


def is_outdated(feature: Path, memory: dict[Key, str]) -> bool:
    """Say whether `update` would change a feature's catalogue."""
    path = feature / CATALOGUE
    text = _updated(feature, memory)
    return bool(text) and not (path.exists() and path.read_text(encoding="utf-8") == text)


def _updated(feature: Path, memory: dict[Key, str]) -> str:
    """Return the text of a feature's catalogue as it should be; empty when it needs none."""
    found = extract(feature)
    path = feature / CATALOGUE
    if not found and not path.exists():
        return ""
    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in before if not entry.obsolete}
    after = polib.POFile(wrapwidth=110)
    after.metadata = dict(METADATA)
    for key in sorted(found, key=lambda key: (min(found[key].places), key[1], key[0])):
        after.append(_entry(key, found[key], known.get(key), memory.get(key, "")))
    return str(after).rstrip() + "\n"


def _entry(key: Key, found: Found, known: polib.POEntry | None, remembered: str) -> polib.POEntry:
    context, message = key
    single = (known.msgstr or known.msgstr_plural.get(0, "")) if known else ""
    entry = polib.POEntry(
        msgid=message,
        msgctxt=context or None,
        comment="\n".join(found.comments),
        occurrences=[(place, "") for place in sorted(found.places)],
        flags=[flag for flag in (known.flags if known else []) if flag != "fuzzy"],
    )
    if found.plural:
        entry.msgid_plural = found.plural
        entry.msgstr_plural = {0: single or remembered}
    else:
        entry.msgstr = single or remembered
    return entry


def translations() -> dict[Key, str]:
    """Return every translation that any catalogue holds."""
    memory: dict[Key, str] = {}
    for feature in features():
        path = feature / CATALOGUE
        for entry in polib.pofile(str(path)) if path.exists() else []:
            text = entry.msgstr or entry.msgstr_plural.get(0, "")
            if text and not entry.obsolete:
                memory[entry.msgctxt or "", entry.msgid] = text
    return memory


def faults() -> list[str]:
    """Return what is wrong with the catalogues, one line each: missing, lost, different, broken placeholders."""
    lines: list[str] = []
    elsewhere: dict[Key, tuple[str, str]] = {}
    for feature in features():
        path = feature / CATALOGUE
        entries = {(e.msgctxt or "", e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
        found = extract(feature)
        lines += [
            f"{feature.name}: not used any more: {key[1]!r}" for key in sorted(entries.keys() - found.keys())
        ]
        for key in sorted(found):
            entry = entries.get(key)
            text = (entry.msgstr or entry.msgstr_plural.get(0, "")) if entry else ""
            if not text or (entry and entry.fuzzy):
                lines.append(f"{feature.name}: no translation: {key[1]!r} ({min(found[key].places)})")
                continue
            if not _same_placeholders(key[1], found[key].plural, text):
                lines.append(f"{feature.name}: other placeholders than the id: {key[1]!r} → {text!r}")
            owner, other = elsewhere.setdefault(key, (feature.name, text))
            if other != text:
                lines.append(f"{feature.name}: {key[1]!r} is {text!r} here and {other!r} in {owner}")
    return lines


def _same_placeholders(message: str, plural: str, text: str) -> bool:
    wanted, got = set(PLACEHOLDER.findall(plural or message)), set(PLACEHOLDER.findall(text))
    return got == wanted or (bool(plural) and got == set(PLACEHOLDER.findall(message)))


def compile_all() -> None:
    """Write the .mo file beside every catalogue that is newer."""
    for path in SOURCE.glob("*/locale/*/LC_MESSAGES/*.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            fresh = target.with_name(f".{os.getpid()}.mo")
            polib.pofile(str(path)).save_as_mofile(str(fresh))
            fresh.replace(target)  # somebody may be reading the old one


def main(words: list[str]) -> int:
    match words:
        case ["extract"]:
            memory = translations()
            for feature in features():
                if update(feature, memory):
                    print(f"{(feature / CATALOGUE).relative_to(ROOT)} is up to date")
        case ["compile"]:
            compile_all()
        case ["missing"]:
            lines = faults()
            print("\n".join(lines) or "Every message is translated.")
            return bool(lines)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
