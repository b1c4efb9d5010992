"""Rosters: who is on one on any day, whatever was filed or changed since (S1-48)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from lianxue.programmes.models import Filing, FilingRevision, RosterEntry
from lianxue.programmes.models.definition import Product
from lianxue.programmes.queries.opening import open_value

NAME_LENGTH = 60  # as a roster keeps it


def put_on_roster(
    filing: Filing, revision: FilingRevision, product: Product, *, at: datetime, from_on: date
) -> None:
    """Bring the roster of a unit in line with a revision from a day on.

    Rows that stayed the same go on. Rows that are gone or differ end the day before; new and different ones begin. What
    the unit had on the same roster from an earlier call ends too: the newest list is the list, from its day on. What an
    older list had still to begin by then never comes into force; the revision that asked for it stays.
    """
    wanted = {str(row["_id"]): row for row in revision.answers.get(product.grid) or []}
    held = RosterEntry.objects.select_for_update().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=from_on), roster=product.key, filing__unit_id=filing.unit_id
    )
    kept = set()
    for entry in held:
        row = wanted.get(entry.row)
        goes_on = entry.filing_id == filing.pk and entry.ends_on is None and entry.starts_on <= from_on
        if goes_on and row is not None and _opened(row) == _opened(entry.values):
            kept.add(entry.row)
            continue
        if entry.starts_on >= from_on:
            entry.delete()
            continue
        entry.ends_on = from_on - timedelta(days=1)
        entry.ended_by = revision
        entry.save(update_fields=["ends_on", "ended_by"])
    RosterEntry.objects.bulk_create(
        RosterEntry(
            call=filing.call,
            filing=filing,
            revision=revision,
            roster=product.key,
            row=name,
            name=str(row.get(product.name_column) or "")[:NAME_LENGTH],  # whole in ``values``
            area_id=row.get(product.area_column) or None,
            values={key: value for key, value in row.items() if key != "_id"},
            starts_on=from_on,
        )
        for name, row in wanted.items()
        if name not in kept
    )


def _opened(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row to compare: the same number sealed a second time is another text."""
    return {
        key: open_value(value) if isinstance(value, str) else value
        for key, value in row.items()
        if key != "_id"
    }


def has_newer_list(filing: Filing, product: Product) -> bool:
    """Tell whether a later filing of the same unit is what its roster now follows."""
    rows = RosterEntry.objects.filter(
        roster=product.key, filing__unit_id=filing.unit_id, ends_on__isnull=True
    ).exclude(filing_id=filing.pk)
    return rows.filter(filing__decided_at__gt=filing.decided_at).exists()
