"""Registering an organisation and giving it its places."""

from collections.abc import Mapping
from datetime import datetime

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
        after={
            **audit.snapshot(
                organisation, "code", "name", "kind", "division", "uscc", "address", "telephone"
            ),
            "places": {chain.value: superior.code if superior else "" for chain, superior in places.items()},
        },
    )
    return organisation


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
        depth, prefix = 1, "/"
    else:
        node = ChainNode.objects.filter(chain=chain, organisation=superior).first()
        if node is None:
            raise BadPlace
        depth, prefix = node.depth + 1, node.path
    ChainNode.objects.create(
        chain=chain,
        organisation=organisation,
        superior=superior,
        depth=depth,
        path=f"{prefix}{organisation.pk}/",
    )
