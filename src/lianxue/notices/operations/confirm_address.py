"""Showing that an e-mail address is one's own: a mail with a signed link, and opening it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.public import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.notices.enums import Channel
from lianxue.notices.errors import AskedAlready, LinkOver, MailIsOff, NoAddress
from lianxue.notices.events import DeliveriesWait
from lianxue.notices.models import ConfirmedAddress, Delivery
from lianxue.notices.operations.deliver import CONFIRMS
from lianxue.orgs.public import Actor

GOOD_FOR = timedelta(days=3)
BETWEEN_MAILS = timedelta(minutes=5)


@operation("notices.ask_confirmation", label=_("Ask to confirm the e-mail address"))
def ask_confirmation(*, actor: Actor, at: datetime) -> None:
    """Send the link to the address in one's own profile.

    Raise ``MailIsOff``, ``NoAddress``, or ``AskedAlready`` within five minutes.
    """
    if not settings.EMAIL_HOST:
        raise MailIsOff
    person = Person.objects.select_for_update().filter(pk=actor.person_id or 0).first()
    if person is None:
        raise NotAllowed
    if not person.email:
        raise NoAddress
    asked = Delivery.objects.filter(person=person, message=None, due_at__gt=at - BETWEEN_MAILS)
    if asked.exists():
        raise AskedAlready
    delivery = Delivery.objects.create(person=person, channel=Channel.EMAIL, due_at=at)
    audit.record(actor=actor, at=at, verb="notices.ask_confirmation", subject=delivery)
    publish(DeliveriesWait(1))


@operation("notices.confirm_address", label=_("Confirm the e-mail address"))
def confirm_address(*, actor: Actor, at: datetime, token: str) -> ConfirmedAddress:
    """Confirm the address that a link of ours was sent to. Whoever has the link has the mailbox, signed in or not.

    Raise ``LinkOver`` when it is not ours, too old, or the person has another address by now.
    """
    try:
        said = signing.loads(token, salt=CONFIRMS, max_age=GOOD_FOR)
        person = Person.objects.select_for_update().get(
            pk=said["person"], email=said["email"], is_active=True
        )
    except (signing.BadSignature, Person.DoesNotExist) as over:
        raise LinkOver from over
    row, _is_new = ConfirmedAddress.objects.update_or_create(
        person=person, defaults={"email": person.email, "confirmed_at": at}
    )
    audit.record(actor=actor, at=at, verb="notices.confirm_address", subject=person)
    return row
