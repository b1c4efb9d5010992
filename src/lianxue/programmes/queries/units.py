"""Which organisations a call is for."""

from django.db.models import QuerySet

from lianxue.orgs.models import ChainNode, Division, Organisation
from lianxue.programmes.models import Call


def units_of(call: Call) -> QuerySet[Organisation]:
    """Return the units that may file in a call: active, below its office, as its definition says."""
    who = call.definition.units
    places = ChainNode.objects.filter(chain=who.chain, path__contains=f"/{call.office_id}/").exclude(
        organisation_id=call.office_id
    )
    if who.depth is not None:
        places = places.filter(depth=who.depth)
    rows = Organisation.objects.filter(pk__in=places.values("organisation_id"), is_active=True)
    if who.kinds:
        rows = rows.filter(kind__in=who.kinds)
    return rows.order_by("division_id", "code")


def desks_in_between(call: Call) -> set[int]:
    """Return the organisations that stand between the office and the units of a call: they see their own part of it."""
    who = call.definition.units
    places = ChainNode.objects.filter(chain=who.chain, path__contains=f"/{call.office_id}/")
    return set(
        places.filter(organisation__places_below__chain=who.chain).values_list("organisation_id", flat=True)
    )


def areas_of(unit: Organisation) -> dict[str, str]:
    """Return the areas that a unit files for, code → name: its own division and those directly below (市、县（市、区）)."""
    if unit.division_id is None:
        return {}
    own = Division.objects.filter(pk=unit.division_id).values_list("code", "name")
    below = Division.objects.filter(parent_id=unit.division_id, is_functional_zone=False).order_by("code")
    return dict([*own, *below.values_list("code", "name")])
