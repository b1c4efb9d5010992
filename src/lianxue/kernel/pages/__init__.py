"""What every page shares: who may open it, lists, re-sent forms, and what the home page collects."""

from lianxue.kernel.pages.access import PUBLIC, SIGNED_IN, Access, access_of, page, remote_address
from lianxue.kernel.pages.forms import add_refusal, request_key, scanned_code
from lianxue.kernel.pages.home import HOME, HomeSource, Panel, Waiting
from lianxue.kernel.pages.listing import Column, Heading, Listing, export_asked, spreadsheet
from lianxue.kernel.pages.navigation import NAVIGATION, NavItem

__all__ = [
    "HOME",
    "NAVIGATION",
    "PUBLIC",
    "SIGNED_IN",
    "Access",
    "Column",
    "Heading",
    "HomeSource",
    "Listing",
    "NavItem",
    "Panel",
    "Waiting",
    "access_of",
    "add_refusal",
    "export_asked",
    "page",
    "remote_address",
    "request_key",
    "scanned_code",
    "spreadsheet",
]
