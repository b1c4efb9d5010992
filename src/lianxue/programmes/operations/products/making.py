"""The registry of products."""

from datetime import date, datetime
from typing import Protocol

from lianxue.kernel.registry import Registry
from lianxue.programmes.models import Filing, FilingRevision
from lianxue.programmes.models.definition import Product


class Make(Protocol):
    """Make a product of an approved revision; what it makes is in force ``from_on``."""

    def __call__(
        self, filing: Filing, revision: FilingRevision, product: Product, *, at: datetime, from_on: date
    ) -> None: ...


PRODUCTS: Registry[Make] = Registry("products of approvals")
