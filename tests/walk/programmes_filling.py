"""The addresses on which a unit fills in what a call asks for, and on which others read it."""

from datetime import timedelta

from lianxue.kernel import clock
from lianxue.kernel.files import store_picture
from lianxue.orgs.models import Division
from lianxue.orgs.public import Organisation
from lianxue.programmes.enums import Decision, ScanState
from lianxue.programmes.models import Call, ChangeNotice, Filing, Scan
from lianxue.programmes.operations.calls.moving import open_call
from lianxue.programmes.operations.calls.prepare import Days, create_call, save_call
from lianxue.programmes.operations.desks.opinions import give_opinion
from lianxue.programmes.operations.filings.begin import begin_filing
from lianxue.programmes.operations.filings.files import attach_file
from lianxue.programmes.operations.filings.save_answer import save_answer
from lianxue.programmes.operations.filings.submit import submit_filing
from lianxue.programmes.operations.notices.change_notice import begin_notice
from tests.factories.programmes import TRIAL, known_programme, right_answers
from tests.factories.resources import make_picture
from tests.walk.world import (
    ADMINISTRATORS,
    AUDITOR,
    EDUCATION,
    POINT,
    REVIEWER,
    Address,
    Kwargs,
    World,
)

READERS = ADMINISTRATORS | {AUDITOR, REVIEWER}
# The trial programme, called by the office of the small network; its points file, their colleges sit in between.
SOURCE = (
    TRIAL.read_text("utf-8")
    .replace("code: trial", "code: walk-trial")
    .replace("chain: education_administration", "chain: distribution")
)


def _call(world: World, title: str) -> Call:
    """Return one of the calls: each is used for one thing, so that what one page needs does not disturb another."""

    def make() -> Call:
        office, today = world.network.office_admin, clock.today()
        with known_programme(SOURCE) as code:
            row = create_call(actor=office, at=clock.now(), code=code, title=title, year=today.year)
        row = save_call(
            actor=office,
            at=clock.now(),
            call=row,
            version=row.version,
            title=row.title,
            year=row.year,
            official_number="",
            days={"filing": Days(today - timedelta(days=5), today + timedelta(days=5))},
            numbers={"term_years": "3"},
        )
        return open_call(actor=office, at=clock.now(), call=row)

    return world.once(f"call {title}", make)


def _begun(world: World, title: str, unit: Organisation) -> Filing:
    def make() -> Filing:
        actor = world.network.actor(unit)
        place, _new = Division.objects.get_or_create(
            code="310101000000", defaults={"name": "黄浦区", "level": 2}
        )
        Organisation.objects.filter(pk=unit.pk).update(division=place)
        unit.refresh_from_db()
        filing = begin_filing(
            actor=actor, at=clock.now(), call=_call(world, title), stage="filing", unit=unit
        )
        for key, value in right_answers(unit).items():
            filing = save_answer(actor=actor, at=clock.now(), filing=filing, key=key, value=value, mark=0)
        attach_file(actor=actor, at=clock.now(), filing=filing, key="proof", upload=make_picture())
        return Filing.objects.get(pk=filing.pk)

    return world.once(f"filing of {unit.pk} in {title}", make)


def _handed_in(world: World, title: str, unit: Organisation) -> Filing:
    def make() -> Filing:
        begun = _begun(world, title, unit)
        return submit_filing(actor=world.network.actor(unit), at=clock.now(), filing=begun)

    return world.once(f"handed in by {unit.pk} in {title}", make)


def a_call(world: World, role: str, own: bool) -> Kwargs | None:
    """Return the call; nobody in the network is foreign to it, and it is not an education authority's."""
    return {"pk": _call(world, "起草").pk} if own and role not in EDUCATION else None


