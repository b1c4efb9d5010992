"""The definitions of this installation: those that features bring, and the office's own; read once at start-up."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from lianxue.kernel.errors import NotFound
from lianxue.programmes.errors import BadDefinitions
from lianxue.programmes.models.definition import Definition, Fault, Place, Vocabulary, read_definition
from lianxue.programmes.models.definition.nodes import MOST_BYTES
from lianxue.programmes.rules.checks import CHECKS
from lianxue.programmes.rules.seats import SEATS


@dataclass(frozen=True, slots=True)
class Kept:
    """A definition with the text that it was read from; ``digest`` is SHA-256 of that text in hexadecimal."""

    definition: Definition
    text: str
    digest: str
    path: Path


@dataclass
class Loaded:
    """What was found: definitions by code and version, and every fault in every file."""

    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


_current = Loaded()


def vocabulary() -> Vocabulary:
    """Return the rules that definitions may name, with those that features have added."""
    return Vocabulary(seats=dict(SEATS.items()), checks=dict(CHECKS.items()))


def definition_directories() -> list[Path]:
    """Return where definitions lie: in every feature, and in the home of this installation."""
    ours = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("lianxue.")]
    return [*(path / "data" / "definitions" for path in ours), Path(settings.PROGRAMME_DEFINITIONS)]


def definition_files(directories: Iterable[Path]) -> list[Path]:
    """Return the files of definitions in these directories; one that is not there is empty."""
    return [path for directory in directories for path in sorted(directory.glob("*.yaml"))]


def load_definitions(files: Iterable[Path]) -> Loaded:
    """Read definitions; the same code and version twice is a fault of the later file."""
    found = Loaded()
    for path in files:
        try:
            with path.open("rb") as stream:
                raw = stream.read(MOST_BYTES + 1)
        except OSError as trouble:
            message = _("The file cannot be read: %(reason)s.") % {"reason": trouble.strerror or ""}
            found.faults.append(Fault(Place(path.name, 1), message))
            continue
        reading = read_definition(raw, path.name, vocabulary())
        found.faults += reading.faults
        if reading.definition is None:
            continue
        name = (reading.definition.code, reading.definition.version)
        if name in found.kept:
            values = {"code": name[0], "version": name[1], "file": found.kept[name].path.name}
            message = _(
                "“%(code)s” in version %(version)s stands in %(file)s already: give this one another version."
            )
            place = reading.definition.place or Place(path.name, 1)
            found.faults.append(Fault(place, message % values))
            continue
        text = raw.decode("utf-8-sig")
        digest = hashlib.sha256(text.encode()).hexdigest()
        found.kept[name] = Kept(reading.definition, text, digest, path)
    return found


def load_at_start() -> Loaded:
    """Read all definitions of this installation and use those that are right from now on.

    Raise ``BadDefinitions`` with all faults, unless the setting PROGRAMME_FAULTS_STOP is off: then the command that
    looks for faults can tell them.
    """
    global _current  # noqa: PLW0603 - filled once at start-up, like a registry
    _current = load_definitions(definition_files(definition_directories()))
    if _current.faults and settings.PROGRAMME_FAULTS_STOP:
        raise BadDefinitions(told(_current.faults))
    return _current


def told(faults: Iterable[Fault]) -> str:
    """Return all faults as lines for whoever has to mend them."""
    lines = [str(fault) for fault in faults]
    head = _("Definitions of programmes cannot be used. Please mend:")
    return "\n".join([head, *(f"  {line}" for line in lines)])


def faults_at_start() -> list[Fault]:
    """Return the faults that were found at start-up."""
    return list(_current.faults)


def parse_definition(text: str, name: str) -> Definition:
    """Return the definition in ``text``, such as that of a call that was opened long ago; raise ``BadDefinitions``."""
    reading = read_definition(text, name, vocabulary())
    if reading.definition is None:
        raise BadDefinitions(told(reading.faults))
    return reading.definition


def latest_definitions() -> list[Kept]:
    """Return the newest version of every programme, by title."""
    newest: dict[str, Kept] = {}
    for kept in sorted(_current.kept.values(), key=lambda one: _in_order(one.definition.version)):
        newest[kept.definition.code] = kept
    return sorted(newest.values(), key=lambda one: one.definition.title)


def latest_definition(code: str) -> Kept:
    """Return the newest version of a programme; raise ``NotFound``."""
    found = next((kept for kept in latest_definitions() if kept.definition.code == code), None)
    if found is None:
        raise NotFound
    return found


def kept_definition(code: str, version: str) -> Kept:
    """Return one version of a programme; raise ``NotFound``."""
    try:
        return _current.kept[code, version]
    except KeyError as missing:
        raise NotFound from missing


def versions_of(code: str) -> list[str]:
    """Return the versions of a programme, the newest first."""
    found = [version for known, version in _current.kept if known == code]
    return sorted(found, key=_in_order, reverse=True)


def _in_order(version: str) -> list[tuple[int, int, str]]:
    """Sort 2021.10 after 2021.9."""
    parts = re.findall(r"\d+|[^\d]+", version)
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts]
