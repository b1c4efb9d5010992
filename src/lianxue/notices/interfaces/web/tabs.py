"""The sister pages of one's messages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.notices.interfaces.web.access import GROUP_KEEPERS, MINDERS
from lianxue.orgs.public import ActingRequest


@dataclass(frozen=True)
class Tab:
    """One of them."""

    label: Text
    url: str
    current: bool
    count: int | None = None


def tabs(request: ActingRequest) -> list[Tab]:
    """Return the pages that are open to whoever looks."""
    pages: list[tuple[Text, str]] = [
        (_("Messages"), "notices:inbox"),
        (_("Where they go"), "notices:preferences"),
    ]
    if GROUP_KEEPERS.allows(request):
        pages.append((_("Robot of the group"), "notices:robot"))
    if MINDERS.allows(request):
        pages.append((_("Not delivered"), "notices:undelivered"))
    return [
        Tab(label, url, request.path == url) for label, url in ((text, reverse(name)) for text, name in pages)
    ]