def a_stage(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a stage of the call."""
    found = a_call(world, role, own)
    return found and {**found, "stage": "filing"}


def a_draft(world: World, role: str, own: bool) -> Kwargs:
    """Return a draft: the point's own; for everybody else one that is not theirs, be it below."""
    unit = world.network.points[0] if role == POINT and own else world.network.points[3]
    return {"pk": _begun(world, "起草", unit).pk}


def an_answer(world: World, role: str, own: bool) -> Kwargs:
    """Return a question of a draft."""
    return {**a_draft(world, role, own), "key": "head_name"}


def a_file(world: World, role: str, own: bool) -> Kwargs:
    """Return the file that is attached to a draft."""
    found = a_draft(world, role, own)
    return {**found, "file": Filing.objects.get(pk=found["pk"]).files.get().pk}


def handed_in(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a filing that was handed in at or below the role's organisation, or one from elsewhere."""
    unit = world.point(role, own)
    return unit and {"pk": _handed_in(world, "在审", unit).pk}


def a_revision(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a revision."""
    found = handed_in(world, role, own)
    return found and {**found, "number": 1}


def two_revisions(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a revision beside itself."""
    found = a_revision(world, role, own)
    return found and {**found, "other": 1}


def own_handed_in(world: World, role: str, own: bool) -> Kwargs:
    """Return what the point itself has handed in; for everybody else a filing that is not theirs."""
    unit = world.network.points[0] if role == POINT and own else world.network.points[3]
    return {"pk": _handed_in(world, "在审", unit).pk}


def a_scan(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a stamped scan whose code could not be read."""
    found = handed_in(world, role, own)

    def make() -> Scan:
        kept = store_picture(make_picture(), person_id=None, at=clock.now())
        return Scan.objects.create(
            filing_id=(found or {})["pk"],
            file=kept,
            state=ScanState.UNREADABLE,
            pages=1,
            sent_at=clock.now(),
        )

    return found and {"pk": world.once(f"scan of {found['pk']}", make).pk}


def _notice(world: World, unit: Organisation) -> ChangeNotice:
    def make() -> ChangeNotice:
        filing = _handed_in(world, "批准", unit)
        while filing.desk_id is not None:
            desk = world.network.actor(Organisation.objects.get(pk=filing.desk_id))
            filing = give_opinion(actor=desk, at=clock.now(), filing=filing, decision=Decision.APPROVE)
        return begin_notice(
            actor=world.network.actor(unit), at=clock.now(), filing=filing, effective_on=clock.today()
        )

    return world.once(f"notice of {unit.pk}", make)


def a_notice(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a change notice from at or below the role's organisation, or one from elsewhere."""
    unit = world.point(role, own)
    return unit and {"pk": _notice(world, unit).pk}


def own_notice(world: World, role: str, own: bool) -> Kwargs:
    """Return the point's own change notice; for everybody else one that is not theirs."""
    unit = world.network.points[0] if role == POINT and own else world.network.points[3]
    return {"pk": _notice(world, unit).pk}


def own_notice_answer(world: World, role: str, own: bool) -> Kwargs:
    """Return an answer of the same notice."""
    return {**own_notice(world, role, own), "key": "notice.reason"}


UNIT = frozenset({POINT})
DRAFT = Address(opens_to=UNIT, example=a_draft)
ONLY_POST = Address(opens_to=ADMINISTRATORS, example=own_handed_in, answer=405, foreign_answer=405)
ADDRESSES = {
    "programmes:calls": Address(opens_to=READERS),
    "programmes:call": Address(opens_to=READERS, example=a_call),
    "programmes:begin": Address(opens_to=ADMINISTRATORS, example=a_stage, answer=405),
    "programmes:fill": DRAFT,
    "programmes:answer": Address(opens_to=UNIT, example=an_answer),
    "programmes:preview": DRAFT,
    "programmes:import": DRAFT,
    "programmes:check": DRAFT,
    "programmes:attached": Address(opens_to=UNIT, example=a_file),
    "programmes:filing": Address(opens_to=READERS, example=handed_in),
    "programmes:take_back": ONLY_POST,
    "programmes:send_scan": Address(opens_to=UNIT, example=own_handed_in),
    **{
        f"programmes:{name}_{ending}": Address(opens_to=ADMINISTRATORS, example=example)
        for name, example in (("form", handed_in), ("revision_form", a_revision))
        for ending in ("pdf", "docx", "xlsx")
    },
    "programmes:revision": Address(opens_to=READERS, example=a_revision),
    "programmes:compare": Address(opens_to=READERS, example=two_revisions),
    "programmes:scan": Address(opens_to=READERS, example=a_scan),
    "programmes:scan_file": Address(opens_to=READERS, example=a_scan),
    "programmes:begin_change": ONLY_POST,
    "programmes:notice": Address(opens_to=READERS, example=a_notice),
    "programmes:change": Address(opens_to=UNIT, example=own_notice),
    "programmes:change_answer": Address(opens_to=UNIT, example=own_notice_answer),
    "programmes:change_check": Address(opens_to=UNIT, example=own_notice),
    "programmes:discard_change": Address(
        opens_to=ADMINISTRATORS, example=own_notice, answer=405, foreign_answer=405
    ),
}
