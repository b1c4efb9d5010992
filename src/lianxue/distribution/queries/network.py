"""Reads about the part of the network that takes part in a round: points, and the colleges above them."""

from django.db.models import Exists, OuterRef, QuerySet

from lianxue.kernel.kept import kept
from lianxue.orgs.models import ChainNode, Organisation
from lianxue.orgs.public import Actor, Chain, Role


def point_places(office_id: int) -> QuerySet[ChainNode]:
    """Return the places of all points below an office: active organisations with nobody active beneath them."""
    top = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id=office_id).values("path")[:1]
    beneath = ChainNode.objects.filter(
        chain=Chain.DISTRIBUTION, superior_id=OuterRef("organisation_id"), organisation__is_active=True
    )
    return ChainNode.objects.filter(
        ~Exists(beneath),
        chain=Chain.DISTRIBUTION,
        path__startswith=top,
        organisation__is_active=True,
        superior__isnull=False,
    ).exclude(organisation_id=office_id)


def points_of(office_id: int, college_id: int | None = None) -> QuerySet[Organisation]:
    """Return all points below an office, or only those directly below one college."""
    places = point_places(office_id)
    if college_id is not None:
        places = places.filter(superior_id=college_id)
    return Organisation.objects.filter(pk__in=places.values("organisation_id")).order_by("code")


def colleges_of(office_id: int) -> list[int]:
    """Return the ids of the organisations that have points directly below them."""
    above = point_places(office_id).order_by("superior_id").values_list("superior_id", flat=True)
    return list(above.distinct())


def college_of_point(organisation_id: int | None, office_id: int) -> int | None:
    """Return the id of the organisation directly above a point of an office's network; None: no such point."""
    if organisation_id is None:
        return None
    return _superior_of_point.first(organisation_id=organisation_id, office_id=office_id)


@kept
def _superior_of_point(organisation_id: int, office_id: int) -> "QuerySet[ChainNode, int | None]":
    places = point_places(office_id).filter(organisation_id=organisation_id)
    return places.values_list("superior_id", flat=True)


def has_points_directly_below(actor: Actor) -> bool:
    """Tell whether the actor administers an organisation to which points report their demand."""
    return actor.role == Role.TIER_ADMIN and actor.has_points_below


def is_point(organisation_id: int) -> bool:
    """Tell whether an organisation stands in the distribution chain with nobody active beneath it."""
    places = ChainNode.objects.filter(chain=Chain.DISTRIBUTION)
    has_place = places.filter(organisation_id=organisation_id, superior__isnull=False).exists()
    return has_place and not places.filter(superior_id=organisation_id, organisation__is_active=True).exists()


def stands_in_network(organisation_id: int) -> bool:
    """Tell whether an organisation stands in the distribution chain at all; suppliers do not."""
    return ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id=organisation_id).exists()


def superior_id_of(organisation_id: int) -> int | None:
    """Return the id of the organisation directly above in the distribution chain."""
    return (
        ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id=organisation_id)
        .values_list("superior_id", flat=True)
        .first()
    )


def top_of(organisation_id: int) -> int | None:
    """Return the id of the office at the top of an organisation's part of the distribution chain."""
    path = (
        ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id=organisation_id)
        .values_list("path", flat=True)
        .first()
    )
    return int(path.split("/")[1]) if path else None


def superiors_of_points(office_id: int) -> dict[int, int | None]:
    """Return the id of the organisation directly above, for every point below an office, by point."""
    return dict(point_places(office_id).order_by().values_list("organisation_id", "superior_id"))
