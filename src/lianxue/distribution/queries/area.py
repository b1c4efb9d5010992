"""The points below an actor: below which unit, in which district, of which system and kind each of them is."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import BigIntegerField, CharField, Exists, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, NullIf, Substr

from lianxue.distribution.rules.reports import OVERSEES_POINT
from lianxue.kernel.clock import SHANGHAI
from lianxue.kernel.rules import visible
from lianxue.orgs.models import ChainNode, Division, Organisation
from lianxue.orgs.public import SYSTEM_CHAINS, Actor, Chain


class PlaceFacts(TypedDict):
    """What ``points_in`` says of each point."""

    unit_id: int
    district: str
    system: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    PointPlace = WithAnnotations[ChainNode, PlaceFacts]

DISTRICT_DIGITS = 6  # of the code of a division: province, city, district or county


def points_in(actor: Actor) -> "QuerySet[PointPlace]":
    """Return the places of all active points below ``actor``, by code.

    Each carries ``unit_id`` (the organisation directly below the actor through which it reports, or the point itself),
    ``district`` (six digits, empty when it lies nowhere) and ``system`` (its system chain, empty for none).
    """
    beneath = ChainNode.objects.filter(
        chain=Chain.DISTRIBUTION, superior_id=OuterRef("organisation_id"), organisation__is_active=True
    )
    systems = ChainNode.objects.filter(organisation_id=OuterRef("organisation_id"), chain__in=SYSTEM_CHAINS)
    rows = ChainNode.objects.filter(
        ~Exists(beneath), chain=Chain.DISTRIBUTION, organisation__is_active=True
    ).annotate(
        unit_id=_step_below(actor.path),
        district=Coalesce(Substr("organisation__division_id", 1, DISTRICT_DIGITS), Value("")),
        system=Coalesce(
            Subquery(systems.order_by("chain").values("chain")[:1]), Value(""), output_field=CharField()
        ),
    )
    return visible(rows, OVERSEES_POINT, actor).order_by("organisation__code")


def _step_below(path: str) -> Cast:
    """Return the expression for the first organisation on the way down from ``path`` to a place."""
    rest = Substr(F("path"), len(path) + 1)
    first = Func(rest, Value("/"), Value(1), function="SPLIT_PART", output_field=CharField())
    # NULLIF: the database may look at the actor's own place, from which no step goes down, before it filters it out.
    return Cast(NullIf(first, Value("")), BigIntegerField())


def names_of_units(unit_ids: list[int]) -> dict[int, Organisation]:
    """Return the organisations with these ids."""
    return Organisation.objects.only("id", "code", "name").in_bulk(unit_ids)


def names_of_districts(codes: list[str]) -> dict[str, str]:
    """Return the names of districts by their six digits."""
    rows = Division.objects.filter(pk__in=[f"{code:0<12}" for code in codes if code])
    return {row.code[:DISTRICT_DIGITS]: row.name for row in rows}


def first_moment(year: int) -> datetime:
    """Return when a calendar year begins in Asia/Shanghai."""
    return datetime(year, 1, 1, tzinfo=SHANGHAI)
