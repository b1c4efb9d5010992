"""The addresses of calls, of desks, and of what units file, as offices and the levels in between see them."""

from collections.abc import Callable

from tests.walk.programmes_things import (
    at_the_city,
    foreign_call,
    handed_in,
    notice_of,
    street_for,
    trial,
)
from tests.walk.world import (
    ADMINISTRATORS,
    AUDITOR,
    CITY,
    DISTRICT,
    EDUCATION,
    OTHER_DISTRICT,
    REVIEWER,
    Address,
    Kwargs,
    World,
)

READERS = ADMINISTRATORS | {AUDITOR, REVIEWER}
OFFICE_ONLY = frozenset({CITY})
DESKS = frozenset({CITY, DISTRICT, OTHER_DISTRICT})
Example = Callable[[World, str, bool], Kwargs | None]


def a_call(**more: str) -> Example:
    """Return an example of the open call, with more of it; foreign: a call of another city."""

    def example(world: World, _role: str, own: bool) -> Kwargs:
        row = trial(world, "在审").call if own else foreign_call(world)
        return {"pk": row.pk, **more}

    return example


def a_late_unit(world: World, role: str, own: bool) -> Kwargs:
    """Return a unit that asks to file late."""
    return {
        **(a_call(stage="filing")(world, role, own) or {}),
        "unit_id": world.education.streets[3].pk,
    }


def a_filing(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a filing that was handed in at or below the role's organisation, or one of another district."""
    street = street_for(world, role, own)
    return {"pk": handed_in(world, "在审", street).pk} if street else None


def on_the_desk(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a filing at the role's desk, or one that lies at another."""
    if role == CITY:
        return {
            "pk": at_the_city(world).pk if own else handed_in(world, "在审", world.education.streets[0]).pk
        }
    return a_filing(world, role, own)


def a_notice(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a change notice from at or below the role's organisation, or one of another district."""
    street = street_for(world, role, own)
    return {"pk": notice_of(world, street).pk} if street else None


def nothing(_world: World, _role: str, own: bool) -> Kwargs | None:
    """Return the number of a row; a press is refused before anybody looks for it."""
    return {"pk": 1 if own else 2}


def _pressed(opens_to: frozenset[str], example: Example) -> Address:
    """An address that only takes a press: looking at it is no press, whoever's it is."""
    return Address(opens_to=opens_to, example=example, answer=405, foreign_answer=405)


ADDRESSES = {
    "programmes:calls": Address(opens_to=READERS),
    "programmes:call": Address(opens_to=EDUCATION, example=a_call()),
    "programmes:call-new": Address(opens_to=ADMINISTRATORS),
    "programmes:call-edit": Address(opens_to=OFFICE_ONLY, example=a_call()),
    "programmes:call-open": _pressed(ADMINISTRATORS, a_call()),
    "programmes:call-close": _pressed(ADMINISTRATORS, a_call()),
    "programmes:call-reopen": _pressed(ADMINISTRATORS, a_call()),
    "programmes:call-discard": _pressed(ADMINISTRATORS, a_call()),
    "programmes:call-overview": Address(opens_to=EDUCATION, example=a_call()),
    "programmes:call-overview-stage": Address(opens_to=EDUCATION, example=a_call(stage="filing")),
    "programmes:call-remind": _pressed(READERS, a_call(stage="filing")),
    "programmes:call-consent": Address(opens_to=OFFICE_ONLY, example=a_late_unit),
    "programmes:filing": Address(opens_to=EDUCATION, example=a_filing),
    "programmes:desk": Address(opens_to=ADMINISTRATORS),
    "programmes:desk-many": Address(opens_to=ADMINISTRATORS, answer=405),
    "programmes:opinion": Address(opens_to=DESKS, example=on_the_desk),
    "programmes:delegations": Address(opens_to=ADMINISTRATORS),
    "programmes:delegation-end": _pressed(ADMINISTRATORS, nothing),
    "programmes:notice": Address(opens_to=EDUCATION, example=a_notice),
}
