"""Reads about people by the posts they hold."""

from contextlib import suppress
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from lianxue.accounts.models import Person, normalise_phone
from lianxue.kernel.errors import Invalid
from lianxue.kernel.rules import Rule, rule, visible
from lianxue.kernel.sealing import blind_index
from lianxue.orgs.enums import DELEGATING_CHAINS, Chain, OrganisationKind, Role
from lianxue.orgs.models import Actor, ChainNode, Organisation, Post
from lianxue.orgs.queries.actors import in_force
from lianxue.orgs.rules import IN_CHARGE, directly_below, may_appoint


def posts_in_charge(actor: Actor) -> QuerySet[Post]:
    """Return the posts that ``actor`` answers for, past and coming ones too, each with its ``tier``."""
    tier = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation=OuterRef("organisation"))
    rows = Post.objects.select_related("person", "organisation").annotate(
        tier=Subquery(tier.values("depth")[:1])
    )
    return visible(rows, IN_CHARGE, actor)


def people_in_charge(on: date) -> Rule[Actor]:
    """Return the rule for people of whom an administrator answers for a post that is not over on the day ``on``."""

    def held(actor: Actor) -> QuerySet[Post]:
        return visible(Post.objects.filter(not_over(on)), IN_CHARGE, actor)

    return rule(
        "holds a post in my charge",
        holds=lambda actor, person: held(actor).filter(person=person).exists(),
        rows=lambda actor: Q(pk__in=held(actor).values("person_id")),
    )


def not_over(on: date) -> Q:
    """Return the filter for posts that are held on the day ``on`` or later."""
    return Q(Q(ends_on__isnull=True) | Q(ends_on__gte=on), ended_at__isnull=True)


def find_people(rows: QuerySet[Post], text: str) -> QuerySet[Post]:
    """Keep the posts of people whose name or account name holds ``text``, or whose telephone number it is."""
    wanted = Q(person__full_name__icontains=text) | Q(person__username__icontains=text)
    with suppress(Invalid):  # it is no telephone number
        wanted |= Q(person__phone_index=blind_index(normalise_phone(text)))
    return rows.filter(wanted)


def posts_shown(actor: Actor, organisation: Organisation, on: date) -> QuerySet[Post]:
    """Return the posts in force that ``actor`` may read on the page of ``organisation``.

    Whoever works there and whoever administers it sees all of them; those below see whom they report to.
    """
    rows = Post.objects.select_related("person").filter(in_force(on), organisation=organisation)
    if organisation.pk == actor.organisation_id:
        return rows
    administered = IN_CHARGE.rows(actor)
    return rows.filter(administered | Q(role=Role.TIER_ADMIN))


def posts_to_fill(actor: Actor) -> list[tuple[Organisation, Role]]:
    """Return every organisation and role that ``actor`` may appoint to, those of the own organisation first."""
    if not actor.is_administrator:
        return []
    near = Q()
    for chain in (*DELEGATING_CHAINS, Chain.SUPPLY):
        near |= directly_below("", chain).rows(actor)
    own = list(Organisation.objects.filter(pk=actor.organisation_id or 0))
    below = Organisation.objects.filter(near, is_active=True).order_by("kind", "code")
    roles = (
        Role.DESK_CLERK,
        Role.RESOURCE_REVIEWER,
        Role.AUDITOR,
        Role.TIER_ADMIN,
        Role.SUPPLIER_CLERK,
        Role.EXPERT,
    )
    return [
        (organisation, role)
        for organisation in [*own, *below]
        for role in roles
        if _plausible(actor, organisation, role)
    ]


def _plausible(actor: Actor, organisation: Organisation, role: Role) -> bool:
    # The same as may_appoint, told from what is known already: a query for each of 30 schools would be slow.
    if organisation.pk == actor.organisation_id:
        return may_appoint(actor, organisation, role)
    is_supplier = organisation.kind == OrganisationKind.SUPPLIER
    return role == (Role.SUPPLIER_CLERK if is_supplier else Role.TIER_ADMIN)


def may_renew_password(actor: Actor, person: Person, on: date) -> bool:
    """Tell whether ``actor`` may give ``person`` a new first password.

    Only whoever may fill every post that the person holds: a password opens all of them.
    """
    if actor.is_platform:
        return True
    held = Post.objects.select_related("organisation").filter(not_over(on), person=person)
    return (
        actor.person_id != person.pk
        and bool(held)
        and all(may_appoint(actor, post.organisation, Role(post.role)) for post in held)
    )
