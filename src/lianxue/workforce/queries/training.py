"""Reads about trainings."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from lianxue.kernel.clock import SHANGHAI, local_date
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.models import ChainNode, Organisation
from lianxue.orgs.public import Actor, Chain, Role, posts_held_in
from lianxue.workforce.enums import (
    LEVELS,
    AttendanceState,
    AudienceKind,
    Part,
    SessionState,
    Team,
    TrainingLevel,
)
from lianxue.workforce.models import Attendance, TrainingSession
from lianxue.workforce.queries.roster import account_of, members_below, unit_name_of
from lianxue.workforce.rules.training import OWN_ROW, READS_ALL, RUNS, SEES_SESSION


@dataclass(frozen=True)
class Expected:
    """Somebody, or a unit that has named nobody yet, whom an audience names."""

    person_id: int | None = None
    organisation_id: int | None = None
    entry_id: int | None = None
    area_id: str | None = None
    name: str = ""
    unit: str = ""


def year_bounds(year: int) -> tuple[datetime, datetime]:
    """Return the first moment of a calendar year in Asia/Shanghai and that of the next."""
    return datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI)


def place_of(organisation_id: int) -> ChainNode | None:
    """Return the place by which an organisation trains: in the service system, else in its other chain of authority."""
    order = list(LEVELS)
    nodes = ChainNode.objects.filter(organisation_id=organisation_id, chain__in=order)
    return min(nodes, key=lambda node: order.index(Chain(node.chain)), default=None)


def level_of(node: ChainNode) -> TrainingLevel:
    """Return the level of a place; whatever stands deeper than the last level counts as that."""
    levels = LEVELS[Chain(node.chain)]
    return levels[min(node.depth, len(levels)) - 1]


def with_counts(rows: QuerySet[TrainingSession]) -> QuerySet[TrainingSession]:
    """Give each training how many were expected, came, were excused, and are missing."""
    take_part = Q(attendances__part=Part.PARTICIPANT)
    return rows.select_related("organiser").annotate(
        expected=Count("attendances", filter=take_part & Q(attendances__is_expected=True)),
        attended=Count("attendances", filter=take_part & Q(attendances__state=AttendanceState.ATTENDED)),
        excused=Count("attendances", filter=take_part & Q(attendances__state=AttendanceState.EXCUSED)),
        missing=Count("attendances", filter=take_part & Q(attendances__state=AttendanceState.EXPECTED)),
    )


def sessions_seen(actor: Actor) -> QuerySet[TrainingSession]:
    """Return the trainings that the actor may look at, with counts, the newest first."""
    rows = visible(with_counts(TrainingSession.objects.all()), SEES_SESSION, actor)
    return rows.order_by("-starts_at", "-pk")  # rows that are counted do not keep the order of the table


def session_seen(actor: Actor, pk: int) -> TrainingSession:
    """Return one training that the actor may look at. Raise ``NotFound``."""
    return get_visible(with_counts(TrainingSession.objects.all()), SEES_SESSION, actor, pk=pk)


def session_run(actor: Actor, pk: int) -> TrainingSession:
    """Return one training that the actor runs. Raise ``NotFound``."""
    return get_visible(with_counts(TrainingSession.objects.all()), RUNS, actor, pk=pk)


def attendances_seen(actor: Actor, session: TrainingSession) -> QuerySet[Attendance]:
    """Return who was asked and who was there, as far as the actor may read it."""
    rows = Attendance.objects.filter(session=session).select_related(
        "organisation", "person", "noted_by", "area"
    )
    return rows if READS_ALL.holds(actor, session) else visible(rows, OWN_ROW, actor)


def attendances_of(person_id: int) -> QuerySet[Attendance]:
    """Return the trainings of one person, the newest first; those called off are not among them."""
    rows = Attendance.objects.filter(person_id=person_id).exclude(
        session__state__in=[SessionState.DRAFT, SessionState.CANCELLED]
    )
    return rows.select_related("session__organiser").order_by("-session__starts_at", "-id")


def may_choose_units(organiser_id: int) -> QuerySet[Organisation]:
    """Return the units below an organiser in the chain by which it trains."""
    node = place_of(organiser_id)
    if node is None:
        return Organisation.objects.none()
    below = ChainNode.objects.filter(chain=node.chain, path__startswith=node.path).exclude(pk=node.pk)
    return Organisation.objects.filter(pk__in=below.values("organisation_id"), is_active=True).order_by(
        "code"
    )


def expected_people(session: TrainingSession, on: date) -> list[Expected]:
    """Return whom the audience of a training names on a day: holders of posts, and units that have nobody yet."""
    units: dict[int, Organisation] = {}
    for line in session.audience.all():
        units |= {unit.pk: unit for unit in _units_of(session, line.kind, line.organisation_id)}
    posts = (
        posts_held_in(units, [Role.TIER_ADMIN], on).filter(person__is_active=True).select_related("person")
    )
    found: dict[int, Expected] = {}
    staffed = set()
    for post in posts.order_by("organisation__code", "id"):
        staffed.add(post.organisation_id)
        unit = units[post.organisation_id]
        one = Expected(
            person_id=post.person_id, organisation_id=unit.pk, name=str(post.person), unit=unit.name
        )
        found.setdefault(post.person_id, one)
    nobody = [Expected(organisation_id=pk, unit=unit.name) for pk, unit in units.items() if pk not in staffed]
    team = [one for one in _team_members(session, on) if one.person_id not in found]
    return [*found.values(), *nobody, *team]


def _team_members(session: TrainingSession, on: date) -> list[Expected]:
    """Return the members of the teams that the audience names, in the organiser's area (S1-20)."""
    rows: dict[int, Expected] = {}
    for line in session.audience.filter(kind=AudienceKind.TEAM):
        for entry in members_below(session.organiser, Team(line.team), on):
            person = account_of(entry)
            rows[entry.pk] = Expected(
                person_id=person.pk if person else None,
                entry_id=entry.pk,
                area_id=entry.area_id,
                name=entry.name,
                unit=unit_name_of(entry),
            )
    return list(rows.values())


