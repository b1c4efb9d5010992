"""Where the covers of titles are."""

from django.urls import reverse

from lianxue.resources.models import CatalogueEntry


def cover_url(entry: CatalogueEntry) -> str:
    """Return the address of the small cover, or nothing when there is none."""
    return reverse("resources:entry-cover-small", args=[entry.code]) if entry.cover_id else ""
