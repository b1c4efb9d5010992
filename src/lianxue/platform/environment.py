"""Reading settings from environment variables."""

import os


def switch(name: str, default: bool = False) -> bool:
    """Return whether a variable is switched on: 1, true, yes or on."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SystemExit(f"{name} must be a whole number, not “{value}”.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return the parts of a comma-separated variable."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]
