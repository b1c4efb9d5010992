"""Rows of a TOML file, ready to become frozen dataclasses."""

import tomllib
from pathlib import Path
from typing import Any

from lianxue.demo.network import DATA


def read_toml(name: str, folder: Path = DATA) -> dict[str, Any]:
    """Read one data file; lists become tuples, at any depth."""
    content: dict[str, Any] = _frozen_lists(tomllib.loads((folder / name).read_text(encoding="utf-8")))
    return content


def _frozen_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen_lists(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_frozen_lists(item) for item in value)
    return value
