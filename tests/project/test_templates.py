"""What holds for every template: nothing inline, nothing from elsewhere, no text outside the catalogues."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "lianxue"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
# The components page shows samples in the language of the forms; a language is named in itself.
SPEAKS_FOR_ITSELF = ("web/templates/web/design/",)

INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
    ),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx script in an attribute": re.compile(r"\bhx-(on|vals\s*=\s*[\"']js:)", re.IGNORECASE),
    "something from elsewhere": re.compile(r"\b(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
    "an unescaped value": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what: str) -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if INLINE[what].search(line)
    ]
    assert found == []


def test_texts_come_from_the_catalogues() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    aside = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->|\{% translate .*?%\}", re.DOTALL)
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()[:60]}"
        for path in TEMPLATES
        if not str(path.relative_to(SOURCE)).startswith(SPEAKS_FOR_ITSELF)
        for line in aside.sub("", path.read_text()).splitlines()
        if han.search(line)
    ]
    assert found == []


def test_every_form_that_posts_carries_its_token() -> None:
    form = re.compile(r"<form\b[^>]*method\s*=\s*[\"']post[\"'][^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
    found = [
        str(path.relative_to(SOURCE))
        for path in TEMPLATES
        for match in form.finditer(path.read_text())
        if "csrf_token" not in match[0] and "request_key" not in match[0]
    ]
    assert found == []


def test_an_address_is_made_in_the_block_that_uses_it() -> None:
    """A name made in one block is empty in the next: a button would lead nowhere."""
    lost = []
    for path in TEMPLATES:
        parts = re.split(r"{% block \w+ %}", path.read_text())
        made = [set(re.findall(r" as (?:var )?(\w+_url) %}", part)) for part in parts]
        for part, own in zip(parts, made, strict=True):
            used = set(re.findall(r"\b(\w+_url)\b", re.sub(r" as (?:var )?\w+ %}", "", part)))
            lost += [f"{path.name}: {name}" for name in used & set().union(*made) - own]
    assert lost == []
