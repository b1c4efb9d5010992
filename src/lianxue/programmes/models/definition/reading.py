"""Reads a definition from YAML: every fault is collected, none is raised."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.faults import Fault
from lianxue.programmes.models.definition.nodes import MappingNode, compose, line_of
from lianxue.programmes.models.definition.parts import Definition, Place
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.models.definition.soundness import look_through
from lianxue.programmes.models.definition.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file: a definition, or faults."""

    definition: Definition | None
    faults: tuple[Fault, ...]


def read_definition(source: bytes | str, file: str, vocabulary: Vocabulary) -> Reading:
    """Read one definition; ``file`` is the name under which faults are told. Nothing is raised."""
    raw = source.encode("utf-8", errors="surrogatepass") if isinstance(source, str) else source
    root, faults = compose(raw, file)
    if root is None:
        return Reading(None, tuple(faults))
    if not isinstance(root, MappingNode):
        fault = Fault(Place(file, line_of(root)), _("Keys with values are expected here."))
        return Reading(None, (fault,))
    shaper = Shaper(file)
    definition = shaper.build(Definition, root)
    look_through(definition, shaper, vocabulary)
    faults = sorted(set(shaper.faults), key=lambda fault: (fault.place.line, fault.message))
    return Reading(None if faults else definition, tuple(faults))
