"""Trainings: planned, announced, attended, closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from lianxue.demo.play.service_teams.words import read_team_words, said
from lianxue.orgs.public import Actor, Organisation
from lianxue.workforce.public import (
    Attendance,
    AttendanceState,
    Audience,
    AudienceKind,
    Comer,
    Mark,
    Particulars,
    Team,
    TrainingSession,
    TrainingTopic,
    TrainingWay,
    announce_session,
    close_session,
    note_attendance,
    plan_session,
)

ANNOUNCED_BEFORE = timedelta(days=10)
EXCUSED_SHARE = 0.04
DIRECTLY_BELOW = (Audience(kind=AudienceKind.DIRECTLY_BELOW),)
ALL_BELOW = (Audience(kind=AudienceKind.ALL_BELOW),)
TEAMS = tuple(Audience(kind=AudienceKind.TEAM, team=team) for team in Team)


def particulars(
    name: str,
    topic: TrainingTopic,
    begins: datetime,
    ends: datetime,
    *,
    audience: tuple[Audience, ...],
    **words: object,
) -> Particulars:
    """Return the particulars that stand under ``name`` in the table; on line when a link stands there."""
    known = read_team_words()["trainings"][name]
    return Particulars(
        title=said("trainings", name, "title", **words),
        topic=topic,
        way=TrainingWay.ONLINE if "link" in known else TrainingWay.OFFLINE,
        starts_at=begins,
        ends_at=ends,
        place=said("trainings", name, "place", **words) if "place" in known else "",
        link=known.get("link", ""),
        words=known["words"],
        audience=audience,
    )


def announce(actor: Actor, written: Particulars, *, at: datetime) -> TrainingSession:
    """Let somebody plan a training and announce it."""
    session = plan_session(actor=actor, at=at, particulars=written)
    return announce_session(actor=actor, at=at, session=session)


def hold(
    actor: Actor,
    written: Particulars,
    *,
    chance: Random,
    lecturers: Sequence[Comer] = (),
    guests: Sequence[Comer] = (),
    share: float = 1.0,
    is_closed: bool = True,
) -> TrainingSession:
    """Let somebody hold a training: ``share`` of those expected came, a few were excused; the list is closed."""
    session = announce(actor, written, at=written.starts_at - ANNOUNCED_BEFORE)
    marks = [mark for row in _known_by_name(session) if (mark := _mark(row, share, chance)) is not None]
    over = written.ends_at
    note_attendance(actor=actor, at=over, session=session, marks=marks, comers=[*lecturers, *guests])
    return close_session(actor=actor, at=over, session=session) if is_closed else session


def let_some_come(actor: Actor, session: TrainingSession, *, at: datetime, chance: Random, share: float,
                  left: frozenset[int] = frozenset()) -> None:  # fmt: skip
    """Let ``share`` of those expected be there already; whoever is ``left`` has it before them."""
    rows = [row for row in _known_by_name(session) if row.person_id not in left and chance.random() < share]
    marks = [Mark(row.pk, AttendanceState.ATTENDED) for row in rows]
    note_attendance(actor=actor, at=at, session=session, marks=marks)


def unit_below(organisation: Organisation) -> Audience:
    """Return the line of an audience that names one unit."""
    return Audience(kind=AudienceKind.UNIT, organisation=organisation)


def _known_by_name(session: TrainingSession) -> list[Attendance]:
    return [row for row in session.attendances.order_by("pk") if row.name]


def _mark(row: Attendance, share: float, chance: Random) -> Mark | None:
    luck = chance.random()
    if luck < EXCUSED_SHARE * (share < 1):
        return Mark(row.pk, AttendanceState.EXCUSED, said("trainings", "excuse"))
    return Mark(row.pk, AttendanceState.ATTENDED) if luck < share else None
