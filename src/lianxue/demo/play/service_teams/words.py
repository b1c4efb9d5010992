"""What people write about trainings and in appraisals."""

from functools import lru_cache
from typing import Any

from lianxue.demo.toml_rows import read_toml


@lru_cache(maxsize=1)
def read_team_words() -> dict[str, Any]:
    """Read the sentences of trainings, appraisals and letters."""
    return read_toml("service_teams.toml")


def said(*path: str, **words: object) -> str:
    """Return the sentence that stands at ``path``, with words in place of its marks."""
    found: Any = read_team_words()
    for name in path:
        found = found[name]
    return str(found).format(**words) if words else str(found)
