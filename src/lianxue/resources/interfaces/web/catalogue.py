"""The catalogue: search, facets, cards; and the page of one entry."""

from functools import cache
from typing import Any
from urllib.parse import quote

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import Column, Listing, export_asked, page
from lianxue.orgs.public import ActingRequest
from lianxue.resources.enums import EntryState, ResourceKind
from lianxue.resources.flows.entries import ENTRY_FLOW
from lianxue.resources.interfaces.web.access import CATEGORY_KEEPERS, READERS, REVIEWERS
from lianxue.resources.interfaces.web.filters import FACETS, FacetForm, SearchForm
from lianxue.resources.interfaces.web.menu import Tab
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.queries.asked import Search
from lianxue.resources.queries.catalogue import SearchResult, Seen, search_catalogue, seen_by, visible_entries
from lianxue.resources.queries.categories import category_tree
from lianxue.resources.queries.entry_panels import panels_of
from lianxue.resources.queries.facets import Facet
from lianxue.resources.queries.unchanged import Unchanged
from lianxue.resources.rules.contributions import SEES_CONTRIBUTION
from lianxue.resources.templatetags.found import marked

PER_PAGE = 24

COLUMNS = (
    Column("code", gettext_lazy("Catalogue number"), lambda entry: entry.code),
    Column("title", gettext_lazy("Title"), lambda entry: entry.title),
    Column("kind", gettext_lazy("Resource type"), lambda entry: entry.get_kind_display()),
    Column("category", gettext_lazy("Subject category"), lambda entry: str(entry.category or "")),
    Column("creator", gettext_lazy("Author or maker"), lambda entry: entry.creator),
    Column("publisher", gettext_lazy("Publisher"), lambda entry: entry.publisher),
    Column("year", gettext_lazy("Year"), lambda entry: entry.year),
    Column("isbn", gettext_lazy("ISBN"), lambda entry: entry.isbn),
    Column("audience", gettext_lazy("For whom"), lambda entry: entry.audience),
    Column("keywords", gettext_lazy("Keywords"), lambda entry: entry.keywords),
    Column("provider", gettext_lazy("Provided by"), lambda entry: entry.provider.name),
    Column(
        "published_at", gettext_lazy("In the catalogue since"), lambda entry: local_date(entry.published_at)
    ),
    Column("state", gettext_lazy("State"), lambda entry: entry.get_state_display()),
)

SCHEMA_TYPES = {
    ResourceKind.BOOK: ["LearningResource", "Book"],
    ResourceKind.DISC: ["LearningResource", "CreativeWork"],
    ResourceKind.ONLINE: ["LearningResource", "WebPage"],
}


