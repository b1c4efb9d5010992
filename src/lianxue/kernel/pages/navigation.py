"""The main menu: each feature registers its places, each actor sees those that are open to the post."""

from dataclasses import dataclass

from lianxue.kernel.errors import Text
from lianxue.kernel.pages.access import Access
from lianxue.kernel.registry import Registry


@dataclass(frozen=True)
class NavItem:
    """One entry of the main menu; ``order`` sorts, ``access`` decides who sees it, ``icon`` names a sprite symbol."""

    label: Text
    url_name: str
    access: Access
    order: int
    icon: str = ""


NAVIGATION: Registry[NavItem] = Registry("navigation")
