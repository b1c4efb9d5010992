"""The addresses of panels and of what approvals make."""

from lianxue.programmes.models import Award, FilingFile
from tests.walk.programmes_office import READERS, _pressed, a_call
from tests.walk.programmes_things import approved, panel, score, street_for
from tests.walk.world import ADMINISTRATORS, CITY, EDUCATION, EVERYBODY, EXPERT, Address, Kwargs, World

OFFICE_ONLY = frozenset({CITY})
EXPERTS = frozenset({EXPERT})


def a_panel(world: World, _role: str, own: bool) -> Kwargs | None:
    """Return the panel; no other office has one."""
    return {"pk": panel(world).pk} if own else None


def a_score(world: World, _role: str, own: bool) -> Kwargs:
    """Return what the expert scores, or what another expert does."""
    return {"pk": score(world, own).pk}


def a_scored_file(world: World, _role: str, own: bool) -> Kwargs:
    """Return a file of what is scored."""
    row = score(world, own)
    return {"pk": row.pk, "file_id": FilingFile.objects.get(filing_id=row.revision.filing_id).pk}


def an_award(world: World, role: str, own: bool) -> Kwargs | None:
    """Return an award of a unit at or below the role's organisation, or of one in another district."""
    street = street_for(world, role, own)
    return {"pk": Award.objects.get(filing=approved(world, street)).pk} if street else None


def a_certificate(world: World, _role: str, own: bool) -> Kwargs:
    row = approved(world, world.education.streets[0])
    return {"token": Award.objects.get(filing=row).token if own else "nobodys-award"}


ADDRESSES = {
    "programmes:panel-draw": Address(opens_to=OFFICE_ONLY, example=a_call(stage="summary", level="city")),
    "programmes:panel": Address(opens_to=OFFICE_ONLY, example=a_panel),
    "programmes:panel-ranking": Address(opens_to=OFFICE_ONLY, example=a_panel),
    "programmes:panel-begin": _pressed(ADMINISTRATORS, a_panel),
    "programmes:panel-more": _pressed(ADMINISTRATORS, a_panel),
    "programmes:panel-close": _pressed(ADMINISTRATORS, a_panel),
    "programmes:panel-reopen": _pressed(ADMINISTRATORS, a_panel),
    "programmes:scoring": Address(opens_to=EXPERTS),
    "programmes:score": Address(opens_to=EXPERTS, example=a_score),
    "programmes:score-conflict": Address(opens_to=EXPERTS, example=a_score),
    "programmes:score-file": Address(opens_to=EXPERTS, example=a_scored_file),
    "programmes:rosters": Address(opens_to=READERS),
    "programmes:awards": Address(opens_to=READERS),
    "programmes:award-check": Address(opens_to=EVERYBODY),
    "programmes:award-file": Address(opens_to=EDUCATION, example=an_award),
    "programmes:award-withdraw": Address(opens_to=OFFICE_ONLY, example=an_award),
    "programmes:award-proof": Address(opens_to=EVERYBODY, example=a_certificate),
}
