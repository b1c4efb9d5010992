"""The robot in the group of an organisation: registering it, trying it, removing it."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.notices.enums import Channel, RobotKind
from lianxue.notices.errors import BadRobot, NoRobot
from lianxue.notices.events import DeliveriesWait
from lianxue.notices.models import Delivery, Message, Robot
from lianxue.notices.operations.notify import in_all_languages
from lianxue.notices.operations.sending.open_hosts import open_address
from lianxue.notices.rules import RUNS_GROUP
from lianxue.orgs.public import Actor, Organisation

_TOLD = ("kind", "host", "address", "secret", "registered_at", "removed_at")
LONGEST = 500
TRIAL = "notices.trial"


@operation("notices.register_robot", label=_("Register a group robot"))
def register_robot(
    *,
    actor: Actor,
    at: datetime,
    kind: RobotKind,
    address: str,
    secret: str,
    request_key: str | None = None,
) -> Robot:
    """Register the robot of the group of one's own organisation; an earlier one is replaced.

    Raise ``NotAllowed``, or ``BadRobot`` with what is wrong beside its field.
    """
    if not actor.is_administrator or actor.organisation_id is None:
        raise NotAllowed
    address, secret = address.strip(), secret.strip()
    faults = _faults(kind, address, secret)
    if faults:
        raise BadRobot(fields=faults)
    target = open_address(address)
    Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    row = Robot.objects.filter(organisation_id=actor.organisation_id).first()
    before = audit.snapshot(row, *_TOLD) if row else None
    row = row or Robot(organisation_id=actor.organisation_id)
    row.kind, row.address, row.secret = kind, address, secret
    row.host, row.registered_at, row.removed_at = target.name if target else "", at, None
    row.save()
    after = audit.snapshot(row, *_TOLD)
    audit.record(actor=actor, at=at, verb="notices.register_robot", subject=row, before=before, after=after)
    return row


@operation("notices.remove_robot", label=_("Remove a group robot"))
def remove_robot(*, actor: Actor, at: datetime, request_key: str | None = None) -> Robot:
    """Remove the robot of the group of one's own organisation; its address is forgotten. Raise ``NoRobot``."""
    row = _own_robot(actor)
    before = audit.snapshot(row, *_TOLD)
    row.address = row.secret = row.host = ""
    row.removed_at = at
    row.save()
    after = audit.snapshot(row, *_TOLD)
    audit.record(actor=actor, at=at, verb="notices.remove_robot", subject=row, before=before, after=after)
    return row


@operation("notices.try_robot", label=_("Try a group robot"))
def try_robot(*, actor: Actor, at: datetime, request_key: str | None = None) -> Delivery:
    """Say a word of trial in the group. Raise ``NoRobot``."""
    row = _own_robot(actor)
    message = Message.objects.create(
        kind=TRIAL,
        title=in_all_languages(_("Trial message"), 200),
        body=in_all_languages(_("The group will read the messages of Lianxue here."), 200),
        url="/notices/robot/",
        at=at,
    )
    delivery = Delivery.objects.create(message=message, robot=row, channel=Channel.ROBOT, due_at=at)
    audit.record(actor=actor, at=at, verb="notices.try_robot", subject=row)
    publish(DeliveriesWait(1))
    return delivery


def _own_robot(actor: Actor) -> Robot:
    row = (
        Robot.objects.select_for_update()
        .filter(RUNS_GROUP.rows(actor), removed_at=None)
        .select_related("organisation")
        .first()
    )
    if row is None:
        raise NoRobot
    return row


def _faults(kind: RobotKind, address: str, secret: str) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if open_address(address) is None or len(address) > LONGEST:
        hosts = ", ".join(settings.WEBHOOK_HOSTS)
        faults["address"] = _("The address begins with https:// and one of these hosts: %(hosts)s") % {
            "hosts": hosts
        }
    elif kind == RobotKind.WECOM and not parse_qs(urlsplit(address).query).get("key"):
        faults["address"] = _("The address of a WeCom robot ends with its key: …?key=…")
    if kind != RobotKind.WECOM and not secret:
        faults["secret"] = _("Please give the secret with which messages are signed.")
    if len(secret) > LONGEST or not secret.isascii():
        faults["secret"] = _("This is not the secret of a robot.")
    return faults
