"""Registering an organisation and giving it its places."""

from collections.abc import Mapping
from datetime import datetime

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Chain, OrganisationKind, Role
from lianxue.orgs.errors import BadPlace, CodeTaken
from lianxue.orgs.models import Actor, ChainNode, Division, Organisation


@operation("orgs.register_organisation")
def register_organisation(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    kind: OrganisationKind,
    places: Mapping[Chain, Organisation | None],
    division: Division | None = None,
    is_sample: bool = False,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Organisation:
    """Register an organisation; ``places`` maps each chain to the organisation directly above (None: top).

    Only the platform at set-up, the office (tier 1) or the administrator of the organisation directly above in the
    distribution chain may. Raise ``CodeTaken`` or ``BadPlace``.
    """
    _require_authority(actor, places)
    if Organisation.objects.filter(code=code).exists():
        raise CodeTaken(fields={"code": CodeTaken.default_message})
    organisation = Organisation.objects.create(
        code=code,
        name=name,
        kind=kind,
        division=division,
        is_sample=is_sample,
        latitude=latitude,
        longitude=longitude,
    )
    for chain, superior in places.items():
        _place(organisation, chain, superior)
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.register_organisation",
        subject=organisation,
        after={
            **audit.snapshot(organisation, "code", "name", "kind", "division"),
            "places": {chain.value: superior.code if superior else "" for chain, superior in places.items()},
        },
    )
    return organisation


def _require_authority(actor: Actor, places: Mapping[Chain, Organisation | None]) -> None:
    if actor.is_platform:
        return
    above = places.get(Chain.DISTRIBUTION)
    is_direct = above is not None and above.pk == actor.organisation_id
    if actor.role != Role.TIER_ADMIN or not (actor.tier == 1 or is_direct):
        raise NotAllowed


def _place(organisation: Organisation, chain: Chain, superior: Organisation | None) -> None:
    if superior is None:
        depth, prefix = 1, "/"
    else:
        above = ChainNode.objects.filter(chain=chain, organisation=superior).first()
        if above is None:
            raise BadPlace
        depth, prefix = above.depth + 1, above.path
    ChainNode.objects.create(
        chain=chain,
        organisation=organisation,
        superior=superior,
        depth=depth,
        path=f"{prefix}{organisation.pk}/",
    )
