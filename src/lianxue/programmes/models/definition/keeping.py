"""Definitions as they are kept: the text of the file, read again when it is needed."""

from lianxue.programmes.models.definition.nodes import MappingNode, compose
from lianxue.programmes.models.definition.parts import Definition
from lianxue.programmes.models.definition.shaping import Shaper


class DefinitionBroken(Exception):
    """A definition that was kept does not read any more: the program is older than the file."""


def definition_again(source: str, name: str) -> Definition:
    """Return the definition that a kept ``source`` tells; it was looked through when it was kept. Raises DefinitionBroken."""
    root, faults = compose(source.encode(), name)
    if not isinstance(root, MappingNode):
        raise DefinitionBroken("; ".join(str(fault) for fault in faults) or name)
    shaper = Shaper(name)
    definition: Definition = shaper.build(Definition, root)
    if shaper.faults:
        raise DefinitionBroken("; ".join(str(fault) for fault in shaper.faults))
    return definition
