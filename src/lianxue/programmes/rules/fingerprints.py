"""Fingerprints of answers and of the rows of a grid: what somebody saw, in a few letters."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

ROW_LETTERS = 8


def digest_of(value: Any) -> str:
    """Return a short fingerprint of an answer: equal values, equal fingerprint; nothing and empty are the same."""
    if value in (None, "", [], {"keys": [], "own": ""}):
        return "0"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def row_digest(row: Mapping[str, Any]) -> str:
    """Return the fingerprint of a row; a row in which nothing stands has that of nothing."""
    cells = {
        key: value
        for key, value in row.items()
        if key != "_id" and value not in (None, "", {"keys": [], "own": ""})
    }
    return digest_of(cells or None)[:ROW_LETTERS]


def seen_of(rows: Sequence[Mapping[str, Any]] | None) -> str:
    """Return the rows of a grid as a page remembers that it has seen them: ``<row>:<fingerprint> …`` in their order."""
    return seen_text({str(row.get("_id")): row_digest(row) for row in rows or ()})


def seen_text(digests: Mapping[str, str]) -> str:
    """Return fingerprints of rows in one line."""
    return " ".join(f"{name}:{digest}" for name, digest in digests.items())


def read_seen(text: str) -> dict[str, str]:
    """Return what ``seen_of`` wrote, row → fingerprint; words of another shape are left out."""
    pairs = (word.partition(":") for word in text.split())
    return {name: digest for name, colon, digest in pairs if colon and digest}
