"""Putting entries into the catalogue: their numbers and what makes them findable."""

from datetime import datetime

from django.db import connection

from lianxue.kernel.clock import local_date
from lianxue.kernel.search import to_vector
from lianxue.resources.models import CatalogueEntry


def next_codes(at: datetime, count: int = 1) -> list[str]:
    """Return ``count`` new codes, ``ZY2026000042``: 资源, the year, a running number that may have gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('resources_entry_number') FROM generate_series(1, %s)", [count])
        return [f"ZY{local_date(at).year}{number:06d}" for (number,) in cursor.fetchall()]


def make_findable(entry: CatalogueEntry) -> None:
    """Set what the search compares with; call it before each save that changes the text."""
    entry.search_vector = to_vector(
        a=f"{entry.title} {entry.code} {entry.isbn}",
        b=" ".join(
            (
                entry.creator,
                entry.publisher,
                entry.keywords.replace("、", " "),
                entry.provider.name,
                entry.category.name if entry.category else "",
            )
        ),
        c=f"{entry.audience} {entry.description}",
    )
