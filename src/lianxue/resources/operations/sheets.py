"""Tables of many contributions or entries that a person fills in at once."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.errors import Invalid
from lianxue.kernel.tables import Column, SheetRead, SheetRow, SheetShape, read_sheet
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.enums import ContributionState, ResourceKind
from lianxue.resources.models import CatalogueEntry, Category, Contribution
from lianxue.resources.operations.description import EARLIEST_YEAR, MOST_COPIES, Description
from lianxue.resources.operations.save_contribution import Offer
from lianxue.resources.queries.categories import CategoryTree, category_tree

ROWS_AT_MOST = 1000
YES_OR_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


@dataclass(frozen=True)
class ContributionDraft:
    """One row of a table of contributions."""

    description: Description
    offer: Offer


@dataclass(frozen=True)
class EntryDraft:
    """One row of a table of catalogue entries."""

    description: Description
    provider: Organisation


def contribution_sheet() -> SheetShape:
    """Return the table in which a point or college lists what it wants to contribute."""
    offered = [
        Column(
            "copies_offered", gettext_lazy("Copies offered"), "integer", required=False, maximum=MOST_COPIES
        ),
        Column(
            "rights_holder", gettext_lazy("Holder of the rights"), required=False, width=24, max_length=120
        ),
        Column(
            "rights_declared",
            gettext_lazy("Rights declared"),
            "choice",
            required=False,
            choices=YES_OR_NO,
            hint=gettext_lazy("“Yes” declares that the rights in this resource are your own."),
        ),
    ]
    columns = [*_description_columns(category_tree()), *offered]
    return SheetShape(gettext_lazy("Contributions"), columns, max_rows=ROWS_AT_MOST)


def entry_sheet() -> SheetShape:
    """Return the table in which the office lists titles for the catalogue."""
    provider = Column(
        "provider",
        gettext_lazy("Provided by"),
        width=28,
        hint=gettext_lazy("Name or code of the organisation, as it stands in the network."),
    )
    columns = [*_description_columns(category_tree()), provider]
    return SheetShape(gettext_lazy("Catalogue"), columns, max_rows=ROWS_AT_MOST)


def _description_columns(tree: CategoryTree) -> list[Column]:
    return [
        Column("title", gettext_lazy("Title"), width=36),
        Column("kind", gettext_lazy("Resource type"), "choice", choices=ResourceKind.choices),
        Column("creator", gettext_lazy("Author or maker"), required=False, width=20, max_length=120),
        Column("publisher", gettext_lazy("Publisher"), required=False, width=20, max_length=120),
        Column("isbn", gettext_lazy("ISBN"), required=False, width=20, max_length=40),
        Column(
            "year",
            gettext_lazy("Year"),
            "integer",
            required=False,
            width=10,
            minimum=EARLIEST_YEAR,
            maximum=9999,
        ),
        Column(
            "category",
            gettext_lazy("Subject category"),
            "choice",
            required=False,
            choices=_labels(tree),
            width=24,
        ),
        Column("audience", gettext_lazy("For whom"), required=False, width=20),
        Column("description", gettext_lazy("Description"), required=False, width=60, max_length=5000),
        Column("keywords", gettext_lazy("Keywords"), required=False, width=24, max_length=300),
        Column("online_url", gettext_lazy("Web address"), required=False, width=30, max_length=500),
    ]


def _labels(tree: CategoryTree) -> list[tuple[str, str]]:
    """Return codes and names; a name that stands in two places is told with its path."""
    branches = list(tree.branches())
    times = Counter(str(branch.category) for branch in branches)
    return [(b.category.code, str(b.category) if times[str(b.category)] == 1 else b.path) for b in branches]


def read_contributions(
    content: bytes, *, name: str, actor: Actor, at: datetime
) -> tuple[list[ContributionDraft], SheetRead]:
    """Read a table of contributions of the actor's organisation; with any fault nothing of it may be used."""
    read, tree = read_sheet(content, contribution_sheet(), name=name), category_tree()
    drafts = []
    for row in read.rows:
        try:
            offer = Offer(
                copies_offered=_number(row, "copies_offered") or 0,
                rights_holder=_text(row, "rights_holder"),
                rights_declared=row.get("rights_declared") == "yes",
            ).tidy()
            drafts.append(ContributionDraft(_description(row, tree).tidy(at), offer))
        except Invalid as wrong:
            _note(read, row, wrong)
    if not read.faults:
        pairs = [(draft.description.title, draft.description.kind) for draft in drafts]
        known = contributed_already(actor, [title for title, _kind in pairs])
        _note_doubles(read, pairs, known, _("Your organisation has contributed this title already."))
    return drafts, read


