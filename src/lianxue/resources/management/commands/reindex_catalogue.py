"""``lianxue reindex_catalogue``: make all titles findable anew."""

from typing import Any

from django.core.management.base import BaseCommand

from lianxue.resources.public import reindex_catalogue


class Command(BaseCommand):
    """Needed after a release that says so: its dictionary cuts words differently."""

    help = "Cut the texts of all titles into words again. The site may go on running."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it and tell how many."""
        self.stdout.write(f"{reindex_catalogue()} titles")
