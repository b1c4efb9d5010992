"""The secrets of an installation: from the environment, or made on first start and kept in `var/secrets`.

SECRET_KEY signs sessions and links. SEALING_KEYS encrypt personal data: `name:base64` pairs parted by commas, the
first of which seals what is written from now on, the others still open what was sealed earlier. BLIND_INDEX_KEY makes
the searchable fingerprint of sealed values; it must never change. Whoever loses the sealing keys loses the personal
data: they belong in a backup of their own (docs/operators.md).
"""

import base64
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32
FILES = {"SECRET_KEY": "secret_key", "SEALING_KEYS": "sealing_keys", "BLIND_INDEX_KEY": "blind_index_key"}


class BadKeys(ValueError):
    """The keys in the environment or in `var/secrets` cannot be used."""


@dataclass(frozen=True)
class Keys:
    """What settings need; empty where an installation has not been started yet."""

    secret_key: str
    sealing_keys: dict[str, str]
    blind_index_key: str


def read_keys(directory: Path) -> Keys:
    """Read the keys from the environment, or else from the files in `directory`. Raises BadKeys."""
    return Keys(
        secret_key=_text("SECRET_KEY", directory),
        sealing_keys=_sealing_keys(_text("SEALING_KEYS", directory)),
        blind_index_key=_checked("BLIND_INDEX_KEY", _text("BLIND_INDEX_KEY", directory)),
    )


def make_missing_keys(directory: Path) -> list[str]:
    """Make the keys that neither the environment nor `directory` holds; return the names of those made."""
    fresh = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SEALING_KEYS": f"k1:{_encoded(secrets.token_bytes(KEY_BYTES))}",
        "BLIND_INDEX_KEY": _encoded(secrets.token_bytes(KEY_BYTES)),
    }
    made = []
    for name, value in fresh.items():
        if os.environ.get(name) or (directory / FILES[name]).is_file():
            continue
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):  # another command made it in the same moment
            descriptor = os.open(directory / FILES[name], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(value + "\n")
            made.append(name)
    return made


def _text(name: str, directory: Path) -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    try:
        return (directory / FILES[name]).read_text().strip()
    except FileNotFoundError:
        return ""


def _sealing_keys(text: str) -> dict[str, str]:
    keys: dict[str, str] = {}
    for pair in filter(None, (piece.strip() for piece in text.split(","))):
        name, parted, value = pair.partition(":")
        if not parted or not name.isalnum() or name in keys:
            raise BadKeys(
                "SEALING_KEYS must be written name:base64,name:base64 with a different name for each key."
            )
        keys[name] = _checked("SEALING_KEYS", value)
    return keys


def _checked(name: str, text: str) -> str:
    """Return a key's base64 text after a look at its length."""
    if not text:
        return ""
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = b""
    if len(value) != KEY_BYTES:
        raise BadKeys(f"{name} must hold {KEY_BYTES} random bytes in base64.")
    return text


def _encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()
