"""What the walk over the pages of programmes needs: calls of the trial programme at every stage of their way.

Each call is used for one thing, so that what one page needs does not disturb another.
"""

from lianxue.orgs.public import Chain, Organisation, OrganisationKind, Role
from lianxue.programmes.models import Call, ChangeNotice, Evidence, Filing, Panel, Score
from lianxue.programmes.operations.archive.evidence import add_evidence
from lianxue.programmes.operations.calls.prepare import create_call
from lianxue.programmes.operations.filings.files import attach_file
from lianxue.programmes.operations.notices.change_notice import begin_notice
from lianxue.programmes.operations.panels.draw import draw_panel
from lianxue.programmes.operations.panels.score import begin_scoring
from tests.factories.orgs import AT, make_actor, make_organisation
from tests.factories.programmes import TRIAL, TrialCall, known_programme, trial_call
from tests.factories.resources import make_picture
from tests.walk.world import CITY, EXPERT, OTHER_DISTRICT, World

WORDS = "- {key: words, title: 创建工作总结, type: long_text, required: true, most_length: 5000}"
# The summary takes a file too, so that there is one for the experts to read.
SOURCE = TRIAL.read_text("utf-8").replace(
    WORDS, f"{WORDS}\n          - {{key: proof, title: 附件, type: files, kinds: [pdf, picture]}}"
)


def trial(world: World, what: str) -> TrialCall:
    """Return one of the open calls of the city's authority."""

    def make() -> TrialCall:
        with known_programme(SOURCE):
            return trial_call(world.education)

    return world.once(f"trial call {what}", make)


def foreign_call(world: World) -> Call:
    """Return a call that an authority of another city prepares."""

    def make() -> Call:
        office = make_organisation(
            "edu-abroad", OrganisationKind.EDUCATION_AUTHORITY, chain=Chain.EDUCATION_ADMINISTRATION
        )
        with known_programme(SOURCE) as code:
            return create_call(actor=make_actor(office), at=AT, code=code, title="外地试行", year=2026)

    return world.once("foreign call", make)


def street_for(world: World, role: str, own: bool) -> Organisation | None:
    """Return a street that is the role's own or stands below it, or one of another district.

    Nothing in the city is foreign to its authority. Whoever stands elsewhere gets a street either way.
    """
    first, second = world.education.streets[0], world.education.streets[2]
    if role == CITY:
        return first if own else None
    if role == OTHER_DISTRICT:
        return second if own else first
    return first if own else second


def handed_in(world: World, what: str, street: Organisation) -> Filing:
    """Return a filing, with a file, that lies at the desk of its district."""
    there = trial(world, what)

    def make() -> Filing:
        filing = there.fill(there.filing(street))
        actor = world.education.actor(street)
        attach_file(actor=actor, at=AT, filing=filing, key="proof", upload=make_picture())
        return there.submit(Filing.objects.get(pk=filing.pk))

    return world.once(f"handed in by {street.pk} in {what}", make)


def at_the_city(world: World) -> Filing:
    """Return a filing that lies at the desk of the city."""
    street = world.education.streets[1]
    return world.once(
        "filing at the city's desk",
        lambda: trial(world, "在审").opinion(handed_in(world, "在审", street)),
    )


def approved(world: World, street: Organisation) -> Filing:
    """Return an approved filing of a street."""
    there = trial(world, "批准")
    return world.once(
        f"approved filing of {street.pk}",
        lambda: there.opinion(there.opinion(handed_in(world, "批准", street))),
    )


def notice_of(world: World, street: Organisation) -> ChangeNotice:
    """Return a change notice that a street is writing."""
    return world.once(
        f"change notice of {street.pk}",
        lambda: begin_notice(
            actor=world.education.actor(street),
            at=AT,
            filing=approved(world, street),
            effective_on=AT.date(),
        ),
    )


def evidence_of(world: World, street: Organisation) -> Evidence:
    """Return a piece of evidence, with a file, that a street keeps."""
    return world.once(
        f"evidence of {street.pk}",
        lambda: add_evidence(
            actor=world.education.actor(street),
            at=AT,
            call=trial(world, "在审").call,
            unit=street,
            item="plan",
            title="社区教育发展规划",
            upload=make_picture(),
        ),
    )


def panel(world: World) -> Panel:
    """Return a panel that is scoring a summary with a file: the walker's expert and another."""

    def make() -> Panel:
        there, street = trial(world, "评审"), world.education.streets[0]
        office = world.education.actor(world.education.office)
        world.actor(EXPERT)
        make_actor(world.education.office, Role.EXPERT, name="another-expert")
        there.opinion(there.opinion(handed_in(world, "评审", street)))
        filing = there.fill(there.filing(street, "summary"))
        attach_file(
            actor=world.education.actor(street), at=AT, filing=filing, key="proof", upload=make_picture()
        )
        there.submit(Filing.objects.get(pk=filing.pk))
        drawn = draw_panel(
            actor=office, at=AT, call=there.call, stage="summary", level="city", size=2, seed=1
        )
        return begin_scoring(actor=office, at=AT, panel=drawn)

    return world.once("panel", make)


def score(world: World, own: bool) -> Score:
    """Return what the walker's expert scores, or what another does."""
    rows = Score.objects.filter(seat__panel=panel(world))
    mine = world.actor(EXPERT).person_id
    return rows.get(seat__expert_id=mine) if own else rows.exclude(seat__expert_id=mine).get()
