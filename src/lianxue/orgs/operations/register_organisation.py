"""Registering an organisation and giving it its places."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Chain, OrganisationKind
from lianxue.orgs.errors import BadPlace, NotAbove, PlaceTaken
from lianxue.orgs.models import Actor, ChainNode, Division, Organisation
from lianxue.orgs.operations.organisation_checks import check_organisation
from lianxue.orgs.rules import may_place, own_or_below


@operation("orgs.register_organisation", label=_("Register an organisation"))
def register_organisation(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    kind: OrganisationKind,
    places: Mapping[Chain, Organisation | None],
    division: Division | None = None,
    uscc: str = "",
    address: str = "",
    telephone: str = "",
    is_sample: bool = False,
    latitude: float | None = None,
    longitude: float | None = None,
    request_key: str | None = None,  # read by the frame
) -> Organisation:
    """Register an organisation; ``places`` maps each chain to the organisation directly above (None: top).

    Only the platform at set-up, the administrator of the organisation directly above, or the office (tier 1) within
    its part of the network may. Raise ``NotAbove``, ``BadOrganisation``, ``CodeTaken``, ``CreditCodeTaken`` or
    ``BadPlace``.
    """
    if not actor.is_platform and not places:
        raise NotAbove
    if not all(may_place(actor, superior) for superior in places.values()):
        raise NotAbove
    organisation = Organisation(
        code=code.strip(),
        name=name.strip(),
        kind=kind,
        division=division,
        uscc=uscc.strip().upper(),
        address=address.strip(),
        telephone=telephone.strip(),
        is_sample=is_sample,
        latitude=latitude,
        longitude=longitude,
    )
    check_organisation(organisation)
    organisation.save()
    for chain, superior in places.items():
        _place(organisation, chain, superior)
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.register_organisation",
        subject=organisation,
        after=what_is_registered(organisation, places),
    )
    return organisation


def what_is_registered(
    organisation: Organisation, places: Mapping[Chain, Organisation] | Mapping[Chain, Organisation | None]
) -> dict[str, Any]:
    """Return what the trail keeps of an organisation that is registered at ``places``."""
    return {
        **audit.snapshot(organisation, "code", "name", "kind", "division", "uscc", "address", "telephone"),
        "places": {chain.value: superior.code if superior else "" for chain, superior in places.items()},
    }


def node_beneath(above: ChainNode, organisation: Organisation) -> ChainNode:
    """Return the place of an organisation directly below the one at ``above``, not saved yet."""
    return ChainNode(
        chain=above.chain,
        organisation=organisation,
        superior_id=above.organisation_id,
        depth=above.depth + 1,
        path=f"{above.path}{organisation.pk}/",
    )


@operation("orgs.place_in_chain", label=_("Give an organisation a place in a chain"))
def place_in_chain(
    *, actor: Actor, at: datetime, organisation: Organisation, chain: Chain, superior: Organisation | None
) -> Organisation:
    """Put an organisation that is registered already below ``superior`` in one more chain.

    Raise ``NotAbove``, ``PlaceTaken`` or ``BadPlace``.
    """
    if not may_place(actor, superior) or not (
        actor.is_platform or own_or_below("").holds(actor, organisation)
    ):
        raise NotAbove
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if ChainNode.objects.filter(chain=chain, organisation=row).exists():
        raise PlaceTaken
    _place(row, chain, superior)
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.place_in_chain",
        subject=row,
        after={"chain": chain.value, "superior": superior.code if superior else ""},
    )
    return row


def _place(organisation: Organisation, chain: Chain, superior: Organisation | None) -> None:
    if superior is None:
        node = ChainNode(chain=chain, organisation=organisation, depth=1, path=f"/{organisation.pk}/")
    else:
        above = ChainNode.objects.filter(chain=chain, organisation=superior).first()
        if above is None:
            raise BadPlace
        node = node_beneath(above, organisation)
    node.save(force_insert=True)