def read_entries(content: bytes, *, name: str, at: datetime) -> tuple[list[EntryDraft], SheetRead]:
    """Read a table of catalogue entries; with any fault nothing of it may be used."""
    read, tree = read_sheet(content, entry_sheet(), name=name), category_tree()
    providers, drafts = _providers(_text(row, "provider") for row in read.rows), []
    for row in read.rows:
        found = providers.get(_text(row, "provider"), [])
        if len(found) != 1:
            message = (
                _("There is no such organisation.")
                if not found
                else _("Several organisations have this name.")
            )
            read.add_fault(row, "provider", message)
        try:
            description = _description(row, tree).tidy(at)
        except Invalid as wrong:
            _note(read, row, wrong)
            continue
        if len(found) == 1:
            drafts.append(EntryDraft(description, found[0]))
    if not read.faults:
        triples = [(d.description.title, d.description.kind, d.provider.pk) for d in drafts]
        known = catalogued_already(title for title, _kind, _provider in triples)
        _note_doubles(read, triples, known, _("The catalogue has this title of this provider already."))
    return drafts, read


def contributed_already(actor: Actor, titles: Iterable[str]) -> set[tuple[object, ...]]:
    """Return (title, kind) of what the actor's organisation has contributed under one of ``titles``, unless rejected."""
    rows = Contribution.objects.filter(organisation_id=actor.organisation_id or 0, title__in=list(titles))
    return set(rows.exclude(state=ContributionState.REJECTED).values_list("title", "kind"))


def catalogued_already(titles: Iterable[str]) -> set[tuple[object, ...]]:
    """Return (title, kind, provider id) of the entries under one of ``titles``."""
    return set(
        CatalogueEntry.objects.filter(title__in=list(titles)).values_list("title", "kind", "provider_id")
    )


def _description(row: SheetRow, tree: CategoryTree) -> Description:
    category: Category | None = tree.by_code.get(_text(row, "category"))
    return Description(
        title=_text(row, "title"),
        kind=ResourceKind(_text(row, "kind")),
        creator=_text(row, "creator"),
        publisher=_text(row, "publisher"),
        isbn=_text(row, "isbn"),
        year=_number(row, "year"),
        category=category,
        audience=_text(row, "audience"),
        description=_text(row, "description"),
        keywords=_text(row, "keywords"),
        online_url=_text(row, "online_url"),
    )


def _text(row: SheetRow, key: str) -> str:
    return str(row.get(key) or "")


def _number(row: SheetRow, key: str) -> int | None:
    value = row.get(key)
    return value if isinstance(value, int) else None


def _note(read: SheetRead, row: SheetRow, wrong: Invalid) -> None:
    for key, message in wrong.fields.items():
        read.add_fault(row, key, message)


def _note_doubles(
    read: SheetRead, keys: Sequence[tuple[object, ...]], known: Collection[tuple[object, ...]], message: str
) -> None:
    """Note rows that stand in the table twice, or that are there already. ``keys`` are in the order of the rows."""
    first: dict[tuple[object, ...], int] = {}
    for row, key in zip(read.rows, keys, strict=True):
        if key in known:
            read.add_fault(row, "title", message)
        elif key in first:
            read.add_fault(row, "title", _("The same title stands in row %(row)d.") % {"row": first[key]})
        first.setdefault(key, row.number)


def _providers(written: Iterable[str]) -> dict[str, list[Organisation]]:
    """Return the active organisations meant by each name or code."""
    names, found = set(written), dict[str, list[Organisation]]()
    active = Organisation.objects.filter(is_active=True)
    for organisation in active.filter(name__in=names) | active.filter(code__in=names):
        for name in {organisation.name, organisation.code} & names:
            found.setdefault(name, []).append(organisation)
    return found
