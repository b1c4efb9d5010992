"""Binding papers, and files that people sent in, into one PDF. It is done in a process of its own (``bind_process``)."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BINDER = Path(__file__).with_name("bind_process.py")
WALL_SECONDS = 120  # the process itself stops much earlier, by the time it computes


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to bind: ``own`` is a paper of the platform, the others came from somebody; ``look`` is opened, not bound."""

    kind: Literal["own", "pdf", "picture", "look"]
    content: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part came to lie, or why it was left out: ``broken``, ``password``, ``pages`` or ``pixels``."""

    first: int = 0
    pages: int = 0
    refused: str = ""


def bind(parts: Sequence[Part], *, most_pages: int, is_numbered: bool = False) -> tuple[list[Place], bytes]:
    """Return where each part lies, and the document; what cannot be bound is left out and the rest is bound.

    A part that breaks the process takes nobody else with it: each is tried alone then.
    """
    found = _bound(parts, most_pages, is_numbered)
    if found is not None:
        return found
    sound = [one.kind == "own" or _bound([one], most_pages, False) is not None for one in parts]
    kept = [one for one, is_sound in zip(parts, sound, strict=True) if is_sound]
    found = _bound(kept, most_pages, is_numbered)
    if found is None:
        raise RuntimeError("papers of the platform cannot be bound")
    places = iter(found[0])
    return [next(places) if is_sound else Place(refused="broken") for is_sound in sound], found[1]


def why_closed(content: bytes) -> str:
    """Return why a PDF cannot be opened: ``password``, ``broken``, or nothing when it can."""
    found = _bound([Part("look", content)], 0, False)
    return found[0][0].refused if found else "broken"


def _bound(parts: Sequence[Part], most_pages: int, is_numbered: bool) -> tuple[list[Place], bytes] | None:
    head = {
        "parts": [{"kind": one.kind, "size": len(one.content)} for one in parts],
        "most_pages": most_pages,
        "numbered": is_numbered,
    }
    try:
        done = subprocess.run(  # our own interpreter and our own file; the parts come by standard input
            [sys.executable, "-I", str(BINDER)],
            input=json.dumps(head).encode() + b"\n" + b"".join(one.content for one in parts),
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin"},
        )
    except subprocess.TimeoutExpired:
        return None
    told, _line, document = done.stdout.partition(b"\n")
    if done.returncode or not told:
        return None
    return [Place(**one) for one in json.loads(told)], document
