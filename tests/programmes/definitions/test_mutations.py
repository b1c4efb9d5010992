"""Whatever is done to a file, reading it raises nothing: it is a definition, or there are faults."""

from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.programmes.definitions.trial import TRIAL, read

import lianxue.programmes

FILES = sorted((Path(lianxue.programmes.__file__).parent / "data" / "definitions").glob("*.yaml"))
TEXTS = [TRIAL, *(path.read_text(encoding="utf-8") for path in FILES)]
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "{",
            "}",
            "[",
            "]",
            "- ",
            ": ",
            "\n",
            "  ",
            "&a ",
            "*a",
            "!!int ",
            "|",
            ">",
            "'",
            '"',
            "%",
            "#",
            "<<: ",
            "? ",
        ]
    ),
    st.sampled_from(
        ["null", "~", "1e999", ".nan", ".inf", "0x1", "1:30", "true", "-1", "99999999999", "2021-02-31"]
    ),
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["choice", "area"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_of_the_text_gives_a_definition_or_faults(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 40)))
        text = text[:start] + data.draw(PIECES) + text[end:]
    found = read(text)
    assert (found.definition is None) == bool(found.faults)
    assert all(1 <= fault.place.line <= text.count("\n") + 1 for fault in found.faults)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_value_in_any_place_gives_a_definition_or_faults(data: st.DataObject) -> None:
    tree = yaml.safe_load(data.draw(st.sampled_from(TEXTS)))
    place = tree
    while True:
        # PyYAML reads the key “on” as true, so not all of them are texts.
        keys = sorted(place, key=str) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
        else:
            place[key] = data.draw(VALUES)
            break
    found = read(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))
    assert (found.definition is None) == bool(found.faults)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_faults(raw: bytes) -> None:
    assert read(raw).faults
