"""Where the desk stands: at the own point, in one of four modes."""

import unicodedata
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.queries.stock import TitleStock
from lianxue.kernel.errors import NotFound
from lianxue.orgs.public import ActingRequest, Organisation

LEND, RETURN, ISSUE, RESERVE = MODES = ("lend", "return", "issue", "reserve")
MOST_DIGITS = 18  # of a row number
MOST_DIGITS_ON_PAGE = 2


def own_point(request: ActingRequest) -> Organisation:
    """Return the organisation of the actor's post; the middleware has it already."""
    for post in request.posts:
        if post.pk == request.actor.post_id:
            return post.organisation
    raise NotFound


def mode_of(asked: str | None) -> str:
    """Return the mode that an address or a form names: lending, unless it names another."""
    return asked if asked in MODES else LEND


def desk_url(mode: str = LEND, **values: object) -> str:
    """Return the address of the desk in a mode."""
    query = ({} if mode == LEND else {"do": mode}) | values
    return reverse("distribution:desk") + (f"?{urlencode(query)}" if query else "")


def bare_code(text: str) -> str:
    """Return what was scanned or typed: the last part of an address, no full-width letters, no outer spaces."""
    bare = unicodedata.normalize("NFKC", text).strip()
    return bare.rstrip("/").rpartition("/")[2] if "://" in bare else bare


def numbered(text: str, shown: str) -> int | None:
    """Return the row for a number that was typed instead of a name: the so-manieth of those that the page showed."""
    rows = [int(part) for part in shown.split(",") if part.isdecimal() and len(part) <= MOST_DIGITS]
    number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS_ON_PAGE else 0
    return rows[number - 1] if 1 <= number <= len(rows) else None


def mode_tabs(mode: str, title: TitleStock | None) -> list[dict[str, object]]:
    """Return the four modes as tabs; with a title chosen, those that hand it out keep it and count its copies."""
    words = {LEND: _("Lend"), RETURN: _("Take back"), ISSUE: _("Issue"), RESERVE: _("Reserve")}
    counts = {LEND: title.free_to_lend, ISSUE: title.free_to_issue} if title else {}
    chosen = {"title": title.entry.pk} if title else {}
    return [
        {
            "label": label,
            "url": desk_url(key) if key == RETURN else desk_url(key, **chosen),
            "current": key == mode,
            "count": counts.get(key),
        }
        for key, label in words.items()
    ]
