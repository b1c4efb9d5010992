"""A small network with people in it, made through the same operations as the real one."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.test import Client

from lianxue.accounts.public import Person, create_person
from lianxue.orgs.interfaces.web.middleware import CHOSEN_POST
from lianxue.orgs.public import (
    Actor,
    Chain,
    Organisation,
    OrganisationKind,
    Role,
    actor_for,
    appoint,
    register_organisation,
)

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # 2 March 2026, 09:30 in Shanghai
PLATFORM = Actor.platform()
PASSWORD = "correct-horse-7"


def make_organisation(
    code: str,
    kind: OrganisationKind,
    above: Organisation | None = None,
    *,
    name: str = "",
    chain: Chain = Chain.DISTRIBUTION,
) -> Organisation:
    """Register an organisation directly below ``above`` in ``chain`` (at the top when None)."""
    return register_organisation(
        actor=PLATFORM, at=AT, code=code, name=name or code, kind=kind, places={chain: above}
    )


def make_person(username: str, full_name: str = "", *, password: str | None = None) -> Person:
    """Register a person; without ``password`` nobody can sign in as them."""
    return create_person(
        actor=PLATFORM, at=AT, username=username, full_name=full_name or username, password=password
    )


def make_actor(
    organisation: Organisation, role: Role = Role.TIER_ADMIN, *, name: str = "", password: str | None = None
) -> Actor:
    """Register a person, appoint them and return them as an actor."""
    username = name or f"{organisation.code}-{role}-{Person.objects.count()}"
    person = make_person(username, password=password)
    post = appoint(
        actor=PLATFORM, at=AT, person=person, organisation=organisation, role=role, starts_on=date(2025, 1, 1)
    )
    return actor_for(person, post, "127.0.0.1")


def client_for(actor: Actor | None) -> Client:
    """Return a browser in which ``actor`` is signed in and has chosen this post; None: nobody is."""
    client = Client()
    if actor is not None:
        client.force_login(Person.objects.get(pk=actor.person_id))
        session = client.session
        session[CHOSEN_POST] = actor.post_id
        session.save()
    return client


@dataclass
class Network:
    """One office; two colleges with two schools each, the first with a care point too; a university with a branch."""

    office: Organisation
    colleges: list[Organisation]
    elder_university: Organisation
    points: list[Organisation]
    supplier: Organisation
    _actors: dict[tuple[int, Role], Actor] = field(default_factory=dict)

    def actor(self, organisation: Organisation, role: Role = Role.TIER_ADMIN) -> Actor:
        """Return the one actor with ``role`` in ``organisation``, made on first use."""
        key = (organisation.pk, role)
        if key not in self._actors:
            self._actors[key] = make_actor(organisation, role)
        return self._actors[key]

    @property
    def office_admin(self) -> Actor:
        return self.actor(self.office)

    @property
    def supplier_clerk(self) -> Actor:
        return self.actor(self.supplier, Role.SUPPLIER_CLERK)


def small_network() -> Network:
    """Make the network described at ``Network``: points[0:2] and [2] (care) below the first college, [3:5] below the
    second, [5] is the branch of the elder university."""
    office = register_organisation(
        actor=PLATFORM,
        at=AT,
        code="office",
        name="市学指办",
        kind=OrganisationKind.GUIDANCE_OFFICE,
        places={Chain.DISTRIBUTION: None, Chain.SUPPLY: None},
    )
    first = make_organisation("college-1", OrganisationKind.COMMUNITY_COLLEGE, office, name="黄浦区社区学院")
    second = make_organisation("college-2", OrganisationKind.COMMUNITY_COLLEGE, office, name="静安区社区学院")
    university = make_organisation(
        "university", OrganisationKind.ELDER_UNIVERSITY, office, name="上海老年大学"
    )
    points = [
        make_organisation("point-1", OrganisationKind.COMMUNITY_SCHOOL, first, name="外滩街道社区学校"),
        make_organisation("point-2", OrganisationKind.COMMUNITY_SCHOOL, first, name="豫园街道社区学校"),
        make_organisation("care-1", OrganisationKind.CARE_LEARNING_POINT, first, name="外滩养教结合点"),
        make_organisation("point-3", OrganisationKind.COMMUNITY_SCHOOL, second, name="曹家渡街道社区学校"),
        make_organisation("point-4", OrganisationKind.COMMUNITY_SCHOOL, second, name="彭浦镇社区学校"),
        make_organisation("branch-1", OrganisationKind.ELDER_BRANCH, university, name="上海老年大学分校"),
    ]
    supplier = make_organisation(
        "supplier-1", OrganisationKind.SUPPLIER, office, name="上海教育音像出版社", chain=Chain.SUPPLY
    )
    return Network(office, [first, second], university, points, supplier)
