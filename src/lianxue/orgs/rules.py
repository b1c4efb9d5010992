"""Rules about places: own organisation, directly below, anywhere below; and about roles.

Each factory takes the path of field names that leads from the subject to its organisation (``"point"``,
``"request__point"``; empty when the subject is the organisation itself). The row filters are sub-queries over places,
never joins, so they can be combined without doubling rows.
"""

from typing import Any

from django.db.models import Q

from lianxue.kernel.rules import NO_ROWS, Rule, role_rule, rule
from lianxue.orgs.enums import DELEGATING_CHAINS, Chain, OrganisationKind, Role
from lianxue.orgs.models import Actor, ChainNode, Organisation

STAFF_ROLES = frozenset({Role.DESK_CLERK, Role.RESOURCE_REVIEWER, Role.AUDITOR})
OFFICE_ROLES = frozenset({Role.RESOURCE_REVIEWER, Role.AUDITOR})


def _organisation_id(subject: Any, path: str) -> int | None:
    steps = path.split("__") if path else []
    for step in steps[:-1]:
        subject = getattr(subject, step)
        if subject is None:
            return None
    if not steps:
        return int(subject.pk)
    found = getattr(subject, f"{steps[-1]}_id")
    return None if found is None else int(found)


def _stands(organisation_id: int | None, **place: Any) -> bool:
    if organisation_id is None:
        return False
    return ChainNode.objects.filter(organisation_id=organisation_id, **place).exists()


def has_role(*roles: Role, tier: int | None = None) -> Rule[Actor]:
    """Hold for actors whose post has one of ``roles`` (and, if given, whose organisation stands on ``tier``)."""
    name = " or ".join(roles) + (f" of tier {tier}" if tier else "")
    return role_rule(name, lambda actor: actor.role in roles and (tier is None or actor.tier == tier))


def own(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to the actor's own organisation."""
    return rule(
        f"own {path}".strip(),
        holds=lambda actor, subject: (
            actor.organisation_id is not None and _organisation_id(subject, path) == actor.organisation_id
        ),
        rows=lambda actor: (
            Q(**{path or "pk": actor.organisation_id}) if actor.organisation_id is not None else NO_ROWS
        ),
    )


def directly_below(path: str = "organisation", chain: Chain = Chain.DISTRIBUTION) -> Rule[Actor]:
    """Hold for what belongs to an organisation directly below the actor's in ``chain``."""
    return rule(
        f"directly below {path}".strip(),
        holds=lambda actor, subject: (
            actor.organisation_id is not None
            and _stands(_organisation_id(subject, path), chain=chain, superior_id=actor.organisation_id)
        ),
        rows=lambda actor: (
            Q(
                **{
                    f"{path or 'pk'}__in": ChainNode.objects.filter(
                        chain=chain, superior_id=actor.organisation_id
                    ).values("organisation_id")
                }
            )
            if actor.organisation_id is not None
            else NO_ROWS
        ),
    )


def below(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to an organisation anywhere below the actor's in the distribution chain."""
    return rule(
        f"below {path}".strip(),
        holds=lambda actor, subject: (
            bool(actor.path)
            and _organisation_id(subject, path) != actor.organisation_id
            and _stands(
                _organisation_id(subject, path), chain=Chain.DISTRIBUTION, path__startswith=actor.path
            )
        ),
        rows=lambda actor: (
            Q(
                **{
                    f"{path or 'pk'}__in": ChainNode.objects.filter(
                        chain=Chain.DISTRIBUTION, path__startswith=actor.path
                    )
                    .exclude(organisation=actor.organisation_id)
                    .values("organisation_id")
                }
            )
            if actor.path
            else NO_ROWS
        ),
    )


def own_or_below(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to the actor's own organisation or to one anywhere below it."""
    return own(path) | below(path)


def beneath(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to an organisation at or beneath the actor's own place in any chain, supply included."""
    return rule(
        f"beneath {path}".strip(),
        holds=lambda actor, subject: (
            actor.organisation_id is not None
            and _stands(_organisation_id(subject, path), path__contains=f"/{actor.organisation_id}/")
        ),
        rows=lambda actor: (
            Q(
                **{
                    f"{path or 'pk'}__in": ChainNode.objects.filter(
                        path__contains=f"/{actor.organisation_id}/"
                    ).values("organisation_id")
                }
            )
            if actor.organisation_id is not None
            else NO_ROWS
        ),
    )


def own_or_beneath(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to the own organisation or to one beneath it in any chain."""
    return own(path) | beneath(path)


def above(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to an organisation anywhere above the actor's, in any chain."""
    return rule(
        f"above {path}".strip(),
        holds=lambda actor, subject: _organisation_id(subject, path) in _superiors(actor),
        rows=lambda actor: Q(**{f"{path or 'pk'}__in": _superiors(actor)}),
    )


def _superiors(actor: Actor) -> list[int]:
    paths = ChainNode.objects.filter(organisation_id=actor.organisation_id or 0).values_list(
        "path", flat=True
    )
    return sorted({int(step) for path in paths for step in path.strip("/").split("/")[:-1]})


PLATFORM: Rule[Actor] = role_rule("the platform itself", lambda actor: actor.is_platform)

# Whom one may know: oneself, those beneath, and those above whom one reports to. Neighbours do not exist.
IN_SIGHT: Rule[Actor] = own_or_beneath("") | above("")

# Whose people and posts an administrator sees and answers for.
IN_CHARGE: Rule[Actor] = has_role(Role.TIER_ADMIN) & own_or_beneath("organisation")


def may_appoint(actor: Actor, organisation: Organisation, role: Role) -> bool:
    """Tell whether ``actor`` may fill posts of ``role`` in ``organisation``.

    Administrators are appointed from directly above (S1-40: 省-市-县-校 逐级授权); staff without authority over others by
    the administrator of the own organisation; clerks of suppliers by the office that the supplier serves.
    """
    if actor.is_platform:
        return True
    if not actor.is_administrator:
        return False
    if role == Role.EXPERT:  # panels sit where filings come together
        return organisation.pk == actor.organisation_id and _stands_above_others(organisation.pk)
    if role in STAFF_ROLES:
        return organisation.pk == actor.organisation_id and (role not in OFFICE_ROLES or actor.tier == 1)
    if role == Role.SUPPLIER_CLERK:
        return directly_below("", Chain.SUPPLY).holds(actor, organisation)
    return role == Role.TIER_ADMIN and any(
        directly_below("", chain).holds(actor, organisation) for chain in DELEGATING_CHAINS
    )


def _stands_above_others(organisation_id: int) -> bool:
    return ChainNode.objects.filter(chain__in=DELEGATING_CHAINS, superior_id=organisation_id).exists()


def fits(role: Role, organisation: Organisation) -> bool:
    """Tell whether posts of ``role`` exist in an organisation like this: suppliers have clerks, nobody else has."""
    return (role == Role.SUPPLIER_CLERK) == (organisation.kind == OrganisationKind.SUPPLIER)


def may_place(actor: Actor, superior: Organisation | None) -> bool:
    """Tell whether ``actor`` may put organisations directly below ``superior`` (None: at the top of a chain).

    An administrator may below the own organisation; the office (tier 1) anywhere in its part of the network.
    """
    if actor.is_platform:
        return True
    if superior is None or not actor.is_administrator:
        return False
    return own("").holds(actor, superior) or (actor.tier == 1 and below("").holds(actor, superior))
