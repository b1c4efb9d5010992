"""Telling people something: kept in the platform, and sent out by the ways that they chose."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from lianxue.kernel.days import local_date
from lianxue.kernel.errors import Text
from lianxue.kernel.events import publish
from lianxue.kernel.kept import kept
from lianxue.kernel.new_row import write_unless_known
from lianxue.notices.events import DeliveriesWait
from lianxue.notices.models import Message, Notice
from lianxue.notices.operations.address_out import make_deliveries
from lianxue.notices.operations.kinds import KINDS
from lianxue.orgs.public import Post, Role, posts_held_in

Words = Text | Callable[[], str]

ADMINISTRATORS = (Role.TIER_ADMIN,)
AT_ONCE = 5000  # rows in one INSERT


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One message and whom it is for: holders of posts in organisations, or people by themselves.

    ``title`` and ``body`` are rendered in every language: pass lazy text, or a function where something is put in.
    ``url`` is a page of the platform. The same ``once_key`` tells the same person once, whenever it comes again.
    """

    title: Words
    url: str
    body: Words = ""
    once_key: str = ""
    organisation_ids: Iterable[int] = ()
    person_ids: Iterable[int] = ()


def notify(
    *,
    at: datetime,
    kind: str,
    title: Words,
    url: str,
    body: Words = "",
    once_key: str = "",
    organisation_ids: Iterable[int] = (),
    person_ids: Iterable[int] = (),
    roles: Collection[Role] = ADMINISTRATORS,
) -> Message:
    """Tell one message: to the holders of posts in force with one of ``roles`` in the organisations, and to people.

    Call it from a subscriber, inside the transaction of what happened. It may be one organisation or all of them.
    """
    telling = Telling(
        title=title,
        url=url,
        body=body,
        once_key=once_key,
        organisation_ids=organisation_ids,
        person_ids=person_ids,
    )
    return notify_each(at=at, kind=kind, tellings=[telling], roles=roles)[0]


def notify_each(
    *, at: datetime, kind: str, tellings: Sequence[Telling], roles: Collection[Role] = ADMINISTRATORS
) -> list[Message]:
    """Tell many messages of one kind, each to its own people, with a number of queries that does not grow."""
    if kind not in KINDS:
        raise LookupError(f"register the kind {kind!r} in the subscribers of its feature")
    if any(not telling.url.startswith("/") or telling.url.startswith("//") for telling in tellings):
        raise ValueError("a message leads to an own page of the platform")
    with transaction.atomic(savepoint=False):  # it is a part of what happened
        messages, new = _keep(at, kind, tellings)
        notices = _new_notices(at, messages, tellings, roles, new)
        if len(notices) == 1:
            write_unless_known(notices[0])
        else:
            Notice.objects.bulk_create(notices, batch_size=AT_ONCE, ignore_conflicts=True)
        count = make_deliveries(at=at, kind=kind, notices=notices)
        if count:
            publish(DeliveriesWait(count))
    return messages


def _keep(at: datetime, kind: str, tellings: Sequence[Telling]) -> tuple[list[Message], set[int]]:
    """Write the messages down; one whose key was said before is the earlier one. Return which surely are new, too."""
    made = [
        Message(
            kind=kind,
            title=in_all_languages(telling.title, 200),
            body=in_all_languages(telling.body, 2000),
            url=telling.url,
            once_key=telling.once_key or None,
            at=at,
        )
        for telling in tellings
    ]
    # The unique key makes a second teller wait here until the first has committed; then it finds the first one's row.
    if len(made) == 1 and write_unless_known(made[0]):
        return made, {made[0].pk}
    Message.objects.bulk_create([row for row in made if row.once_key is None], batch_size=AT_ONCE)
    keyed = [row for row in made if row.once_key is not None]
    if not keyed:
        return made, {row.pk for row in made}
    Message.objects.bulk_create(keyed, batch_size=AT_ONCE, ignore_conflicts=True)
    known = Message.objects.in_bulk([row.once_key for row in keyed], field_name="once_key")
    messages = [row if row.once_key is None else known[row.once_key] for row in made]
    return messages, {row.pk for row in messages if row.once_key is None}


def in_all_languages(words: Words, longest: int) -> dict[str, str]:
    """Return ``words`` as every language says them, cut to ``longest`` signs."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = str(words() if callable(words) else words).replace("\0", "")[:longest]
    return texts


def _held(wanted: set[int], roles: Collection[Role], on: date) -> Iterable[tuple[int, int]]:
    """Return organisation and person of each post that is told something."""
    if len(wanted) == 1:  # most of what happens is told to one
        return _held_in_one.rows(organisation_id=next(iter(wanted)), roles=tuple(roles), on=on)
    return _posts(wanted, roles, on)


def _posts(wanted: Iterable[int], roles: Collection[Role], on: date) -> "QuerySet[Post, tuple[int, int]]":
    posts = posts_held_in(wanted, roles, on).filter(person__is_active=True)
    return posts.values_list("organisation_id", "person_id")


@kept
def _held_in_one(
    organisation_id: int, roles: tuple[Role, ...], on: date
) -> "QuerySet[Post, tuple[int, int]]":
    return _posts([organisation_id], roles, on)


def _new_notices(
    at: datetime,
    messages: Sequence[Message],
    tellings: Sequence[Telling],
    roles: Collection[Role],
    new: set[int],
) -> list[Notice]:
    """Return the notices that are to be written: each person once for each message, whoever has it already left out."""
    places = [list(telling.organisation_ids) for telling in tellings]
    holders: dict[int, list[int]] = {}
    wanted = {organisation for place in places for organisation in place}
    if wanted:
        for organisation_id, person_id in _held(wanted, roles, local_date(at)):
            holders.setdefault(organisation_id, []).append(person_id)
    told: dict[tuple[int, int], Notice] = {}
    for message, telling, place in zip(messages, tellings, places, strict=True):
        for organisation_id in place:
            for person_id in holders.get(organisation_id, ()):
                notice = Notice(message=message, person_id=person_id, organisation_id=organisation_id)
                told.setdefault((message.pk, person_id), notice)
        for person_id in telling.person_ids:
            told.setdefault((message.pk, person_id), Notice(message=message, person_id=person_id))
    again = [message.pk for message in messages if message.pk not in new]
    for pair in (
        Notice.objects.filter(message__in=again).values_list("message_id", "person_id") if again else ()
    ):
        told.pop(pair, None)
    return list(told.values())
