"""The catalogue: what may be seen of it, and searching it."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import BinaryField, Case, F, FloatField, Func, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from lianxue.kernel.kept import kept
from lianxue.kernel.rules import visible
from lianxue.kernel.search import segment, to_query
from lianxue.orgs.public import Actor
from lianxue.resources.enums import EntryState
from lianxue.resources.models import CatalogueEntry, Contribution
from lianxue.resources.queries.asked import Search
from lianxue.resources.queries.categories import category_tree
from lianxue.resources.queries.facets import Counts, Facet, count_facets, read_facets
from lianxue.resources.queries.unchanged import Unchanged, catalogue_mark
from lianxue.resources.rules.contributions import OFFICE_READER
from lianxue.resources.rules.entries import SEES_ENTRY, SEES_PUBLISHED

RANKED_AT_MOST = 5000  # a word that stands in half of all entries is ranked within the newest of them only
SIMILAR_AT_MOST = 5


def by_pinyin(field: str) -> Func:
    """Return nearly the order in which Chinese readers look names up, with every build of PostgreSQL.

    GB 18030 keeps the order of GB 2312, whose 3,755 common characters stand by their sound. The embedded server is
    built without ICU, so there is no collation to ask for.
    """
    return Func(F(field), Value("GB18030"), function="convert_to", output_field=BinaryField())


SORTS: dict[str, tuple[str | Combinable, ...]] = {
    "newest": ("-published_at", "-id"),
    "title": (by_pinyin("title"), "id"),
}


@dataclass(frozen=True)
class SearchResult:
    """The entries found, in order, and how many there would be under each choice of each facet.

    ``words`` are what to mark in titles and texts.
    """

    entries: QuerySet[CatalogueEntry]
    windows: "Windows"
    facets: list[Facet]
    total: int
    words: list[str] = field(default_factory=list)


def visible_entries(actor: Actor) -> QuerySet[CatalogueEntry]:
    """Return the entries that ``actor`` may see, with what a list shows of them."""
    return visible(_shown(), SEES_ENTRY, actor)


def _shown() -> QuerySet[CatalogueEntry]:
    return CatalogueEntry.objects.select_related("provider", "category", "cover").defer("search_vector")


def published_entries() -> QuerySet[CatalogueEntry]:
    """Return all entries that can be chosen, newest first."""
    return CatalogueEntry.objects.filter(state=EntryState.PUBLISHED).defer("search_vector")


def search_catalogue(actor: Actor, search: Search, seen: "Seen | None" = None) -> SearchResult:
    """Find entries by text and facets. Never raises, whatever is asked. ``seen`` is ``seen_by(actor)``."""
    tree = category_tree()
    text = _searchable(search.text)
    seen = seen or seen_by(actor)
    conditions = search.conditions(tree)
    mark = seen.mark
    question = seen.key, text, repr(conditions)
    found = _matching(seen.rows, text)
    counts, total = _COUNTED.answer(mark, question, lambda: count_facets(found, conditions))
    rows = found
    for condition in conditions.values():
        rows = rows.filter(condition)
    entries = _sorted(rows, search.sort, text, total)
    query = to_query(text) if text and search.sort not in SORTS else None
    windows = Windows(entries, rows, query, total > RANKED_AT_MOST, mark, (*question, search.sort))
    return SearchResult(entries, windows, read_facets(counts, search, tree), total, words_in(text))


_COUNTED: Unchanged[Counts] = Unchanged(most=500)


@dataclass(frozen=True)
class Windows:
    """The entries found, to be read a page at a time: ``windows[48:72]`` are those of ``entries[48:72]``.

    First which they are, then what they say: sorting carries no text about, and which they are is kept while the
    catalogue does not change. Where so many were found that only the newest are ranked, these come first and all others
    follow by age; a page is read from the ranked ones alone, or by age alone, and the others need not be sorted.
    """

    entries: QuerySet[CatalogueEntry]
    rows: QuerySet[CatalogueEntry]
    query: SearchQuery | None
    is_partly_ranked: bool
    mark: UUID | None
    question: tuple[Hashable, ...]

    def __getitem__(self, window: slice) -> list[CatalogueEntry]:
        if window.stop <= window.start:
            return []  # nothing was found
        question = self.question, window.start, window.stop, RANKED_AT_MOST
        ids = _FOUND.answer(self.mark, question, lambda: self._ids(window))
        here = {entry.pk: entry for entry in self.rows.filter(pk__in=ids).order_by()}
        return [here[pk] for pk in ids if pk in here]

    def _ids(self, window: slice) -> list[int]:
        return list(self._ordered(window).values_list("pk", flat=True)[window])

    def _ordered(self, window: slice) -> QuerySet[CatalogueEntry]:
        if not self.is_partly_ranked or self.query is None:
            return self.entries
        if window.start >= RANKED_AT_MOST:
            return self.rows.order_by(*SORTS["newest"])
        if window.stop > RANKED_AT_MOST:
            return self.entries
        ranked = CatalogueEntry.objects.filter(pk__in=_newest(self.rows)).order_by()
        ranked = ranked.annotate(rank=SearchRank(F("search_vector"), self.query))
        return ranked.order_by("-rank", *SORTS["newest"])


_FOUND: Unchanged[list[int]] = Unchanged(most=500)


class Seen(NamedTuple):
    """The entries that an actor may see; ``key`` is the same for actors who see the same.

    Whatever is worked out from them stays true while the catalogue has this ``mark``.
    """

    key: Hashable
    rows: QuerySet[CatalogueEntry]
    mark: UUID | None


def seen_by(actor: Actor) -> Seen:
    """Return what ``actor`` may see, without asking for own withdrawn entries where there are none.

    So nearly everybody sees the same, which is counted once for all of them.
    """
    mark = catalogue_mark()
    if OFFICE_READER.holds(actor, None) or _withdrawn.exists(provider_id=actor.organisation_id):
        return Seen(actor.in_parts(), visible_entries(actor), mark)
    return Seen(SEES_PUBLISHED.holds(actor, _PUBLISHED), visible(_shown(), SEES_PUBLISHED, actor), mark)


_PUBLISHED = CatalogueEntry(state=EntryState.PUBLISHED)


@kept
def _withdrawn(provider_id: int | None) -> QuerySet[CatalogueEntry]:
    return CatalogueEntry.objects.filter(provider_id=provider_id).exclude(state=EntryState.PUBLISHED)


def _searchable(text: str) -> str:
    """Return ``text`` without what no database takes: NUL, and halves of characters."""
    return text.replace("\x00", "").encode(errors="ignore").decode().strip()


def _matching(rows: QuerySet[CatalogueEntry], text: str) -> QuerySet[CatalogueEntry]:
    if not text:
        return rows
    query = to_query(text)
    if query is None:  # signs only: they may still stand in a title
        return rows.filter(title__icontains=text)
    return rows.filter(search_vector=query)


def _sorted(rows: QuerySet[CatalogueEntry], sort: str, text: str, total: int) -> QuerySet[CatalogueEntry]:
    query = to_query(text) if text and sort not in SORTS else None
    if query is None:
        return rows.order_by(*SORTS.get(sort, SORTS["newest"]))
    rank: Combinable = SearchRank(F("search_vector"), query)
    if total > RANKED_AT_MOST:
        rank = Case(When(pk__in=_newest(rows), then=rank), default=Value(0.0), output_field=FloatField())
    return rows.annotate(rank=rank).order_by("-rank", *SORTS["newest"])


def _newest(rows: QuerySet[CatalogueEntry]) -> "QuerySet[CatalogueEntry, Any]":
    return rows.order_by(*SORTS["newest"]).values("pk")[:RANKED_AT_MOST]


def words_in(text: str) -> list[str]:
    """Return the words of a search to mark in what was found, longest first."""
    tokens = set(segment(text[:200]).split())
    words = {token for token in tokens if len(token) > 1} or tokens
    return sorted(words, key=lambda word: (-len(word), word))


def similar_entries(contribution: Contribution) -> QuerySet[CatalogueEntry]:
    """Return entries that may be the same title: the same ISBN, or all words of the title in theirs."""
    alike = Q(title__iexact=contribution.title)
    if contribution.isbn:
        alike |= Q(isbn=contribution.isbn)
    if (query := to_query(contribution.title)) is not None:
        alike |= Q(search_vector=query)
    others = (
        CatalogueEntry.objects.exclude(contribution_id=contribution.pk)
        if contribution.pk
        else CatalogueEntry.objects
    )
    return others.filter(alike).select_related("provider").defer("search_vector")[:SIMILAR_AT_MOST]
