"""The network with its people: 1 office, 21 of level 2, 387 points, their suppliers and administrators."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from lianxue.accounts.public import Person, create_person
from lianxue.demo.accounts import SampleAccount, read_accounts
from lianxue.demo.cast import Cast
from lianxue.demo.names import PersonNames
from lianxue.demo.network import NetworkOrganisation, read_network
from lianxue.orgs.public import (
    Actor,
    Chain,
    Division,
    Organisation,
    OrganisationKind,
    Role,
    actor_for,
    appoint,
    load_divisions,
    register_organisation,
)

Step = Callable[[str, int, int], None]
SHANGHAI = frozenset({"31"})


def build_network(*, at: datetime, seed: int, step: Step, colleges: int | None = None) -> Cast:
    """Load Shanghai's divisions, register every organisation and appoint one acting person in each.

    ``colleges`` keeps only so many organisations of level 2, with their points (None: all).

    Authority goes down one step at a time (S1-40): the platform appoints the office, the office level 2, level 2 its
    points. ``at`` is when all this happened.
    """
    platform = Actor.platform()
    load_divisions(actor=platform, at=at, provinces=SHANGHAI)
    network = _first_colleges(read_network(), colleges)
    organisations = _register(platform, network, at, step)
    above = {
        one.code: one.superiors[Chain.DISTRIBUTION] or ""
        for one in network
        if Chain.DISTRIBUTION in one.superiors
    }
    actors = _appoint(platform, organisations, above, at=at, seed=seed, step=step)
    reviewer = actors.pop(_REVIEWER)
    return Cast(organisations=organisations, actors=actors, above=above, reviewer=reviewer)


_REVIEWER = "reviewer"


def _first_colleges(
    network: Sequence[NetworkOrganisation], colleges: int | None
) -> Sequence[NetworkOrganisation]:
    """Return the network without the points of all but the first community colleges."""
    if colleges is None:
        return network
    named = [one.code for one in network if one.kind == OrganisationKind.COMMUNITY_COLLEGE]
    gone = set(named[colleges:])
    kept = []
    for one in network:
        if (
            one.code in gone
            or gone & set(one.superiors.values())
            or one.kind == OrganisationKind.ELDER_BRANCH
        ):
            gone.add(one.code)
        else:
            kept.append(one)
    return kept


def _register(
    platform: Actor, network: Sequence[NetworkOrganisation], at: datetime, step: Step
) -> dict[str, Organisation]:
    divisions = Division.objects.in_bulk()
    made: dict[str, Organisation] = {}
    for number, one in enumerate(network, 1):
        made[one.code] = register_organisation(
            actor=platform,
            at=at,
            code=one.code,
            name=one.name,
            kind=OrganisationKind(one.kind),
            places={Chain(c): made[above] if above else None for c, above in one.superiors.items()},
            division=divisions.get(one.division_code),
            is_sample=one.is_sample,
            latitude=one.latitude,
            longitude=one.longitude,
        )
        step("Organisations", number, len(network))
    return made


def _appoint(
    platform: Actor,
    organisations: Mapping[str, Organisation],
    above: Mapping[str, str],
    *,
    at: datetime,
    seed: int,
    step: Step,
) -> dict[str, Actor]:
    """Return the acting person of each organisation by its code, and the reviewer under a key of its own."""
    names, since = PersonNames(seed), at.date()
    known = {
        (post.organisation, post.role): account
        for account in reversed(read_accounts())
        for post in account.posts
    }
    people, actors = _People(platform, at), dict[str, Actor]()
    for number, (code, organisation) in enumerate(organisations.items(), 1):
        role = Role.SUPPLIER_CLERK if organisation.kind == OrganisationKind.SUPPLIER else Role.TIER_ADMIN
        account = known.get((code, role)) or SampleAccount(
            username=code.lower(), full_name=names.worker(), posts=(), try_zh="", try_en=""
        )
        superior = actors.get(above.get(code, "")) or platform
        actors[code] = people.give_post(account, organisation, role, by=superior, since=since)
        step("People", number, len(organisations))
    for account in read_accounts():
        for post in account.posts:
            role, placed = Role(post.role), organisations.get(post.organisation)
            if placed is None or role in {Role.TIER_ADMIN, Role.SUPPLIER_CLERK}:
                continue
            by = platform if role == Role.SYSTEM_OPERATOR else actors[post.organisation]
            acting = people.give_post(account, placed, role, by=by, since=since)
            if role == Role.RESOURCE_REVIEWER:
                actors[_REVIEWER] = acting
    return actors


class _People:
    """Registers each account once, whatever number of posts it gets."""

    def __init__(self, platform: Actor, at: datetime) -> None:
        self.platform, self.at = platform, at
        self.people = dict[str, Person]()

    def give_post(
        self, account: SampleAccount, organisation: Organisation, role: Role, *, by: Actor, since: date
    ) -> Actor:
        """Appoint the person of ``account``; nobody can sign in with a password, only by the demonstration."""
        person = self.people.get(account.username)
        if person is None:
            person = create_person(
                actor=self.platform, at=self.at, username=account.username, full_name=account.full_name
            )
            self.people[account.username] = person
        post = appoint(
            actor=by, at=self.at, person=person, organisation=organisation, role=role, starts_on=since
        )
        return actor_for(person, post)
