"""The rules of the design system that a machine can check on the files themselves."""

import re
from pathlib import Path

import pytest

from lianxue.web.interfaces.web.design import GROUPS, Pair, colours, contrast, pairs

SOURCE = Path(__file__).resolve().parents[2] / "src/lianxue"
STYLES = SOURCE / "web/static/web/css"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
CLASSES = re.compile(r'\bclass="((?:[^"{]|{%.*?%}|{{.*?}})*)"', re.DOTALL)

# What Tabler and we both style on purpose.
SHARED_WITH_TABLER = {"icon", "small", "text-secondary", "visually-hidden"}


def words(template: Path) -> str:
    return template.read_text("utf-8")


def styled(text: str) -> set[str]:
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", text))


@pytest.fixture(scope="module")
def tabler() -> set[str]:
    return styled((SOURCE / "web/static/vendor/tabler.min.css").read_text("utf-8"))


@pytest.fixture(scope="module")
def ours() -> set[str]:
    return set().union(*(styled(path.read_text("utf-8")) for path in STYLES.glob("*.css")))


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(contrast("#000", "#fff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.front} on {pair.ground}")
def test_colours_that_meet_can_be_told_apart(pair: Pair) -> None:
    assert pair.contrast >= pair.needed


def test_every_colour_is_a_token() -> None:
    """Hex colours stand in tokens.css; elsewhere only white, black and shadows."""
    assert "jade" in colours()
    strays = {
        f"{path.name}: {colour}"
        for path in STYLES.glob("*.css")
        if path.name not in ("tokens.css", "print.css")
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text("utf-8"))
        if colour != "#fff"
    }
    assert strays == set()


def test_names_are_not_also_tablers(ours: set[str], tabler: set[str]) -> None:
    assert ours & tabler - SHARED_WITH_TABLER == set()


def test_templates_use_no_class_that_nothing_styles(ours: set[str], tabler: set[str]) -> None:
    unknown = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in TEMPLATES
        for found in CLASSES.findall(words(path))
        for name in re.findall(r"(?<![\w}-])[a-zA-Z][\w-]*(?![\w{-])", TEMPLATE_TAG.sub("{", found))
        if name not in ours | tabler
    }
    assert unknown == set()


def test_templates_hold_no_style_and_no_script_of_their_own() -> None:
    refused = re.compile(
        r"""\sstyle=|<style\b|\son[a-z]+=|javascript:|<script(?![^>]*(\bsrc=|type="application/json"))"""
        r"""|\b(?:src|href)="https?://""",
        re.IGNORECASE,
    )
    found = {
        f"{path.relative_to(SOURCE)}: {match[0]}"
        for path in TEMPLATES
        for match in refused.finditer(words(path))
    }
    assert found == set()


def test_every_icon_named_is_in_the_sprite() -> None:
    sprite = set(
        re.findall(r'<symbol id="([\w-]+)"', (SOURCE / "web/static/web/icons.svg").read_text("utf-8"))
    )
    named = {
        name
        for path in [*TEMPLATES, *SOURCE.glob("**/*.py")]
        for name in re.findall(r"""\bicon[= ]\s*"([a-z][\w-]*)\"""", words(path))
    }
    assert named - sprite == set()


def test_every_part_has_its_example_and_every_example_is_shown() -> None:
    shown = {name for _, _, members in GROUPS for name, _ in members}
    files = {path.stem for path in (SOURCE / "web/templates/web/design/examples").glob("*.html")}
    assert shown == files
