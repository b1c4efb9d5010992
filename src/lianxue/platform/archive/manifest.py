"""The list of what an archive holds, with the figures that a restore is checked against."""

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from lianxue.platform.keys import Keys
from lianxue.platform.trouble import Trouble

FORMAT = 1
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
DUMP = "database.dump"
FILES = "files/"
KEYS = "secrets/"


@dataclass(frozen=True)
class Piece:
    """One file of the archive."""

    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What an archive says of itself."""

    release: str
    created_at: str
    server: str
    migrations: list[str]
    rows: dict[str, int]
    key_marks: dict[str, str]
    pieces: dict[str, Piece] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @property
    def holds_keys(self) -> bool:
        return any(name.startswith(KEYS) for name in self.pieces)


def read_manifest(data: bytes) -> Manifest:
    """Read what `to_json` wrote; raise Trouble when it is something else or from a later release."""
    try:
        values: dict[str, Any] = json.loads(data)
        if values["format"] != FORMAT:
            raise Trouble(f"The archive has format {values['format']}; this release reads format {FORMAT}.")
        pieces = {_safe(name): Piece(**piece) for name, piece in values.pop("pieces").items()}
        return Manifest(pieces=pieces, **values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Trouble(f"The archive's list of contents cannot be read ({error}).") from None


def _safe(name: str) -> str:
    """Refuse a name that would lead out of the directory it is unpacked in."""
    path = PurePosixPath(name)
    inside = name == DUMP or name.startswith((FILES, KEYS))
    if not inside or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise Trouble(f"The archive holds a file with a name that is not allowed: {name!r}")
    return name


def key_marks(keys: Keys) -> dict[str, str]:
    """Return a mark for each key that personal data depend on: it recognises the key and tells nothing about it."""
    texts = {**keys.sealing_keys, "blind index": keys.blind_index_key}
    return {
        name: hmac.new(base64.b64decode(text), b"lianxue key mark", hashlib.sha256).hexdigest()[:16]
        for name, text in texts.items()
        if text
    }
