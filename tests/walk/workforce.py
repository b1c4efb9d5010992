"""The addresses of training, indicators and the yearly appraisal."""

from datetime import timedelta

from lianxue.kernel import clock
from lianxue.orgs.public import Actor, Organisation
from lianxue.workforce.enums import AudienceKind
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.operations.training.door import door_code
from lianxue.workforce.operations.training.particulars import Audience
from lianxue.workforce.queries.indicators.sets import current_set
from tests.factories.service_teams import YEAR, Teams, make_appraisal, make_teams
from tests.factories.workforce import make_session, particulars
from tests.walk.world import (
    ADMINISTRATORS,
    COLLEGE,
    MEMBERS,
    OFFICE,
    POINT,
    SIGNED_IN,
    UNIVERSITY,
    Address,
    Kwargs,
    World,
)

AUDITOR = "auditor"
ABOVE = frozenset({OFFICE, AUDITOR, COLLEGE, UNIVERSITY})


def _session_of(world: World, organisation: Organisation) -> TrainingSession:
    def make() -> TrainingSession:
        at = clock.now() - timedelta(minutes=1)
        audience = (Audience(kind=AudienceKind.DIRECTLY_BELOW),)
        what = particulars(at=at, in_days=-1 / 24, audience=audience)
        return make_session(world.network.actor(organisation), at=at, what=what)

    world.network.actor(world.network.points[0])
    return world.once(f"training of {organisation.pk}", make)


def run_by(world: World, role: str, own: bool) -> Kwargs | None:
    """A training that the role's organisation runs; a foreign one is run by the second college."""
    if own:
        here = world.organisation_of(role) if role in ADMINISTRATORS else world.network.office
        return {"pk": _session_of(world, here).pk}
    return {"pk": _session_of(world, world.network.colleges[1]).pk}


def to_look_at(world: World, role: str, own: bool) -> Kwargs | None:
    """A training of the first college, which its points must attend; a foreign one of the second."""
    network = world.network
    if own:
        place = {OFFICE: network.office, UNIVERSITY: network.elder_university}.get(role, network.colleges[0])
        return {"pk": _session_of(world, place).pk}
    if role in {OFFICE, AUDITOR}:
        return None
    return {"pk": _session_of(world, network.colleges[1]).pk}


def an_apology(world: World, role: str, own: bool) -> Kwargs | None:
    """The row of the first point in the training of its college; everybody else's is foreign."""
    row = _session_of(world, world.network.colleges[0])
    point: Actor = world.network.actor(world.network.points[0])
    other = _session_of(world, world.network.colleges[1])
    if own:
        return {"pk": row.pk, "row_id": row.attendances.get(person=point.person_id).pk}
    return {"pk": other.pk, "row_id": other.attendances.order_by("pk")[0].pk}


def at_the_door(world: World, _role: str, own: bool) -> Kwargs | None:
    row = _session_of(world, world.network.colleges[0])
    return {"token": door_code(row, clock.now()).token} if own else None


def _pressed(*, foreign: int = 405) -> Address:
    return Address(opens_to=ADMINISTRATORS, example=run_by, answer=405, foreign_answer=foreign)


def _teams(world: World) -> Teams:
    return world.once("service teams", make_teams)


def a_year(_world: World, _role: str, own: bool) -> Kwargs | None:
    return {"year": YEAR} if own else None


def a_set(world: World, _role: str, own: bool) -> Kwargs | None:
    row = world.once("indicators", lambda: make_appraisal(_teams(world)))
    published = current_set(row.office_id, YEAR)
    return {"pk": published.pk} if own and published else None


def a_reviewer(world: World, role: str, own: bool) -> Kwargs | None:
    return {"year": YEAR, "person_id": 1} if own else None


def _closed(**more: object) -> Address:
    def example(world: World, _role: str, own: bool) -> Kwargs | None:
        row = world.once("indicators", lambda: make_appraisal(_teams(world)))
        return {"pk": row.pk, **more} if own else None

    return Address(opens_to=NOBODY_AT_ALL, example=example)


NOBODY_AT_ALL: frozenset[str] = frozenset()
RUN = Address(opens_to=ADMINISTRATORS, example=run_by)

ADDRESSES = {
    "workforce:sessions": Address(opens_to=MEMBERS),
    "workforce:mine": Address(opens_to=SIGNED_IN),
    "workforce:session-new": Address(opens_to=ADMINISTRATORS),
    "workforce:door-typed": Address(opens_to=SIGNED_IN),
    "workforce:door-here": Address(opens_to=SIGNED_IN, example=at_the_door),
    "workforce:session": Address(opens_to=ABOVE | {POINT}, example=to_look_at),
    "workforce:session-change": RUN,
    "workforce:session-announce": _pressed(),
    "workforce:session-close": _pressed(),
    "workforce:session-cancel": _pressed(),
    "workforce:session-remind": _pressed(),
    "workforce:session-note": _pressed(),
    "workforce:session-add": _pressed(),
    "workforce:session-excuse": Address(opens_to=frozenset({POINT, COLLEGE}), example=an_apology),
    "workforce:door": RUN,
    "workforce:door-poster": RUN,
    "workforce:session-table": RUN,
    "workforce:session-import": RUN,
    # Everybody of the walk's network stands in the distribution chain: the service system is another one, and its pages
    # are walked by its own roles in tests/workforce/appraisal/test_pages.py. Here they are closed to all.
    "workforce:indicator-sets": Address(opens_to=NOBODY_AT_ALL),
    "workforce:indicators-publish": Address(opens_to=NOBODY_AT_ALL),
    "workforce:indicators": Address(opens_to=NOBODY_AT_ALL, example=a_set),
    "workforce:appraisals": Address(opens_to=NOBODY_AT_ALL),
    "workforce:appraisals-begin": Address(opens_to=ADMINISTRATORS, example=a_year, answer=405),
    "workforce:appraisal": _closed(),
    "workforce:appraisal-declare": _closed(part="courses.new_courses"),
    "workforce:appraisal-find": _closed(part="courses.new_courses"),
    "workforce:appraisal-confirm": _closed(),
    "workforce:appraisal-reopen": _closed(),
    "workforce:appraisal-recommend": _closed(),
    "workforce:appraisal-take-back": _closed(),
    "workforce:appraisal-account": _closed(),
    "workforce:appraisal-evidence": _closed(declared_id=1),
    "workforce:recommendations": Address(opens_to=NOBODY_AT_ALL, example=a_year),
    "workforce:recommendations-fill": Address(opens_to=ADMINISTRATORS, example=a_year, answer=405),
    "workforce:commendations": Address(opens_to=NOBODY_AT_ALL),
    "workforce:reviewers": Address(opens_to=NOBODY_AT_ALL, example=a_year),
    "workforce:reviewer": Address(opens_to=NOBODY_AT_ALL, example=a_reviewer),
}
