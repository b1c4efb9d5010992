"""From nodes to the parts of a definition: the annotations of the dataclasses are the grammar.

A value that is wrong or missing is told and stands as an empty one, so that the rest is still looked at and every fault
of a file is found in one go.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition import parts
from lianxue.programmes.models.definition.faults import Fault, nearest
from lianxue.programmes.models.definition.nodes import MappingNode, Node, ScalarNode, SequenceNode, line_of
from lianxue.programmes.models.definition.parts import Fields, Form, Grid, Place, PrintCell, PrintGrid

TAG = "tag:yaml.org,2002:"
TEXT_TAGS = {f"{TAG}str", f"{TAG}timestamp"}  # a day is written without quotation marks as well
MOST_NUMBER = 1_000_000_000


@cache
def hints(part: type) -> dict[str, Any]:
    """Return the keys of a part with their types; ``place`` is no key but filled in."""
    found = get_type_hints(part, vars(parts))
    return {one.name: found[one.name] for one in fields(part) if one.name != "place"}


@cache
def required(part: type) -> tuple[str, ...]:
    """Return the keys that a part cannot do without."""
    return tuple(
        one.name
        for one in fields(part)
        if one.name != "place" and one.default is MISSING and one.default_factory is MISSING
    )


class Shaper:
    """Builds parts from nodes, collects faults, and remembers the line of every value."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._lines: dict[tuple[int, str], int] = {}

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(Place(self.file, line), message))

    def line(self, part: object, key: str = "") -> int:
        """Return the line of a value of a part, or of the part itself."""
        return self._lines.get((id(part), key)) or self._lines.get((id(part), ""), 1)

    def build(self, part: type, node: Node | None, **preset: Any) -> Any:
        """Return an instance of ``part`` from a mapping; what is missing is empty."""
        values: dict[str, Any] = dict(preset)
        lines: dict[str, int] = {}
        known = {key: hint for key, hint in hints(part).items() if key not in preset}
        for key, value in self._pairs(node):
            line = line_of(key)
            if key.value not in known:
                self.fault(
                    line,
                    _("Unknown key “%(key)s”. %(nearest)s")
                    % {"key": key.value, "nearest": nearest(key.value, known)},
                )
                continue
            lines[key.value] = line_of(value) if isinstance(value, ScalarNode) else line
            if isinstance(value, MappingNode):
                lines |= {f"{key.value}.{inner.value}": line_of(inner) for inner, __ in value.value}
            told = len(self.faults)
            found = self.value(known[key.value], value, key.value)
            if isinstance(value, ScalarNode) and len(self.faults) > told and key.value not in required(part):
                continue  # as if it were not there: nothing further follows from a value that is wrong
            values[key.value] = found
        self._fill(part, node, values)
        if "place" in {one.name for one in fields(part)}:
            values["place"] = Place(self.file, line_of(node) if node else 1)
        made = part(**values)
        self._lines[id(made), ""] = line_of(node) if node else 1
        self._lines |= {(id(made), key): line for key, line in lines.items()}
        return made

    def _fill(self, part: type, node: Node | None, values: dict[str, Any]) -> None:
        for key in required(part):
            if key not in values:
                if isinstance(node, MappingNode):
                    self.fault(line_of(node), _("“%(key)s” is missing here.") % {"key": key})
                values[key] = self._empty(hints(part)[key])

    def _pairs(self, node: Node | None) -> list[tuple[ScalarNode, Node]]:
        if node is None:
            return []
        if not isinstance(node, MappingNode):
            self.fault(line_of(node), _("Keys with values are expected here."))
            return []
        seen: dict[str, int] = {}
        pairs = []
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.fault(line_of(key), _("A key is one word."))
            elif key.value in seen:
                first = {"key": key.value, "line": seen[key.value]}
                self.fault(line_of(key), _("“%(key)s” stands here twice, first on line %(line)d.") % first)
            else:
                seen[key.value] = line_of(key)
                pairs.append((key, value))
        return pairs

    def value(self, hint: Any, node: Node, name: str) -> Any:
        """Return what a node holds as the type that the key ``name`` has."""
        origin = get_origin(hint)
        if origin in {Union, types.UnionType}:
            return self._one_of(get_args(hint), node, name)
        if origin is Literal:
            return self._word(get_args(hint), node, name)
        if origin is tuple:
            return self._many(get_args(hint)[0], node, name)
        if hint == Mapping[str, Form]:
            return {key.value: self.build(Form, value, key=key.value) for key, value in self._pairs(node)}
        if origin is not None:  # Mapping[str, Any]: what a rule needs is known to the rule
            return {key.value: self.plain(value) for key, value in self._pairs(node)}
        if is_dataclass(hint):
            return self.build(hint, node)  # type: ignore[arg-type]  # a class here, never an instance
        return self._scalar(hint, node, name)

    def _one_of(self, choices: tuple[Any, ...], node: Node, name: str) -> Any:
        if set(choices) == {Fields, Grid}:
            keys = [key.value for key, __ in node.value] if isinstance(node, MappingNode) else []
            return self.build(Grid if "columns" in keys else Fields, node)
        if PrintGrid in choices:
            if isinstance(node, MappingNode):
                return self.build(PrintGrid, node)
            return self._many(PrintCell, node, name)
        if isinstance(node, ScalarNode) and node.tag == f"{TAG}null":
            return None
        return self.value(next(one for one in choices if one is not type(None)), node, name)

    def _word(self, words: tuple[str, ...], node: Node, name: str) -> Any:
        said = self._scalar(str, node, name)
        if said and said not in words:
            values = {"key": name, "word": said, "nearest": nearest(said, words)}
            self.fault(line_of(node), _("“%(word)s” is no %(key)s. %(nearest)s") % values)
        return said if said in words else words[0]

    def _many(self, hint: Any, node: Node, name: str) -> tuple[Any, ...]:
        if not isinstance(node, SequenceNode):
            self.fault(
                line_of(node),
                _("“%(key)s” is a list: each entry on a line that begins with “-”.") % {"key": name},
            )
            return ()
        return tuple(self.value(hint, one, name) for one in node.value)

    def _scalar(self, hint: type, node: Node, name: str) -> Any:
        wanted = {str: _words, int: _whole, float: _decimal, bool: _truth}[hint]
        found = wanted(node) if isinstance(node, ScalarNode) else None
        if found is not None:
            return found
        sentences = {
            str: _("“%(key)s” is text: put it in quotation marks."),
            int: _("“%(key)s” is a whole number."),
            float: _("“%(key)s” is a number."),
            bool: _("“%(key)s” is true or false."),
        }
        self.fault(line_of(node), sentences[hint] % {"key": name})
        return self._empty(hint)

    def _empty(self, hint: Any) -> Any:
        origin = get_origin(hint)
        if origin is tuple:
            return ()
        if origin is Literal:
            return get_args(hint)[0]
        if origin in {Union, types.UnionType}:
            return None
        if origin is not None:
            return {}
        if is_dataclass(hint):
            return self.build(hint, None)  # type: ignore[arg-type]  # a class here, never an instance
        return hint()

    def plain(self, node: Node) -> Any:
        """Return a node without a type of its own: text, number, truth, list or keys with values."""
        if isinstance(node, MappingNode):
            return {key.value: self.plain(value) for key, value in self._pairs(node)}
        if isinstance(node, SequenceNode):
            return [self.plain(one) for one in node.value]
        readers: tuple[Callable[[ScalarNode], Any], ...] = (_words, _whole, _decimal, _truth)
        read = [reader(node) for reader in readers] if isinstance(node, ScalarNode) else []
        found = next((value for value in read if value is not None), None)
        if found is None:
            self.fault(line_of(node), _("A value is missing or cannot be read here."))
        return found


def _words(node: ScalarNode) -> str | None:
    return str(node.value) if node.tag in TEXT_TAGS else None


def _whole(node: ScalarNode) -> int | None:
    digits = node.value.removeprefix("-")
    if (
        node.tag != f"{TAG}int"
        or not (digits.isascii() and digits.isdigit())
        or len(digits) > len(str(MOST_NUMBER))
    ):
        return None
    return int(node.value)


def _decimal(node: ScalarNode) -> float | None:
    if node.tag not in {f"{TAG}int", f"{TAG}float"}:
        return None
    try:
        found = float(node.value)
    except ValueError:
        return None
    return found if abs(found) <= MOST_NUMBER else None


def _truth(node: ScalarNode) -> bool | None:
    return node.value.lower() in {"true", "yes", "on"} if node.tag == f"{TAG}bool" else None
