"""The addresses of online titles."""

from lianxue.distribution.models import OnlineAccess, OnlineLink
from lianxue.distribution.operations.online.access import grant_access
from lianxue.distribution.operations.online.links import make_link, withdraw_link
from lianxue.distribution.queries.online import signed
from lianxue.kernel import clock
from lianxue.orgs.public import Organisation
from lianxue.resources.public import ResourceKind
from tests.factories.resources import make_entry
from tests.walk.fulfilment import IN_NETWORK, STAFF
from tests.walk.world import EVERYBODY, OFFICE, Address, Kwargs, World


def _access_at(world: World, point: Organisation) -> OnlineAccess:
    entry = world.once(
        "online title",
        lambda: make_entry("在线课程", ResourceKind.ONLINE, online_url="https://example.org/course"),
    )

    def make() -> OnlineAccess:
        grant_access(actor=world.network.office_admin, at=clock.now(), entry=entry, points=[point])
        return OnlineAccess.objects.get(entry=entry, point=point)

    return world.once(f"online at {point.pk}", make)


def _link_at(world: World, point: Organisation) -> OnlineLink:
    return world.once(
        f"link at {point.pk}",
        lambda: make_link(
            actor=world.network.actor(point), at=clock.now(), access=_access_at(world, point), days=30
        ),
    )


def an_access(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    return {"pk": _access_at(world, point).pk} if point else None


def a_link(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    return {"pk": _link_at(world, point).pk} if point else None


def an_address(world: World, _role: str, own: bool) -> Kwargs | None:
    """Return the address of a link that works, or (foreign to everybody) of one that was withdrawn."""
    point = world.network.points[0]
    if own:
        return {"signed": signed(_link_at(world, point))}

    def withdrawn() -> OnlineLink:
        actor = world.network.actor(point)
        link = make_link(actor=actor, at=clock.now(), access=_access_at(world, point), days=30)
        return withdraw_link(actor=actor, at=clock.now(), link=link)

    return {"signed": signed(world.once("withdrawn link", withdrawn))}


ADDRESSES = {
    "distribution:online": Address(opens_to=IN_NETWORK),
    "distribution:online-grant": Address(opens_to=frozenset({OFFICE})),
    "distribution:online-title": Address(opens_to=IN_NETWORK, example=an_access),
    "distribution:online-end": Address(
        opens_to=frozenset({OFFICE}), example=an_access, answer=405, foreign_answer=405
    ),
    "distribution:online-link-make": Address(
        opens_to=STAFF, example=an_access, answer=405, foreign_answer=405
    ),
    "distribution:online-link": Address(opens_to=STAFF, example=a_link),
    "distribution:online-link-sheet": Address(opens_to=STAFF, example=a_link),
    "distribution:online-link-withdraw": Address(
        opens_to=STAFF, example=a_link, answer=405, foreign_answer=405
    ),
    "distribution:online-look": Address(opens_to=EVERYBODY, example=an_address),
    "distribution:online-go": Address(opens_to=EVERYBODY, example=an_address, answer=302),
}
