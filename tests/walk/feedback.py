"""The addresses of what readers say."""

from lianxue.distribution.models import Feedback, PointDoor
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.feedback.leave_feedback import leave_feedback
from lianxue.kernel import clock
from lianxue.orgs.public import Actor, Organisation
from tests.walk.fulfilment import IN_NETWORK, STAFF, _pressed, at_point, fixed, thing
from tests.walk.world import EVERYBODY, POINT, Address, Kwargs, World

POINTS = frozenset({POINT})


def door_at(world: World, point: Organisation) -> PointDoor:
    """Return the public door of a point where titles have arrived."""
    at_point(world, point)
    return open_point_door(actor=world.network.actor(point), at=clock.now(), point=point)


def said_at(world: World, point: Organisation) -> Feedback:
    """Return what a reader said at ``point``."""
    there = at_point(world, point)
    return world.once(
        f"feedback at {point.pk}",
        lambda: leave_feedback(
            actor=Actor.visitor(),
            at=clock.now(),
            door=door_at(world, point),
            entry_id=there.loan.title.entry_id,
            stars=4,
            words="字大图清楚",
        ),
    )


def a_feedback(world: World, role: str, own: bool) -> Kwargs | None:
    """Return what a reader said at a point that is the role's own or lies below it, or at a foreign one."""
    point = world.point(role, own)
    return {"pk": said_at(world, point).pk} if point else None


def a_public_title(world: World, _role: str, own: bool) -> Kwargs | None:
    """Return a title behind the door of the walker's point; what never came there is not found."""
    point = world.network.points[0]
    there = at_point(world, point)
    return {
        "token": door_at(world, point).token,
        "entry_id": there.loan.title.entry_id if own else 10**9,
    }


def a_door(world: World, _role: str, own: bool) -> Kwargs | None:
    return {"token": door_at(world, world.network.points[0]).token if own else "nowhere"}


ADDRESSES = {
    "distribution:feedback": Address(opens_to=IN_NETWORK),
    "distribution:feedback-one": Address(opens_to=IN_NETWORK, example=a_feedback),
    "distribution:feedback-show": _pressed(POINTS, fixed()),
    "distribution:feedback-aside": _pressed(POINTS, a_feedback),
    "distribution:loan-feedback": Address(opens_to=STAFF, example=thing(pk=lambda there: there.loan.pk)),
    "distribution:feedback-titles": Address(opens_to=EVERYBODY, example=a_door),
    "distribution:feedback-leave": Address(opens_to=EVERYBODY, example=a_public_title),
    "distribution:feedback-thanks": Address(opens_to=EVERYBODY, example=a_door),
}
