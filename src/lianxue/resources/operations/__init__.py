"""Use cases of resources."""

from lianxue.resources.operations.add_entry import add_entry
from lianxue.resources.operations.amend_entry import amend_entry
from lianxue.resources.operations.categories import remove_category, save_category
from lianxue.resources.operations.collate_contributions import collate_contributions, return_contribution
from lianxue.resources.operations.description import Description
from lianxue.resources.operations.discard_contribution import discard_contribution
from lianxue.resources.operations.import_sheets import import_contributions, import_entries, keep_marked_sheet
from lianxue.resources.operations.reindex import reindex_catalogue
from lianxue.resources.operations.review_contribution import review_contribution
from lianxue.resources.operations.save_contribution import Offer, save_contribution
from lianxue.resources.operations.submit_contribution import submit_contribution, submit_contributions
from lianxue.resources.operations.withdraw_entry import republish_entry, withdraw_entry

__all__ = [
    "Description",
    "Offer",
    "add_entry",
    "amend_entry",
    "collate_contributions",
    "discard_contribution",
    "import_contributions",
    "import_entries",
    "keep_marked_sheet",
    "reindex_catalogue",
    "remove_category",
    "republish_entry",
    "return_contribution",
    "review_contribution",
    "save_category",
    "save_contribution",
    "submit_contribution",
    "submit_contributions",
    "withdraw_entry",
]
