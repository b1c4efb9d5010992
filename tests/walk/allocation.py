"""The addresses of sharing out the copies of a round."""

from collections.abc import Callable

from lianxue.distribution.models import AllocationLine
from tests.walk.rounds import COLLEGES, OFFICE_ONLY, POINTS, READERS, decided, decided_round
from tests.walk.world import Address, Kwargs, World


def an_allocation(**more: Callable[[World], int]) -> Callable[[World, str, bool], Kwargs | None]:
    """Return an example of the decided allocation, with more of it."""

    def example(world: World, _role: str, own: bool) -> Kwargs | None:
        if not own:
            return None
        return {"pk": decided(world).pk, **{name: number(world) for name, number in more.items()}}

    return example


def decided_title(world: World) -> int:
    return decided(world).round.titles.get().pk


def a_number(world: World, role: str, own: bool) -> Kwargs | None:
    """Return the line of a point that is the role's own or lies below it, or of one that is foreign."""
    point = world.point(role, own)
    if point is None:
        return None
    line = AllocationLine.objects.get(allocation=decided(world), demand_line__request__point=point)
    return {"pk": line.pk}


def decided_line(world: World) -> int:
    return decided(world).lines.order_by("pk")[0].demand_line_id


def a_point(world: World) -> int:
    return world.network.points[0].pk


def _pressed(example: Callable[[World, str, bool], Kwargs | None]) -> Address:
    return Address(opens_to=OFFICE_ONLY, example=example, answer=405, foreign_answer=405)


ADDRESSES = {
    "distribution:round-allocation": Address(opens_to=READERS, example=decided_round),
    "distribution:allocation-propose": Address(opens_to=OFFICE_ONLY, example=decided_round),
    "distribution:allocation": Address(opens_to=READERS, example=an_allocation()),
    "distribution:allocation-points": Address(opens_to=READERS, example=an_allocation()),
    "distribution:allocation-point": Address(opens_to=READERS, example=an_allocation(point_id=a_point)),
    "distribution:allocation-title": Address(opens_to=READERS, example=an_allocation(title_id=decided_title)),
    "distribution:allocation-number": Address(opens_to=READERS, example=an_allocation(line_id=decided_line)),
    "distribution:allocation-lines": Address(opens_to=READERS, example=an_allocation()),
    "distribution:allocation-commit": _pressed(an_allocation()),
    "distribution:allocation-discard": _pressed(an_allocation()),
    "distribution:allocation-why": Address(opens_to=READERS | COLLEGES | POINTS, example=a_number),
}
