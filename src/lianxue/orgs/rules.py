"""Rules about places: own organisation, directly below, anywhere below; and about roles.

Each factory takes the path of field names that leads from the subject to its organisation (``"point"``,
``"request__point"``; empty when the subject is the organisation itself).
"""

from typing import Any

from django.db.models import Q

from lianxue.kernel.pages.access import Access
from lianxue.kernel.rules import NO_ROWS, Rule, role_rule, rule
from lianxue.orgs.enums import Chain, OrganisationKind, Role
from lianxue.orgs.models import Actor, ChainNode, Organisation

STAFF_ROLES = frozenset({Role.DESK_CLERK, Role.RESOURCE_REVIEWER, Role.AUDITOR})


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


def _prefix(path: str) -> str:
    return f"{path}__" if path else ""


def _is_below(organisation_id: int | None, **place: Any) -> bool:
    return ChainNode.objects.filter(organisation_id=organisation_id, **place).exists()


def has_role(*roles: Role, tier: int | None = None) -> Rule[Actor]:
    """Hold for actors whose post has one of ``roles`` (and, if given, whose organisation stands on ``tier``)."""
    name = " or ".join(roles) + (f" of tier {tier}" if tier else "")
    return role_rule(name, lambda actor: actor.role in roles and (tier is None or actor.tier == tier))


def own(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to the actor's own organisation."""
    return rule(
        f"own {path}",
        holds=lambda actor, subject: actor.organisation_id is not None
        and _organisation_id(subject, path) == actor.organisation_id,
        rows=lambda actor: Q(**{f"{_prefix(path)}id" if path else "pk": actor.organisation_id})
        if actor.organisation_id is not None
        else NO_ROWS,
    )


def directly_below(path: str = "organisation", chain: Chain = Chain.DISTRIBUTION) -> Rule[Actor]:
    """Hold for what belongs to an organisation directly below the actor's in ``chain``."""
    return rule(
        f"directly below {path}",
        holds=lambda actor, subject: actor.organisation_id is not None
        and _is_below(_organisation_id(subject, path), chain=chain, superior_id=actor.organisation_id),
        rows=lambda actor: Q(
            **{
                f"{path or 'pk'}__in": ChainNode.objects.filter(
                    chain=chain, superior_id=actor.organisation_id
                ).values("organisation_id")
            }
        )
        if actor.organisation_id is not None
        else NO_ROWS,
    )


def below(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to an organisation anywhere below the actor's in the distribution chain."""
    return rule(
        f"below {path}",
        holds=lambda actor, subject: bool(actor.path)
        and _organisation_id(subject, path) != actor.organisation_id
        and _is_below(
            _organisation_id(subject, path), chain=Chain.DISTRIBUTION, path__startswith=actor.path
        ),
        rows=lambda actor: Q(
            **{
                f"{path or 'pk'}__in": ChainNode.objects.filter(
                    chain=Chain.DISTRIBUTION, path__startswith=actor.path
                )
                .exclude(organisation_id=actor.organisation_id)
                .values("organisation_id")
            }
        )
        if actor.path
        else NO_ROWS,
    )


def own_or_below(path: str = "organisation") -> Rule[Actor]:
    """Hold for what belongs to the actor's own organisation or to one anywhere below it."""
    return own(path) | below(path)


PLATFORM: Rule[Actor] = role_rule("the platform itself", lambda actor: actor.is_platform)


ANY_POST = Access("any post", lambda request: request.actor.post_id is not None)


def acting_as(*roles: Role, tier: int | None = None, below_tier: int | None = None) -> Access:
    """Open a page to actors with one of ``roles``, on ``tier`` or on any tier below ``below_tier`` if given."""
    named = " or ".join(roles) + (f" of tier {tier}" if tier else "")
    named += f" below tier {below_tier}" if below_tier else ""

    def allows(request: Any) -> bool:
        actor: Actor = request.actor
        return (
            actor.role in roles
            and (tier is None or actor.tier == tier)
            and (below_tier is None or (actor.tier is not None and actor.tier > below_tier))
        )

    return Access(named, allows)


def may_appoint(actor: Actor, organisation: Organisation, role: Role) -> bool:
    """Tell whether ``actor`` may fill posts of ``role`` in ``organisation``.

    Administrators are appointed from directly above (S1-40: 省-市-县-校 逐级授权); staff without authority over others by
    the administrator of the own organisation; clerks of suppliers by the office that the supplier serves.
    """
    if actor.is_platform:
        return True
    if not actor.is_administrator:
        return False
    if role in STAFF_ROLES:
        is_office_role = role in {Role.RESOURCE_REVIEWER, Role.AUDITOR}
        return organisation.pk == actor.organisation_id and (not is_office_role or actor.tier == 1)
    if role == Role.SUPPLIER_CLERK:
        return organisation.kind == OrganisationKind.SUPPLIER and _is_directly_below(
            organisation, actor, Chain.SUPPLY
        )
    return role == Role.TIER_ADMIN and _is_directly_below(organisation, actor, Chain.DISTRIBUTION)


def _is_directly_below(organisation: Organisation, actor: Actor, chain: Chain) -> bool:
    return ChainNode.objects.filter(
        chain=chain, organisation=organisation, superior_id=actor.organisation_id
    ).exists()