def _units_of(session: TrainingSession, kind: str, organisation_id: int | None) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(is_active=True)
    nodes = ChainNode.objects.filter(chain=session.chain)
    if kind == AudienceKind.DIRECTLY_BELOW:
        return rows.filter(pk__in=nodes.filter(superior_id=session.organiser_id).values("organisation_id"))
    if kind == AudienceKind.ALL_BELOW:
        below = nodes.filter(path__contains=f"/{session.organiser_id}/").exclude(
            organisation_id=session.organiser_id
        )
        return rows.filter(pk__in=below.values("organisation_id"))
    if kind == AudienceKind.UNIT:
        return rows.filter(pk=organisation_id or 0)
    return rows.none()


def upcoming_of(person_id: int, at: datetime) -> QuerySet[Attendance]:
    """Return where a person is still expected."""
    return (
        attendances_of(person_id)
        .filter(state=AttendanceState.EXPECTED, session__state=SessionState.PLANNED, session__ends_at__gte=at)
        .order_by("session__starts_at")
    )


def to_close(actor: Actor, at: datetime) -> QuerySet[TrainingSession]:
    """Return the trainings of the actor that are over and not closed yet."""
    rows = TrainingSession.objects.filter(state=SessionState.PLANNED, ends_at__lt=at)
    return visible(rows, RUNS, actor).order_by("starts_at")


def years_of_sessions(rows: QuerySet[TrainingSession]) -> list[int]:
    """Return the calendar years in which trainings began, the newest first."""
    moments = rows.order_by().values_list("starts_at", flat=True).distinct()
    return sorted({local_date(moment).year for moment in moments}, reverse=True)
