"""Where the Typst templates of this feature lie."""

from pathlib import Path

PLACE = Path(__file__).resolve().parents[1] / "templates" / "documents" / "print"


def template(name: str) -> Path:
    """Return the path of a template."""
    return PLACE / name
