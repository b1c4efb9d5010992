"""What other features may use of resources."""

from lianxue.resources.enums import ContributionState, EntryState, Level, ResourceKind, Verdict
from lianxue.resources.errors import (
    BadIsbn,
    CategoryInUse,
    ChangedMeanwhile,
    NothingChosen,
    OtherRevision,
    ReasonMissing,
    SomeMovedOn,
)
from lianxue.resources.events import (
    ContributionDecided,
    ContributionSubmitted,
    EntryPublished,
    EntryWithdrawn,
)
from lianxue.resources.models import CatalogueEntry, Category, Contribution, ReviewDecision
from lianxue.resources.operations import (
    Description,
    Offer,
    add_entry,
    amend_entry,
    collate_contributions,
    discard_contribution,
    keep_marked_sheet,
    reindex_catalogue,
    republish_entry,
    return_contribution,
    review_contribution,
    save_category,
    save_contribution,
    submit_contribution,
    submit_contributions,
    withdraw_entry,
)
from lianxue.resources.queries.asked import Search
from lianxue.resources.queries.catalogue import (
    SearchResult,
    published_entries,
    search_catalogue,
    visible_entries,
)
from lianxue.resources.queries.categories import CategoryTree, category_tree
from lianxue.resources.queries.entry_panels import ENTRY_PANELS, EntryPanel
from lianxue.resources.queries.figures import contribution_counts
from lianxue.resources.queries.ratings import RATING_SOURCES, Rating, ratings_of
from lianxue.resources.queries.reviewing import reviews_done

__all__ = [
    "ENTRY_PANELS",
    "RATING_SOURCES",
    "BadIsbn",
    "CatalogueEntry",
    "Category",
    "CategoryInUse",
    "CategoryTree",
    "ChangedMeanwhile",
    "Contribution",
    "ContributionDecided",
    "ContributionState",
    "ContributionSubmitted",
    "Description",
    "EntryPanel",
    "EntryPublished",
    "EntryState",
    "EntryWithdrawn",
    "Level",
    "NothingChosen",
    "Offer",
    "OtherRevision",
    "Rating",
    "ReasonMissing",
    "ResourceKind",
    "ReviewDecision",
    "Search",
    "SearchResult",
    "SomeMovedOn",
    "Verdict",
    "add_entry",
    "amend_entry",
    "category_tree",
    "collate_contributions",
    "contribution_counts",
    "discard_contribution",
    "keep_marked_sheet",
    "published_entries",
    "ratings_of",
    "reindex_catalogue",
    "republish_entry",
    "return_contribution",
    "review_contribution",
    "reviews_done",
    "save_category",
    "save_contribution",
    "search_catalogue",
    "submit_contribution",
    "submit_contributions",
    "visible_entries",
    "withdraw_entry",
]
