"""Tables of resources."""

from lianxue.resources.models.catalogue_entry import CatalogueEntry
from lianxue.resources.models.catalogue_mark import CatalogueMark
from lianxue.resources.models.category import Category
from lianxue.resources.models.contribution import OFFER_FIELDS, Contribution
from lianxue.resources.models.description import DESCRIPTION_FIELDS, Described
from lianxue.resources.models.review_decision import ReviewDecision
from lianxue.resources.models.submitted_revision import SubmittedRevision

__all__ = [
    "DESCRIPTION_FIELDS",
    "OFFER_FIELDS",
    "CatalogueEntry",
    "CatalogueMark",
    "Category",
    "Contribution",
    "Described",
    "ReviewDecision",
    "SubmittedRevision",
]
