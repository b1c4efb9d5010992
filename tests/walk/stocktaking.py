"""The addresses of stock-taking."""

from lianxue.distribution.models import Stocktake
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.kernel import clock
from lianxue.orgs.public import Organisation
from tests.factories.distribution_stock import delivered_round
from tests.walk.fulfilment import IN_NETWORK, STAFF
from tests.walk.world import Address, Kwargs, World


def _count_at(world: World, point: Organisation) -> Stocktake:
    points = [world.network.points[number] for number in (0, 3, 5)]
    world.once("copies to count", lambda: delivered_round(world.network, (4,), points=points, at=clock.now()))
    return world.once(
        f"count at {point.pk}",
        lambda: begin_stocktake(actor=world.network.actor(point), at=clock.now(), point=point),
    )


def a_count(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    return {"pk": _count_at(world, point).pk} if point else None


def a_line(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    if point is None:
        return None
    row = _count_at(world, point)
    return {"pk": row.pk, "line_id": row.lines.order_by("pk")[0].pk}


def a_lot(world: World, role: str, own: bool) -> Kwargs | None:
    found = a_line(world, role, own)
    return {"lot_id": Stocktake.objects.get(pk=found["pk"]).lines.order_by("pk")[0].lot_id} if found else None


def a_lot_on_the_list(world: World, role: str, own: bool) -> Kwargs | None:
    count, lot = a_count(world, role, own), a_lot(world, role, own)
    return {**count, **lot} if count and lot else None


def _pressed(opens_to: frozenset[str], *, example: bool = True) -> Address:
    if not example:
        return Address(opens_to=opens_to, answer=405)
    return Address(opens_to=opens_to, example=a_count, answer=405, foreign_answer=405)


ADDRESSES = {
    "distribution:stocktakes": Address(opens_to=IN_NETWORK),
    "distribution:stocktake-begin": _pressed(STAFF, example=False),
    "distribution:stocktake": Address(opens_to=IN_NETWORK, example=a_count),
    "distribution:stocktake-save": _pressed(STAFF),
    "distribution:stocktake-next": Address(opens_to=STAFF, example=a_count, answer=302),
    "distribution:stocktake-find": Address(opens_to=STAFF, example=a_count, answer=302),
    "distribution:stocktake-add": Address(opens_to=STAFF, example=a_lot_on_the_list),
    "distribution:stocktake-line": Address(opens_to=STAFF, example=a_line),
    "distribution:stocktake-line-save": Address(
        opens_to=STAFF, example=a_line, answer=405, foreign_answer=405
    ),
    "distribution:stocktake-paper": Address(opens_to=STAFF, example=a_count),
    "distribution:stocktake-table": Address(opens_to=STAFF, example=a_count),
    "distribution:stocktake-import": Address(opens_to=STAFF, example=a_count),
    "distribution:stocktake-hand-over": Address(opens_to=STAFF, example=a_count),
    "distribution:stocktake-settle": _pressed(IN_NETWORK),
    "distribution:stocktake-return": _pressed(IN_NETWORK),
    "distribution:stocktake-cancel": _pressed(STAFF),
    "distribution:report-copies": Address(opens_to=STAFF, example=a_lot),
}
