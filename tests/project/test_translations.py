"""Chinese is complete: every message id has a translation, placeholders agree, nothing unused is kept."""

from pathlib import Path

import polib
import pytest
from tools import messages


def test_every_message_is_translated() -> None:
    assert messages.faults() == []


def test_catalogues_are_as_the_extractor_writes_them() -> None:
    memory = messages.translations()
    assert [path.name for path in messages.features() if messages.is_outdated(path, memory)] == []


@pytest.fixture
def feature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a feature of its own with one module and one template."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCE", tmp_path / "src")
    feature = tmp_path / "src" / "library"
    (feature / "templates").mkdir(parents=True)
    (feature / "apps.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, npgettext, pgettext\n"
        "ONE = _('A book')\nTWO = _('Don\\'t ' 'lose it')\n"
        "def count(n):\n"
        "    return ngettext('%(n)d copy', '%(n)d copies', n), pgettext('of time', 'May')\n"
    )
    (feature / "templates" / "shelf.html").write_text(
        "{% load i18n %}\n"
        "   {% if x %}<p title=\"{% translate 'Shelf' %}\">\n"
        "  {% blocktranslate trimmed count n=rows|length %}\n    one row\n    {% plural %}\n    {{ n }} rows\n"
        '  {% endblocktranslate %}{% endif %}\'"""\n'
        '{{ _("Said so") }} {% translate "May" context "permission" %}'
    )
    return feature


def test_ids_are_found_in_code_and_in_templates(feature: Path) -> None:
    found = {key: entry.plural for key, entry in messages.extract(feature).items()}
    assert found == {
        ("", "A book"): "",
        ("", "Don't lose it"): "",
        ("", "%(n)d copy"): "%(n)d copies",
        ("of time", "May"): "",
        ("", "Shelf"): "",
        ("", "one row"): "%(n)s rows",
        ("", "Said so"): "",
        ("permission", "May"): "",
    }


def test_translations_are_kept_unused_ones_dropped_missing_ones_told(feature: Path) -> None:
    assert messages.update(feature, {})
    path = feature / messages.CATALOGUE
    catalogue = polib.pofile(str(path))
    catalogue.find("A book").msgstr = "一本书"
    catalogue.find("%(n)d copy").msgstr_plural = {0: "%(m)d 份"}
    catalogue.append(polib.POEntry(msgid="Old", msgstr="旧"))
    catalogue.save()
    told = messages.faults()
    assert "library: not used any more: 'Old'" in told
    assert "library: no translation: 'Said so' (src/library/templates/shelf.html)" in told
    assert "library: other placeholders than the id: '%(n)d copy' → '%(m)d 份'" in told
    assert not any("A book" in line for line in told)
    assert messages.update(feature, {("", "Said so"): "如是说"})
    assert not messages.update(feature, {}), "a second run changes nothing"
    catalogue = polib.pofile(str(path))
    assert catalogue.find("A book").msgstr == "一本书"
    assert catalogue.find("Said so").msgstr == "如是说"
    assert catalogue.find("Old") is None


def test_compiled_catalogues_follow_their_source(feature: Path) -> None:
    messages.update(feature, {("", "A book"): "一本书"})
    messages.compile_all()
    compiled = polib.mofile(str((feature / messages.CATALOGUE).with_suffix(".mo")))
    assert compiled.find("A book").msgstr == "一本书"
