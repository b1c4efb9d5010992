"""From the text of a file to YAML nodes that know their lines: bounded, one document, no tags, no aliases.

A short alias can stand for a document of any size, a tag can name a program's object, and deep nesting ends the
process inside the C parser. All three are seen in the stream of events before anything is built.
"""

import yaml
from django.utils.translation import gettext as _
from yaml import CSafeLoader, MappingNode, Node, ScalarNode, SequenceNode
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
    ScalarEvent,
)

from lianxue.programmes.models.definition.faults import Fault
from lianxue.programmes.models.definition.parts import Place

MOST_BYTES = 512 * 1024
MOST_DEPTH = 24

__all__ = [
    "MOST_BYTES",
    "MOST_DEPTH",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "compose",
    "line_of",
]


def line_of(node: Node) -> int:
    """Return the line on which a node begins, counted from 1."""
    return int(node.start_mark.line) + 1


def compose(source: bytes, file: str) -> tuple[Node | None, list[Fault]]:
    """Return the root of a definition's file, or None and what is wrong."""
    if len(source) > MOST_BYTES:
        return None, [_fault(file, 1, _("The file is larger than 512 KB."))]
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = source[: broken.start].count(b"\n") + 1
        return None, [_fault(file, line, _("Not UTF-8: save the file in this encoding."))]
    try:
        faults = _faults_in_stream(text, file)
        if faults:
            return None, faults
        root = yaml.compose(text, Loader=CSafeLoader)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        return None, [_fault(file, line, _unreadable(broken.problem or broken.context or ""))]
    except yaml.reader.ReaderError as broken:
        line = text[: broken.position].count("\n") + 1
        return None, [_fault(file, line, _("This character is not allowed in a definition."))]
    except yaml.YAMLError as broken:
        return None, [_fault(file, 1, _unreadable(str(broken).splitlines()[0]))]
    if root is None:
        return None, [_fault(file, 1, _("The file is empty."))]
    return root, []


def _faults_in_stream(text: str, file: str) -> list[Fault]:
    faults: list[Fault] = []
    depth = documents = 0
    for event in yaml.parse(text, Loader=CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                return [
                    *faults,
                    _fault(file, line, _("One file holds one definition: a second one begins here.")),
                ]
        elif isinstance(event, AliasEvent):
            faults.append(
                _fault(
                    file,
                    line,
                    _("References (*%(name)s) are not read: write it out.") % {"name": event.anchor},
                )
            )
        elif isinstance(event, NodeEvent) and event.anchor:
            faults.append(
                _fault(
                    file, line, _("Anchors (&%(name)s) are not read: take it away.") % {"name": event.anchor}
                )
            )
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag and event.tag != "!":
            faults.append(
                _fault(file, line, _("Tags (%(name)s) are not read: take it away.") % {"name": event.tag})
            )
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                return [*faults, _fault(file, line, _("Nested too deeply."))]
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
    return faults


def _unreadable(problem: str) -> str:
    return _("This cannot be read as YAML: %(problem)s.") % {"problem": problem.rstrip(".")}


def _fault(file: str, line: int, message: str) -> Fault:
    return Fault(Place(file, line), message)
