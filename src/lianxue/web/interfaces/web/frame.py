"""What the frame of every page needs: the menu, who acts, and whether this is a demonstration."""

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from lianxue.kernel.errors import Text
from lianxue.kernel.pages import NAVIGATION
from lianxue.notices.public import unread_count


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu as the page shows it."""

    label: Text
    url: str
    icon: str
    current: bool | str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context that ``web/base.html`` builds on."""
    return {
        "navigation": SimpleLazyObject(lambda: menu(request)),
        "actor": getattr(request, "actor", None),
        "posts": getattr(request, "posts", ()),
        "unread_notices": SimpleLazyObject(lambda: _unread(request)),
        "demo_mode": settings.DEMO,
        "help_line": settings.HELP_LINE,
    }


def _unread(request: HttpRequest) -> int:
    person_id = request.actor.person_id if hasattr(request, "actor") else None
    return unread_count(person_id) if person_id is not None else 0


@functools.cache
def _place(url_name: str) -> str:
    return reverse(url_name)


def menu(request: HttpRequest) -> list[MenuEntry]:
    """Return the places that are open to whoever looks, the present one marked."""
    if not hasattr(request, "actor"):
        return []
    items = sorted((i for i in NAVIGATION.values() if i.access.allows(request)), key=lambda item: item.order)
    found = [(item, _place(item.url_name)) for item in items]
    here = max(
        (url for _, url in found if request.path.startswith(url) and (url != "/" or request.path == "/")),
        key=len,
        default=None,
    )
    return [
        MenuEntry(item.label, url, item.icon, "page" if url == request.path else url == here)
        for item, url in found
    ]
