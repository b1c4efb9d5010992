"""The world through which the walk over all addresses goes: a small network, and somebody in every role.

Each feature has a module ``tests/walk/<feature>.py`` with a table::

    ADDRESSES = {
        "orgs:organisation": Address(opens_to=MEMBERS, example=organisation),
        "orgs:profile": Address(opens_to=SIGNED_IN),
        "orgs:choose-post": Address(opens_to=SIGNED_IN, answer=405),     # only POST
    }

``opens_to`` names the roles for whom a GET of an own object gives ``answer``. Everybody else is sent to sign in (the
visitor) or gets the 404 of an address that does not exist. ``example(world, role, own)`` returns the keyword arguments
of the address for an object that is the role's own, or foreign to it, and None where there is no such object; without
it the address takes no arguments. A foreign object must give the same page as one that does not exist.
Things are made on first use by ``world.once(key, make)``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.test import Client

from lianxue.orgs.public import Actor, Organisation, Role
from tests.factories.orgs import Network, client_for, make_person, small_network
from tests.factories.programmes import EducationNetwork, education_network

T = TypeVar("T")

VISITOR, NOBODY = "visitor", "person without post"
OFFICE, REVIEWER, AUDITOR, OPERATOR = "office administrator", "reviewer", "auditor", "operator"
COLLEGE, UNIVERSITY, POINT, DESK, SUPPLIER = (
    "college",
    "elder university",
    "point",
    "desk volunteer",
    "supplier",
)

# Education authorities and streets stand in a chain of their own; the expert sits on the panels of the city's authority.
CITY, DISTRICT, OTHER_DISTRICT, STREET, EXPERT = (
    "city education authority",
    "district education authority",
    "another district's education authority",
    "street",
    "expert",
)

EDUCATION = frozenset({CITY, DISTRICT, OTHER_DISTRICT, STREET})
MEMBERS = (
    frozenset({OFFICE, REVIEWER, AUDITOR, OPERATOR, COLLEGE, UNIVERSITY, POINT, DESK, SUPPLIER, EXPERT})
    | EDUCATION
)
ADMINISTRATORS = frozenset({OFFICE, COLLEGE, UNIVERSITY, POINT}) | EDUCATION
SIGNED_IN = MEMBERS | {NOBODY}
EVERYBODY = SIGNED_IN | {VISITOR}
OFFICE_STAFF = frozenset({OFFICE, REVIEWER, AUDITOR, OPERATOR})

Kwargs = dict[str, Any]


class World:
    """A small network with one person in every role, and the things that features put into it."""

    def __init__(self) -> None:
        self.network: Network = small_network()
        self._things: dict[str, Any] = {}
        self._clients: dict[str, Client] = {}

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Return the thing under ``key``, made on first use."""
        if key not in self._things:
            self._things[key] = make()
        found: T = self._things[key]
        return found

    @property
    def education(self) -> EducationNetwork:
        """Return the city's education authority with two districts and their streets."""
        return self.once("education", education_network)

    def organisation_of(self, role: str) -> Organisation:
        """Return the organisation in which ``role`` holds a post."""
        if role in EDUCATION or role == EXPERT:
            return self._in_education(role)
        network = self.network
        places = {
            COLLEGE: network.colleges[0],
            UNIVERSITY: network.elder_university,
            POINT: network.points[0],
            DESK: network.points[0],
            SUPPLIER: network.supplier,
        }
        return places.get(role, network.office)

    def _in_education(self, role: str) -> Organisation:
        education = self.education
        places = {
            DISTRICT: education.districts[0],
            OTHER_DISTRICT: education.districts[1],
            STREET: education.streets[0],
        }
        return places.get(role, education.office)

    def actor(self, role: str) -> Actor:
        """Return whoever acts in ``role``; not for the visitor."""
        if role == NOBODY:
            person = self.once("nobody", lambda: make_person("nobody", "没有任职"))
            return Actor(person_id=person.pk, person_name=str(person))
        if role in EDUCATION or role == EXPERT:
            post = Role.EXPERT if role == EXPERT else Role.TIER_ADMIN
            return self.education.actor(self.organisation_of(role), post)
        posts = {
            REVIEWER: Role.RESOURCE_REVIEWER,
            AUDITOR: Role.AUDITOR,
            OPERATOR: Role.SYSTEM_OPERATOR,
            DESK: Role.DESK_CLERK,
            SUPPLIER: Role.SUPPLIER_CLERK,
        }
        return self.network.actor(self.organisation_of(role), posts.get(role, Role.TIER_ADMIN))

    def client(self, role: str) -> Client:
        """Return the browser of ``role``."""
        if role not in self._clients:
            self._clients[role] = client_for(None if role == VISITOR else self.actor(role))
        return self._clients[role]

    def point(self, role: str, own: bool) -> Organisation | None:
        """Return a point that is the role's own or lies below it, or one that is foreign to it.

        Nothing is foreign to the office and its staff, and no point is an education authority's. Whoever has no
        organisation in that branch (supplier, nobody, visitor) gets the same point either way.
        """
        if role in EDUCATION and own:
            return None
        points = self.network.points
        branch, first, second = points[5], points[0], points[3]
        if role in OFFICE_STAFF:
            return first if own else None
        if role == UNIVERSITY:
            return branch if own else first
        return first if own else second


@dataclass(frozen=True, kw_only=True)
class Address:
    """What one address answers to whom; see the head of this module."""

    opens_to: frozenset[str]
    example: Callable[[World, str, bool], Kwargs | None] = field(
        default=lambda _world, _role, own: {} if own else None
    )
    answer: int = 200
    foreign_answer: int = 404

    def expected(self, role: str, *, own: bool) -> int:
        """Return the status that ``role`` must get."""
        if role in self.opens_to:
            return self.answer if own else self.foreign_answer
        return 302 if role == VISITOR else 404
