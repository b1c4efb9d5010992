"""What readers say, on the page of a title in the catalogue (S0-57)."""

from lianxue.distribution.queries.feedback import ratings, shown_words
from lianxue.kernel.pages import Panel
from lianxue.orgs.public import Actor
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.public import ENTRY_PANELS

MOST_SHOWN = 10


def register_entry_panel() -> None:
    """Add what readers say to the page of a title."""
    ENTRY_PANELS.register("distribution.feedback", what_readers_say)


def what_readers_say(_actor: Actor, entry: CatalogueEntry) -> Panel | None:
    """Return the stars of all readers, and the words that points show."""
    rating = ratings([entry.pk]).get(entry.pk)
    if rating is None:
        return None
    context = {"rating": rating, "words": list(shown_words(entry.pk)[:MOST_SHOWN])}
    return Panel("distribution/feedback/on_entry.html", context)
