"""Which notices leave the platform, by which way: what is open, and what each person chose."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet

from lianxue.kernel.kept import kept
from lianxue.notices.enums import Channel
from lianxue.notices.models import Choice, ConfirmedAddress, Delivery, Notice, Robot


def mail_is_on() -> bool:
    """Tell whether this installation can send mail."""
    return bool(settings.EMAIL_HOST)


def make_deliveries(*, at: datetime, kind: str, notices: Sequence[Notice]) -> int:
    """Write down what is to be sent for new ``notices`` of one kind; return how many deliveries that makes.

    A mail goes to everybody whose address is confirmed; a group hears each message once, when at least one of the
    recipients there wants it. Either way can be switched off by each person for each kind.
    """
    if not notices:
        return 0
    people = {notice.person_id for notice in notices}
    organisations = {notice.organisation_id for notice in notices if notice.organisation_id is not None}
    mailboxes = set(_confirmed(people)) if mail_is_on() else set()
    robots = dict(_robots(organisations))
    if not mailboxes and not robots:
        return 0
    choices = {choice.person_id: choice for choice in Choice.objects.filter(kind=kind, person__in=people)}
    chosen = {(n.message_id, n.person_id) for n in notices if n.person_id in mailboxes}
    mails = [
        Delivery(message_id=message, person_id=person, channel=Channel.EMAIL, due_at=at)
        for message, person in sorted(chosen)
        if person not in choices or choices[person].by_email
    ]
    groups = {
        (notice.message_id, robots[notice.organisation_id])
        for notice in notices
        if notice.organisation_id in robots
        and (notice.person_id not in choices or choices[notice.person_id].by_robot)
    }
    words = [
        Delivery(message_id=message, robot_id=robot, channel=Channel.ROBOT, due_at=at)
        for message, robot in sorted(groups)
    ]
    Delivery.objects.bulk_create([*mails, *words], batch_size=5000, ignore_conflicts=True)
    return len(mails) + len(words)


def _robots(organisations: set[int]) -> Iterable[tuple[int, int]]:
    """Return organisation and number of each group that can be told something."""
    if len(organisations) == 1:  # most of what happens is told to one
        return _robots_of.rows(organisation_id=next(iter(organisations)))
    rows = Robot.objects.filter(removed_at=None, organisation__in=organisations)
    return rows.values_list("organisation_id", "id")


@kept
def _robots_of(organisation_id: int) -> "QuerySet[Robot, tuple[int, int]]":
    rows = Robot.objects.filter(removed_at=None, organisation_id=organisation_id)
    return rows.values_list("organisation_id", "id")


def _confirmed(people: set[int]) -> list[int]:
    rows = ConfirmedAddress.objects.filter(
        person__in=people, email=F("person__email"), person__is_active=True
    )
    return list(rows.values_list("person_id", flat=True))
