"""Reads about where organisations stand."""

from django.db.models import Exists, OuterRef, QuerySet

from lianxue.orgs.enums import Chain
from lianxue.orgs.models import ChainNode, Organisation


def superior_of(organisation_id: int, chain: Chain = Chain.DISTRIBUTION) -> Organisation | None:
    """Return the organisation directly above in ``chain``, or None at the top or outside the chain."""
    node = ChainNode.objects.select_related("superior").filter(chain=chain, organisation_id=organisation_id).first()
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
    return Organisation.objects.filter(places__chain=chain, places__superior_id=organisation_id).order_by("code")


def organisations_below(path: str, chain: Chain = Chain.DISTRIBUTION) -> QuerySet[Organisation]:
    """Return all organisations whose place starts with ``path``, the one at ``path`` included."""
    return Organisation.objects.filter(places__chain=chain, places__path__startswith=path).order_by("code")


def points_below(path: str) -> QuerySet[Organisation]:
    """Return the lowest organisations of the distribution chain below ``path``: those with nobody beneath."""
    beneath = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, superior_id=OuterRef("pk"))
    return organisations_below(path).filter(~Exists(beneath))
