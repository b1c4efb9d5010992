"""The addresses of evidence, guidance and dossiers."""

from lianxue.kernel import clock
from lianxue.programmes.operations.archive.dossier_links import MadeLink, make_dossier_link
from tests.walk.programmes_office import _pressed, a_call
from tests.walk.programmes_things import evidence_of, handed_in, street_for, trial
from tests.walk.world import (
    ADMINISTRATORS,
    EDUCATION,
    EVERYBODY,
    STREET,
    Address,
    Kwargs,
    World,
)

UNIT = frozenset({STREET})


def a_piece(world: World, role: str, own: bool) -> Kwargs | None:
    """Return evidence kept at or below the role's organisation, or in another district."""
    street = street_for(world, role, own)
    return {"pk": evidence_of(world, street).pk} if street else None


def a_dossier(world: World, role: str, own: bool) -> Kwargs | None:
    """Return the dossier of a unit at or below the role's organisation, or of one in another district."""
    street = street_for(world, role, own)
    if street is None:
        return None
    handed_in(world, "在审", street)
    return {"pk": trial(world, "在审").call.pk, "unit_id": street.pk}


def _link(world: World) -> MadeLink:
    def make() -> MadeLink:
        office, street = world.education.office, world.education.streets[0]
        return make_dossier_link(
            actor=world.education.actor(office),
            at=clock.now(),
            call=handed_in(world, "在审", street).call,
            unit=street,
            handed_to="评估专家组",
            days=30,
        )

    return world.once("dossier link", make)


def a_link(world: World, role: str, own: bool) -> Kwargs | None:
    found = a_dossier(world, role, own)
    return found and {**found, "link_id": _link(world).link.pk}


def a_link_in_hand(world: World, _role: str, own: bool) -> Kwargs:
    return {"token": _link(world).token if own else "nobodys-link"}


ADDRESSES = {
    "programmes:archive": Address(opens_to=UNIT, example=a_call()),
    "programmes:evidence-file": Address(opens_to=EDUCATION, example=a_piece),
    "programmes:evidence-remove": Address(opens_to=UNIT, example=a_piece),
    "programmes:dossier": Address(opens_to=EDUCATION, example=a_dossier),
    "programmes:dossier-link": Address(opens_to=EDUCATION, example=a_dossier),
    "programmes:dossier-link-withdraw": _pressed(ADMINISTRATORS, a_link),
    "programmes:dossier-open": Address(opens_to=EVERYBODY, example=a_link_in_hand),
}
