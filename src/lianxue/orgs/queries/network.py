"""Reads about where organisations stand."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from lianxue.orgs.enums import Chain
from lianxue.orgs.models import ChainNode, Division, Organisation


@dataclass(frozen=True)
class Place:
    """Where an organisation stands in one chain: everything above it from the top down, and how deep it is."""

    chain: Chain
    depth: int
    superiors: tuple[Organisation, ...]


def superior_of(organisation_id: int, chain: Chain = Chain.DISTRIBUTION) -> Organisation | None:
    """Return the organisation directly above in ``chain``, or None at the top or outside the chain."""
    node = (
        ChainNode.objects.select_related("superior")
        .filter(chain=chain, organisation_id=organisation_id)
        .first()
    )
    return node.superior if node else None


def tier_of(organisation_id: int) -> int | None:
    """Return the tier in the distribution chain, or None outside it."""
    return (
        ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id=organisation_id)
        .values_list("depth", flat=True)
        .first()
    )


def children_of(organisation_id: int, chain: Chain = Chain.DISTRIBUTION) -> QuerySet[Organisation]:
    """Return the organisations directly below in ``chain``."""
    return Organisation.objects.filter(places__chain=chain, places__superior_id=organisation_id).order_by(
        "code"
    )


def organisations_below(path: str, chain: Chain = Chain.DISTRIBUTION) -> QuerySet[Organisation]:
    """Return all organisations whose place starts with ``path``, the one at ``path`` included."""
    return Organisation.objects.filter(places__chain=chain, places__path__startswith=path).order_by("code")


def points_below(path: str) -> QuerySet[Organisation]:
    """Return the lowest organisations of the distribution chain below ``path``: those with nobody beneath."""
    beneath = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, superior_id=OuterRef("pk"))
    return organisations_below(path).filter(~Exists(beneath))


def with_tier(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Give each row its ``tier`` and the name of the organisation above it in the distribution chain."""
    node = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation=OuterRef("pk"))
    return rows.annotate(
        tier=Subquery(node.values("depth")[:1]), superior_name=Subquery(node.values("superior__name")[:1])
    )


def on_tier(rows: QuerySet[Organisation], tier: int) -> QuerySet[Organisation]:
    """Keep the organisations that stand on ``tier`` of the distribution chain."""
    nodes = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, depth=tier)
    return rows.filter(pk__in=nodes.values("organisation_id"))


def standing_in(rows: QuerySet[Organisation], chain: Chain) -> QuerySet[Organisation]:
    """Keep the organisations that have a place in ``chain``."""
    return rows.filter(pk__in=ChainNode.objects.filter(chain=chain).values("organisation_id"))


def places_of(organisation: Organisation) -> list[Place]:
    """Return the places of an organisation, one for each chain in which it stands."""
    nodes = list(ChainNode.objects.filter(organisation=organisation).order_by("chain"))
    steps = {node.pk: [int(step) for step in node.path.strip("/").split("/")[:-1]] for node in nodes}
    known = Organisation.objects.in_bulk({step for path in steps.values() for step in path})
    order = list(Chain)
    return sorted(
        (Place(Chain(n.chain), n.depth, tuple(known[step] for step in steps[n.pk])) for n in nodes),
        key=lambda place: order.index(place.chain),
    )


def counties_of(organisations: QuerySet[Organisation]) -> QuerySet[Division]:
    """Return the districts and counties in which these organisations lie."""
    codes = organisations.exclude(division=None).values_list("division_id", flat=True)
    counties = {f"{code[:6]}000000" for code in codes.order_by().distinct()}
    return Division.objects.filter(pk__in=counties).order_by("code")


def lying_in(rows: QuerySet[Organisation], division: Division) -> QuerySet[Organisation]:
    """Keep the organisations that lie anywhere in ``division``."""
    return rows.filter(division__code__startswith=_prefix(division.code))


def _prefix(code: str) -> str:
    """Return the digits that all codes within a division share: 2 for a province, 4, 6, then 9 for a town."""
    return next((code[:digits] for digits in (2, 4, 6, 9) if not code[digits:].strip("0")), code)
