"""What somebody was told, and how they want to be told."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from lianxue.accounts.models import Person
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import visible
from lianxue.notices.models import Choice, ConfirmedAddress, Notice, Robot
from lianxue.notices.rules import OWN_NOTICE
from lianxue.orgs.public import Actor


def notices_of(actor: Actor, *, kind: str = "", unread_only: bool = False) -> QuerySet[Notice]:
    """Return what ``actor`` was told under any post: unread first, then newest first."""
    rows = visible(Notice.objects.select_related("message", "organisation"), OWN_NOTICE, actor)
    if kind:
        rows = rows.filter(message__kind=kind)
    if unread_only:
        rows = rows.filter(read_at=None)
    return rows.annotate(is_unread=Q(read_at__isnull=True)).order_by("-is_unread", "-id")


def unread_count(person_id: int) -> int:
    """Return how many notices a person has not read: one look into an index that holds nothing else."""
    return _unread.count(person_id=person_id)


@kept
def _unread(person_id: int) -> QuerySet[Notice]:
    return Notice.objects.filter(person_id=person_id, read_at=None)


def kinds_told(actor: Actor) -> list[str]:
    """Return the kinds of messages that ``actor`` has among their notices."""
    rows = visible(Notice.objects.all(), OWN_NOTICE, actor)
    return list(rows.order_by("message__kind").values_list("message__kind", flat=True).distinct())


@dataclass(frozen=True)
class Reach:
    """How somebody can be reached outside the platform."""

    email: str
    is_confirmed: bool
    robots: tuple[Robot, ...]


def reach_of(actor: Actor, organisation_ids: list[int]) -> Reach:
    """Return the address of ``actor`` and the robots in the groups of the organisations in which they hold posts."""
    person = Person.objects.get(pk=actor.person_id or 0)
    confirmed = ConfirmedAddress.objects.filter(person=person, email=F("person__email")).exists()
    robots = Robot.objects.select_related("organisation").filter(
        organisation__in=organisation_ids, removed_at=None
    )
    return Reach(person.email, confirmed and bool(person.email), tuple(robots.order_by("organisation__code")))


def choices_of(actor: Actor) -> dict[str, Choice]:
    """Return what ``actor`` chose, by kind."""
    return {choice.kind: choice for choice in Choice.objects.filter(person_id=actor.person_id or 0)}


def robot_of(actor: Actor) -> Robot | None:
    """Return the robot in the group of the actor's own organisation."""
    return Robot.objects.filter(organisation_id=actor.organisation_id or 0, removed_at=None).first()
