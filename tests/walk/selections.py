"""The addresses of the yearly selections: published to the whole network, run by the office, proved to everybody."""

from collections.abc import Callable

from lianxue.distribution.enums import Award, SelectionState
from lianxue.distribution.models import Candidate, Certificate, Selection
from lianxue.distribution.operations.selections.decide_selection import decide_selection
from lianxue.kernel import clock
from tests.factories.orgs import Network
from tests.factories.selections import choose, make_selection
from tests.walk.world import (
    AUDITOR,
    COLLEGE,
    DESK,
    EVERYBODY,
    OFFICE,
    OPERATOR,
    POINT,
    REVIEWER,
    UNIVERSITY,
    Address,
    Kwargs,
    World,
)

READERS = frozenset({OFFICE, REVIEWER, AUDITOR})
NETWORK = READERS | {OPERATOR, COLLEGE, UNIVERSITY, POINT, DESK}
OFFICE_ONLY = frozenset({OFFICE})
CANDIDATES = READERS | {COLLEGE, UNIVERSITY, POINT}
SUPERVISING = frozenset({OFFICE, COLLEGE, UNIVERSITY})


def _decided(network: Network) -> Selection:
    """Return a decided selection in which every point was chosen."""
    row = make_selection(network, Award.POINT, SelectionState.RANKED, at=clock.now())
    choose(network, row, *row.candidates.values_list("pk", flat=True))
    return decide_selection(actor=network.office_admin, at=clock.now(), selection=row)


def decided(world: World) -> Selection:
    return world.once("decided selection", lambda: _decided(world.network))


def draft(world: World) -> Selection:
    def make() -> Selection:
        decided(world)
        return make_selection(world.network, Award.PROVIDER, at=clock.now())

    return world.once("draft selection", make)


def a_selection(
    which: Callable[[World], Selection], **more: object
) -> Callable[[World, str, bool], Kwargs | None]:
    """Return an example that is the same for everybody: the network has one office."""
    return lambda world, _role, own: {"pk": which(world).pk, **more} if own else None


def a_candidate(**more: object) -> Callable[[World, str, bool], Kwargs | None]:
    def example(world: World, role: str, own: bool) -> Kwargs | None:
        point = world.point(role, own)
        if point is None:
            return None
        return {"pk": Candidate.objects.get(selection=decided(world), organisation=point).pk, **more}

    return example


def a_certificate(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    if point is None:
        return None
    return {
        "pk": Certificate.objects.get(candidate__selection=decided(world), candidate__organisation=point).pk
    }


def a_token(world: World, _role: str, own: bool) -> Kwargs | None:
    first = Certificate.objects.filter(candidate__selection=decided(world)).order_by("pk")[0]
    return {"token": first.token if own else "forged-token"}


def once_published(world: World, _role: str, own: bool) -> Kwargs | None:
    decided(world)
    return {} if own else None


def _pressed(example: Callable[[World, str, bool], Kwargs | None]) -> Address:
    return Address(opens_to=OFFICE_ONLY, example=example, answer=405, foreign_answer=405)


ADDRESSES = {
    "distribution:selections": Address(opens_to=NETWORK, example=once_published),
    "distribution:selection-new": Address(opens_to=OFFICE_ONLY),
    "distribution:performance": Address(
        opens_to=SUPERVISING, example=lambda _w, _r, own: {"year": clock.today().year} if own else None
    ),
    "distribution:selection": Address(opens_to=NETWORK, example=a_selection(decided)),
    "distribution:selection-edit": Address(opens_to=OFFICE_ONLY, example=a_selection(draft)),
    "distribution:selection-discard": _pressed(a_selection(draft)),
    "distribution:selection-publish": _pressed(a_selection(draft)),
    "distribution:selection-rank": _pressed(a_selection(draft)),
    "distribution:selection-follow": _pressed(a_selection(draft)),
    "distribution:selection-decide": _pressed(a_selection(draft)),
    "distribution:selection-ranking": Address(opens_to=READERS, example=a_selection(decided)),
    "distribution:selection-list": Address(opens_to=NETWORK, example=a_selection(decided, ending="xlsx")),
    "distribution:selection-certificates": Address(opens_to=READERS, example=a_selection(decided)),
    "distribution:candidate": Address(opens_to=CANDIDATES, example=a_candidate()),
    "distribution:candidate-rows": Address(opens_to=CANDIDATES, example=a_candidate(key="point-lent")),
    "distribution:certificate-check": Address(opens_to=EVERYBODY),
    "distribution:certificate-file": Address(opens_to=CANDIDATES, example=a_certificate),
    "distribution:certificate-withdraw": Address(opens_to=OFFICE_ONLY, example=a_certificate),
    "distribution:certificate": Address(opens_to=EVERYBODY, example=a_token),
}
