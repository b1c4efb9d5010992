"""Loading administrative divisions from a file."""

import csv
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Actor, Division

BUNDLED_DIVISIONS = Path(__file__).parent.parent / "data" / "divisions.csv"
_DUMMY_LEVELS = frozenset({"市辖区", "县"})  # a municipality's second level that nobody lives in

_TOWNSHIPS = ("街道", "镇", "乡")
_TOWNSHIP_LIKE = "类似乡级单位"


@operation("orgs.load_divisions", label=_("Load administrative divisions"))
def load_divisions(
    *, actor: Actor, at: datetime, source: Path = BUNDLED_DIVISIONS, provinces: frozenset[str] | None = None
) -> None:
    """Load divisions from a CSV file with the columns code, name, level, parent, kind.

    ``provinces`` keeps only codes that begin with one of these two-digit prefixes. Rows that exist are updated, so
    the file can be loaded again. Children follow their parents in the file.
    """
    if not actor.is_platform:
        raise NotAllowed
    with source.open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if provinces is None or r["code"][:2] in provinces]
    parents = {r["code"]: r["parent"] for r in rows}
    dummies = {r["code"] for r in rows if r["level"] == "2" and r["name"] in _DUMMY_LEVELS}
    divisions, levels = [], dict[str, int]()
    for row in sorted(rows, key=lambda r: (int(r["level"]), r["code"])):
        if row["code"] in dummies:
            continue
        parent = row["parent"]
        while parent in dummies:
            parent = parents[parent]
        levels[row["code"]] = levels[parent] + 1 if parent else 1
        kind = _kind(row)
        divisions.append(
            Division(
                code=row["code"],
                name=row["name"],
                level=levels[row["code"]],
                parent_id=parent or None,
                kind=kind,
                is_functional_zone=kind in {"功能区", _TOWNSHIP_LIKE},
            )
        )
    for level in sorted(set(levels.values())):
        Division.objects.bulk_create(
            [d for d in divisions if d.level == level],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "level", "parent", "kind", "is_functional_zone"],
        )


def bundled_names() -> list[str]:
    """Return the names of all bundled divisions, each once: words that a search must not cut apart."""
    with BUNDLED_DIVISIONS.open(encoding="utf-8", newline="") as lines:
        return list(dict.fromkeys(row["name"] for row in csv.DictReader(lines)))


def _kind(row: dict[str, str]) -> str:
    """Return what a division is. The file tells it by the code, but some zones have the code of a town and the other
    way round; for townships the name is right (郊区直辖村级区划 is no town, 泰安镇 within a zone is one)."""
    if row["kind"] not in {*_TOWNSHIPS, _TOWNSHIP_LIKE}:
        return row["kind"]
    return next((kind for kind in _TOWNSHIPS if row["name"].endswith(kind)), _TOWNSHIP_LIKE)
