"""An award belongs to a row of the grid, not to a name: of two people of one name each has their own (S1-51)."""

from collections.abc import Iterator
from typing import Any

import yaml
from django.db import migrations, models


def give_rows(apps: Any, _editor: Any) -> None:
    """Find the row of each award that was conferred on somebody in a grid, by the name under which it was."""
    awards = apps.get_model("programmes", "Award").objects.filter(filing__isnull=False)
    grids: dict[int, dict[str, tuple[str, str]]] = {}
    taken: set[tuple[int, str, str]] = set()
    for award in awards.select_related("filing__call__revision").order_by("pk").iterator():
        kept = award.filing.call.revision
        if kept.pk not in grids:
            grids[kept.pk] = dict(_grids(yaml.safe_load(kept.source)))
        if award.key not in grids[kept.pk]:
            continue  # the unit's own
        known = _rows(award, *grids[kept.pk][award.key])
        free = (row for row in known if (award.filing_id, award.key, row) not in taken)
        # Nobody of that name in what was handed in: the award keeps a row of its own, which no form has.
        row = next(free, f"award{award.pk}"[:20])
        taken.add((award.filing_id, award.key, row))
        type(award).objects.filter(pk=award.pk).update(row=row)


def _grids(definition: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give the products that are conferred on the rows of a grid: key, then grid and column of the name."""
    for stage in definition.get("stages") or []:
        for product in stage.get("products") or []:
            if product.get("kind") != "roster" and product.get("grid"):
                yield product["key"], (product["grid"], product.get("name_column", ""))


def _rows(award: Any, grid: str, column: str) -> Iterator[str]:
    for revision in award.filing.revisions.order_by("-number"):
        for row in revision.answers.get(grid) or []:
            if str(row.get(column) or "").strip()[:200] == award.holder:
                yield str(row["_id"])


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_decision_letters")]

    operations = [
        migrations.AddField(
            "award", "row", models.CharField(blank=True, db_default="", default="", max_length=20)
        ),
        migrations.RemoveConstraint("award", "one_award_a_filing"),
        migrations.RunPython(give_rows, migrations.RunPython.noop),
        # The rows were changed in this transaction: their checks are done before the table is.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "award", models.UniqueConstraint(fields=("filing", "key", "row"), name="one_award_a_row")
        ),
    ]
