"""The addresses of rounds, demand and wishes."""

from collections.abc import Callable
from typing import Any

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import Allocation, DemandRequest, Need, PointDoor, Round
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.rounds.create_round import create_round
from lianxue.kernel import clock
from lianxue.orgs.public import Actor, OrganisationKind
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import make_actor, make_organisation
from tests.walk.world import (
    AUDITOR,
    COLLEGE,
    EVERYBODY,
    OFFICE,
    POINT,
    REVIEWER,
    UNIVERSITY,
    Address,
    Kwargs,
    World,
)

OFFICE_ONLY = frozenset({OFFICE})
READERS = frozenset({OFFICE, REVIEWER, AUDITOR})
COLLEGES = frozenset({COLLEGE, UNIVERSITY})
POINTS = frozenset({POINT})


def running(world: World) -> DemandRound:
    """Return a round that is open: one point of each college has submitted, the walker's point has not."""

    def make() -> DemandRound:
        made = opened_round(world.network, (9, 9), at=clock.now())
        for number in (1, 3, 5):
            made.ask(world.network.points[number], [2])
        return made

    return world.once("running round", make)


def decided(world: World) -> Allocation:
    """Return a decided allocation in which points of every college get something."""

    def make() -> Allocation:
        made = opened_round(world.network, (9,), at=clock.now())
        for number in (0, 3, 5):
            made.ask(world.network.points[number], [2])
        return made.allocate()

    return world.once("decided allocation", make)


def foreign_round(world: World) -> Round:
    """Return a round of another office."""

    def make() -> Round:
        stranger = make_actor(make_organisation("office-abroad", OrganisationKind.GUIDANCE_OFFICE))
        return create_round(actor=stranger, at=clock.now(), name="外省", year=2026)

    return world.once("foreign round", make)


def door(world: World) -> PointDoor:
    """Return the public door of the walker's point."""
    return world.once("door", lambda: running(world).door(world.network.points[0]))


def wish(world: World, own: bool) -> Need:
    """Return a wish left at the walker's point, or at another."""

    def make() -> Need:
        made, point = running(world), world.network.points[0 if own else 3]
        leave_need(
            actor=Actor.visitor(),
            at=clock.now(),
            door=door(world) if own else made.door(point),
            round=made.round,
            wishes=[Wish(made.titles[0].pk)],
            audience=Audience.LEARNER,
        )
        return Need.objects.get(point=point)

    return world.once(f"wish {own}", make)


def a_round(**more: Callable[[World], int]) -> Callable[[World, str, bool], Kwargs]:
    """Return an example of the running round, with more of it; foreign: a round of another office."""

    def example(world: World, _role: str, own: bool) -> Kwargs:
        pk = running(world).round.pk if own else foreign_round(world).pk
        return {"pk": pk, **{name: number(world) for name, number in more.items()}}

    return example


def a_title(world: World) -> int:
    return running(world).titles[0].pk


def a_college(world: World) -> int:
    return world.network.colleges[0].pk


def decided_round(world: World, _role: str, own: bool) -> Kwargs:
    return {"pk": decided(world).round_id if own else foreign_round(world).pk}


def a_demand(world: World, role: str, own: bool) -> Kwargs:
    """Return the demand of a point of the role's own college, or of another's."""
    points = world.network.points
    below = points[5] if role == UNIVERSITY else points[1]
    point = below if own else points[3]
    row = DemandRequest.objects.get(batch__round=running(world).round, point=point)
    return {"pk": running(world).round.pk, "request_id": row.pk}


def a_wish(world: World, _role: str, own: bool) -> Kwargs:
    return {"pk": wish(world, own).pk}


def at_the_door(world: World, _role: str, own: bool) -> Kwargs:
    return {"token": door(world).token if own else "nobodys-door"}


def _pressed(opens_to: frozenset[str], example: Any) -> Address:
    """An address that only takes a press: looking at it is no press, whoever's it is."""
    return Address(opens_to=opens_to, example=example, answer=405, foreign_answer=405)


