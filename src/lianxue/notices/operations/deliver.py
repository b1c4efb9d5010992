"""Sending what waits, each delivery once: it is marked before it leaves, and marked again when it is through.

What breaks in between stays marked as being sent and is not sent again by itself: nobody knows whether it arrived. It
is shown to the office, where somebody may try again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from lianxue.notices.enums import Channel, DeliveryState, Failure
from lianxue.notices.errors import NotDelivered
from lianxue.notices.flows.delivery import DELIVERY_FLOW
from lianxue.notices.models import ConfirmedAddress, Delivery
from lianxue.notices.operations.sending.post_office import Letter, PostOffice
from lianxue.notices.operations.sending.robots import Said, say
from lianxue.orgs.public import Actor

CONFIRMS = "notices.confirm_address"  # what a link's signature is good for
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
LONGEST_SENDING = timedelta(minutes=10)

ConfirmPath = Callable[[str], str]


def deliver_next(*, at: datetime, post_office: PostOffice, confirm_path: ConfirmPath) -> bool:
    """Send the delivery that has waited longest, if any is due; tell whether there was one.

    Several may do this at the same time: each takes another delivery.
    """
    delivery = _take(at)
    if delivery is None:
        return False
    try:
        if delivery.channel == Channel.EMAIL:
            post_office.hand_in(_letter(delivery, confirm_path))
        else:
            _say_in_group(delivery, at)
    except NotDelivered as fault:
        _put_off_or_fail(delivery, fault, at)
    else:
        _move(delivery, "arrive", at, sent_at=at, reason="", detail="")
    return True


def give_up_interrupted(*, at: datetime) -> int:
    """Mark as failed what has been under way for so long that whoever sent it must have died; return how many."""
    before = at - LONGEST_SENDING
    with transaction.atomic():
        stuck = Delivery.objects.select_for_update(skip_locked=True).filter(
            state=DeliveryState.SENDING, begun_at__lt=before
        )
        ids = list(stuck.values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=ids).update(state=DeliveryState.FAILED, reason=Failure.INTERRUPTED)
    return len(ids)


def _take(at: datetime) -> Delivery | None:
    with transaction.atomic():
        waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=DeliveryState.WAITING, due_at__lte=at
        )
        delivery = (
            waiting.select_related("message", "person", "robot__organisation").order_by("due_at").first()
        )
        if delivery is not None:
            _move(delivery, "begin", at, begun_at=at, attempts=delivery.attempts + 1)
    return delivery


def _move(delivery: Delivery, verb: str, at: datetime, **changes: object) -> None:
    step = DELIVERY_FLOW.require(verb, actor=Actor.platform(), subject=delivery, at=at)
    delivery.state = step.target or delivery.state
    for name, value in changes.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=["state", *changes])


def _put_off_or_fail(delivery: Delivery, fault: NotDelivered, at: datetime) -> None:
    told = {"reason": fault.failure, "detail": fault.detail}
    if fault.is_final or delivery.attempts > len(PAUSES):
        _move(delivery, "fail", at, **told)
    else:
        _move(delivery, "put_off", at, due_at=at + PAUSES[delivery.attempts - 1], **told)


def _letter(delivery: Delivery, confirm_path: ConfirmPath) -> Letter:
    """Return the mail in the recipient's language: what it is about and a link, no more personal data than that."""
    person = delivery.person
    if person is None or not person.is_active or not person.email:
        raise NotDelivered(Failure.NO_ADDRESS, is_final=True)
    name = f"lianxue-{delivery.pk}-{delivery.due_at:%Y%m%d%H%M%S}"
    with translation.override(person.language):
        if delivery.message is None:
            token = signing.dumps({"person": person.pk, "email": person.email}, salt=CONFIRMS)
            text = _(
                "Please confirm with this link that messages of the platform may be sent to this address:\n\n%(link)s\n\n"
                "The link is good for three days. If you did not ask for this, you need not do anything."
            )
            link = settings.SITE_URL + confirm_path(token)
            return Letter(person.email, _("Lianxue: confirm your address"), text % {"link": link}, name)
        if not ConfirmedAddress.objects.filter(person=person, email=person.email).exists():
            raise NotDelivered(Failure.NO_ADDRESS, is_final=True)
        parts = [
            delivery.message.text,
            settings.SITE_URL + delivery.message.url,
            "—",
            _("Sent by Lianxue. On the page of your messages you choose what is sent to you."),
        ]
        return Letter(person.email, delivery.message.headline, "\n\n".join(filter(None, parts)), name)


def _say_in_group(delivery: Delivery, at: datetime) -> None:
    robot, message = delivery.robot, delivery.message
    if robot is None or message is None or robot.removed_at is not None:
        raise NotDelivered(Failure.REMOVED, is_final=True)
    with translation.override(settings.LANGUAGE_CODE):
        said = Said(message.pk, message.kind, message.headline, message.text, settings.SITE_URL + message.url)
    say(robot, said, at=at)
