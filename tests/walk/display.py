"""The addresses of display corners, their photographs, and what the office sets for them."""

from datetime import timedelta

from lianxue.distribution.models import DisplayPhoto
from lianxue.distribution.operations.display.photographs import add_display_photo
from lianxue.kernel import clock
from tests.factories.display import scene
from tests.walk.fulfilment import ABOVE, IN_NETWORK, STAFF, at_point, fixed, thing
from tests.walk.world import OFFICE, Address, Kwargs, World


def beside_the_corner(world: World, role: str, own: bool) -> Kwargs | None:
    """Make sure that there is a corner to be photographed."""
    point = world.point(role, own)
    if point is None or not own:
        return None
    at_point(world, point)
    return {}


def a_marked_photo(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a photograph that looks like an earlier one of the same point."""
    point = world.point(role, own)
    if point is None:
        return None

    def make() -> DisplayPhoto:
        at_point(world, point)
        for days in (2, 1):
            photo = add_display_photo(
                actor=world.network.actor(point),
                at=clock.now() - timedelta(days=days),
                point=point,
                upload=scene(point.pk),
            )
        return photo

    return {"pk": world.once(f"marked at {point.pk}", make).pk}


a_point = thing(point_id=lambda there: there.point.pk)
a_photo = thing(pk=lambda there: there.photo.pk)

ADDRESSES = {
    "distribution:corner-own": Address(opens_to=STAFF, answer=302),
    "distribution:corner-set-up": Address(opens_to=STAFF),
    "distribution:corner-refresh": Address(opens_to=STAFF, answer=405),
    "distribution:photo-add": Address(opens_to=STAFF, example=beside_the_corner),
    "distribution:photo-alike": Address(opens_to=STAFF, example=a_marked_photo),
    "distribution:photo-take-back": Address(
        opens_to=STAFF, example=a_marked_photo, answer=405, foreign_answer=405
    ),
    "distribution:corner-sign": Address(opens_to=STAFF, example=fixed(paper="a3")),
    "distribution:corner": Address(opens_to=IN_NETWORK, example=a_point),
    "distribution:photos": Address(opens_to=IN_NETWORK),
    "distribution:photos-points": Address(opens_to=ABOVE),
    "distribution:photos-receipts": Address(opens_to=IN_NETWORK),
    "distribution:photo": Address(opens_to=IN_NETWORK, example=a_photo),
    "distribution:photo-small": Address(opens_to=IN_NETWORK, example=a_photo),
    "distribution:photo-view": Address(opens_to=IN_NETWORK, example=a_photo),
    "distribution:office-terms": Address(opens_to=frozenset({OFFICE})),
}