ADDRESSES = {
    "distribution:rounds": Address(opens_to=READERS),
    "distribution:round-new": Address(opens_to=OFFICE_ONLY),
    "distribution:round": Address(opens_to=READERS, example=a_round()),
    "distribution:round-edit": Address(opens_to=OFFICE_ONLY, example=a_round()),
    "distribution:round-open": _pressed(OFFICE_ONLY, a_round()),
    "distribution:round-end-demand": Address(opens_to=OFFICE_ONLY, example=a_round()),
    "distribution:round-close": _pressed(OFFICE_ONLY, a_round()),
    "distribution:round-titles": Address(opens_to=READERS, example=a_round()),
    "distribution:round-pick": Address(opens_to=OFFICE_ONLY, example=a_round()),
    "distribution:round-titles-import": Address(opens_to=OFFICE_ONLY, example=a_round()),
    "distribution:round-titles-blank": Address(opens_to=OFFICE_ONLY, example=a_round()),
    "distribution:round-title": Address(opens_to=OFFICE_ONLY, example=a_round(title_id=a_title)),
    "distribution:round-title-remove": _pressed(OFFICE_ONLY, a_round(title_id=a_title)),
    "distribution:round-colleges": Address(opens_to=READERS, example=a_round()),
    "distribution:round-college": Address(opens_to=READERS, example=a_round(college_id=a_college)),
    "distribution:batch-return": _pressed(OFFICE_ONLY, a_round(college_id=a_college)),
    "distribution:round-needs": Address(opens_to=READERS, example=a_round()),
    "distribution:round-missing": Address(opens_to=READERS, example=a_round()),
    "distribution:round-remind": _pressed(OFFICE_ONLY, a_round()),
    "distribution:round-unmet": Address(opens_to=READERS, example=decided_round),
    "distribution:round-unmet-lines": Address(opens_to=READERS, example=decided_round),
    "distribution:unmet": Address(opens_to=POINTS),
    "distribution:unmet-below": Address(opens_to=COLLEGES),
    "distribution:learners": Address(opens_to=POINTS),
    "distribution:learners-below": Address(opens_to=COLLEGES),
    "distribution:learners-all": Address(opens_to=READERS),
    "distribution:aggregations": Address(opens_to=COLLEGES),
    "distribution:aggregation": Address(opens_to=COLLEGES, example=a_round()),
    "distribution:aggregation-points": Address(opens_to=COLLEGES, example=a_round()),
    "distribution:aggregation-point": Address(opens_to=COLLEGES, example=a_demand),
    "distribution:demand-return": _pressed(COLLEGES, a_demand),
    "distribution:aggregation-title": Address(opens_to=COLLEGES, example=a_round(title_id=a_title)),
    "distribution:aggregation-missing": Address(opens_to=COLLEGES, example=a_round()),
    "distribution:aggregation-remind": _pressed(COLLEGES, a_round()),
    "distribution:aggregation-cut": _pressed(COLLEGES, a_round(title_id=a_title)),
    "distribution:aggregation-needs": Address(opens_to=COLLEGES, example=a_round()),
    "distribution:batch-submit": Address(opens_to=COLLEGES, example=a_round()),
    "distribution:aggregation-table": Address(opens_to=COLLEGES, example=a_round()),
    "distribution:aggregation-import": Address(opens_to=COLLEGES, example=a_round()),
    "distribution:demands": Address(opens_to=POINTS),
    "distribution:demand": Address(opens_to=POINTS, example=a_round()),
    "distribution:demand-line": _pressed(POINTS, a_round(title_id=a_title)),
    "distribution:demand-copy": _pressed(POINTS, a_round()),
    "distribution:demand-wishes": _pressed(POINTS, a_round()),
    "distribution:demand-table": Address(opens_to=POINTS, example=a_round()),
    "distribution:demand-import": Address(opens_to=POINTS, example=a_round()),
    "distribution:demand-review": Address(opens_to=POINTS, example=a_round()),
    "distribution:demand-take-back": _pressed(POINTS, a_round()),
    "distribution:needs": Address(opens_to=POINTS),
    "distribution:door-open": _pressed(POINTS, lambda _world, _role, own: {} if own else None),
    "distribution:need-poster": Address(
        opens_to=POINTS, example=lambda world, _role, own: {} if own and door(world) else None
    ),
    "distribution:need-remove": _pressed(POINTS, a_wish),
    "distribution:wish": Address(opens_to=EVERYBODY, example=at_the_door),
    "distribution:wish-leave": Address(opens_to=EVERYBODY, example=at_the_door),
    "distribution:wish-thanks": Address(opens_to=EVERYBODY, example=at_the_door),
}