@page(READERS)
def catalogue(request: ActingRequest) -> HttpResponseBase:
    """Search the catalogue."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "category", "district", "year", "sort")}
    search = Search(
        text=request.GET.get("q", "")[:200], state=request.GET.get("state") or EntryState.PUBLISHED, **asked
    )
    seen, may_keep = seen_by(request.actor), REVIEWERS.allows(request)
    if export_asked(request):
        return _listing(request, search_catalogue(request.actor, search, seen)).export(_("Catalogue"))
    question = seen.key, may_keep, get_language(), request.GET.urlencode()
    context = {
        "found": _PARTS.answer(seen.mark, question, lambda: _found(request, search, seen)),
        "may_keep": may_keep,
        "may_keep_categories": CATEGORY_KEEPERS.allows(request),
    }
    return render(request, "resources/catalogue.html", context)


# What was found is shown to the next reader who asks the same as it was written for the first.
_PARTS: Unchanged[SafeString] = Unchanged(most=400)


def _listing(request: ActingRequest, result: SearchResult) -> Listing[CatalogueEntry]:
    return Listing(
        request, result.entries, COLUMNS, per_page=PER_PAGE, total=result.total, windows=result.windows
    )


def _found(request: ActingRequest, search: Search, seen: Seen) -> SafeString:
    """Write what was found, with the ways to narrow it down."""
    result = search_catalogue(request.actor, search, seen)
    listing = _listing(request, result)
    kinds = {str(kind): str(label) for kind, label in ResourceKind.choices}
    context = {
        "search_form": SearchForm(request.GET),
        "facet_form": FacetForm(request.GET, result.facets),
        "kinds": _kinds(listing, result.facets),
        "is_narrowed": any(
            facet.chosen for facet in result.facets if facet.key in FACETS and facet.key != "state"
        ),
        "listing": listing,
        "cards": [_card(entry, result.words, kinds) for entry in listing.page],
        "is_asked": any(request.GET.get(name) for name in ("q", "kind", *FACETS)),
        "may_keep": REVIEWERS.allows(request),
    }
    return render_to_string("resources/catalogue_found.html", context, request)


def _kinds(listing: Listing[CatalogueEntry], facets: list[Facet]) -> list[Tab]:
    """Return the kinds as tabs with counts: the facet that everybody uses."""
    kinds = next(facet for facet in facets if facet.key == "kind")
    total = sum(choice.count for choice in kinds.choices)
    first = Tab(_("all"), listing.query(kind=None, page=None), kinds.chosen is None, total)
    return [
        first,
        *[
            Tab(choice.label, listing.query(kind=choice.value, page=None), choice.is_chosen, choice.count)
            for choice in kinds.choices
        ],
    ]


def _card(entry: CatalogueEntry, words: list[str], kinds: dict[str, str]) -> dict[str, Any]:
    # Who provides it is often who published it, or made it.
    parts = dict.fromkeys([entry.creator, entry.publisher, str(entry.year or ""), entry.provider.name])
    return {
        "title": marked(entry.title, words),
        "url": _address("resources:entry", entry.code),
        "picture": _address("resources:entry-cover-small", entry.code) if entry.cover_id else "",
        "kicker": " · ".join(str(part) for part in (kinds[entry.kind], entry.category) if part),
        "text": marked(" · ".join(part for part in parts if part), words),
        "badge": "" if entry.is_published else entry.get_state_display(),
        "tone": "neutral",
    }


def _address(view: str, code: str) -> str:
    """Return what ``reverse`` would: a page of the catalogue asks for dozens of them."""
    return _pattern(view).replace(_CODE, quote(code))


@cache
def _pattern(view: str) -> str:
    return reverse(view, args=[_CODE])


_CODE = "CODE-OF-THE-ENTRY"


@page(READERS)
def entry(request: ActingRequest, code: str) -> HttpResponseBase:
    """Show everything about one entry, and where it came from."""
    actor = request.actor
    found = visible_entries(actor).select_related("contribution__organisation").filter(code=code).first()
    if found is None:
        raise NotFound
    contribution = found.contribution
    context = {
        "entry": found,
        "category_path": category_tree().path(found.category) if found.category else "",
        "offers": {o.verb for o in ENTRY_FLOW.offered(actor=actor, subject=found, at=clock.now())},
        "contribution": contribution
        if contribution and SEES_CONTRIBUTION.holds(actor, contribution)
        else None,
        "linked_data": linked_data(request, found),
        "panels": panels_of(actor, found),
    }
    return render(request, "resources/entry.html", context)


def linked_data(request: ActingRequest, found: CatalogueEntry) -> dict[str, Any]:
    """Return the entry in the words of schema.org, without what is empty."""
    url = request.build_absolute_uri(reverse("resources:entry", args=[found.code]))
    cover = (
        request.build_absolute_uri(reverse("resources:entry-cover", args=[found.code]))
        if found.cover_id
        else ""
    )
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(ResourceKind(found.kind), ["LearningResource"]),
        "@id": url,
        "url": found.online_url or url,
        "identifier": found.code,
        "name": found.title,
        "description": found.description,
        "keywords": found.keyword_list,
        "learningResourceType": found.get_kind_display(),
        "inLanguage": "zh-Hans",
        "author": found.creator,
        "publisher": {"@type": "Organization", "name": found.publisher} if found.publisher else "",
        "provider": {"@type": "Organization", "name": found.provider.name},
        "datePublished": str(found.year or ""),
        "isbn": found.isbn,
        "audience": {"@type": "EducationalAudience", "educationalRole": found.audience}
        if found.audience
        else "",
        "about": found.category.name if found.category else "",
        "image": cover,
    }
    return {key: value for key, value in data.items() if value}
