"""The tabs over the pages around parcels."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.shipping.access import SUPERVISING
from lianxue.kernel.errors import Text
from lianxue.orgs.public import ActingRequest

PAGES: tuple[tuple[str, Text], ...] = (
    ("shipments", _("Shipments")),
    ("through", _("Through us")),
    ("claims", _("Claims")),
    ("transfers", _("Transfers and returns")),
    ("direct-rounds", _("Sent by ourselves")),
)
ONLY_ABOVE = frozenset({"through", "direct-rounds"})


def parcel_tabs(request: ActingRequest, current: str) -> list[dict[str, Any]]:
    """Return the sister pages that the actor can open."""
    above = SUPERVISING.allows(request)
    return [
        {"label": label, "url": reverse(f"distribution:{name}"), "current": name == current}
        for name, label in PAGES
        if above or name not in ONLY_ABOVE
    ]
