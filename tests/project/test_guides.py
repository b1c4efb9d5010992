"""The guides for officials name what stands on the screen, word for word."""

import re
from pathlib import Path

import polib
from tools import messages

DOCS = Path(__file__).resolve().parents[2] / "docs"


def on_screen() -> dict[str, str]:
    """Return every text of the pages with its translation."""
    texts = {}
    for feature in messages.features():
        path = feature / messages.CATALOGUE
        for entry in polib.pofile(str(path)) if path.exists() else []:
            texts[entry.msgid] = entry.msgstr or entry.msgstr_plural.get(0, "")
    return texts


def test_the_chinese_guide_uses_the_words_on_the_screen() -> None:
    words = re.findall(r"「([^」]+)」", (DOCS / "officials.zh-CN.md").read_text(encoding="utf-8"))
    assert len(words) > 50
    assert sorted(set(words) - set(on_screen().values())) == []


def test_the_english_guide_uses_the_words_on_the_screen() -> None:
    words = re.findall(r"“([^”]+)”", (DOCS / "officials.md").read_text(encoding="utf-8"))
    assert len(words) > 50
    assert sorted(set(words) - on_screen().keys() - {" "}) == []
