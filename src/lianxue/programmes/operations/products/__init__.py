"""What an approval makes: each kind of product is a function in a registry."""

from datetime import datetime

from lianxue.kernel.days import local_date
from lianxue.programmes.models import Filing, FilingRevision
from lianxue.programmes.operations.products.awards import confer_from
from lianxue.programmes.operations.products.making import PRODUCTS
from lianxue.programmes.operations.products.rosters import put_on_roster

PRODUCTS.register("roster", put_on_roster)
PRODUCTS.register("award", confer_from)
PRODUCTS.register("status", confer_from)


def make_products(filing: Filing, revision: FilingRevision, *, at: datetime) -> None:
    """Make what the approval of ``revision`` produces, as the stage's definition says."""
    for product in filing.stage_definition.products:
        PRODUCTS[product.kind](filing, revision, product, at=at, from_on=local_date(at))


__all__ = ["PRODUCTS", "make_products"]
