"""Issuing copies to teachers and learners to keep (S0-45)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, PlaceKind
from lianxue.distribution.models import Issue, StockEntry
from lianxue.distribution.operations.checks import (
    NAME_LENGTH,
    day_with_reason,
    require_name,
    require_quantity,
    require_reason,
)
from lianxue.distribution.operations.desk.hand_out import Gift, Occasion, hand_out
from lianxue.distribution.operations.desk.queue import serve_queue
from lianxue.distribution.operations.ledger import (
    Posting,
    copies_coming_back,
    lock_holdings,
    post_many,
    reference_to,
)
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.models import CatalogueEntry

MOST_GIFTS = 5000  # of one class list: several titles for several hundred people


@operation("distribution.issue", label=_("Issue copies"))
def issue(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    entry: CatalogueEntry,
    recipient_name: str,
    audience: Audience,
    quantity: int = 1,
    issued_on: date | None = None,
    backdated_reason: str = "",
    queue_reason: str = "",
    request_key: str | None = None,
) -> Issue:
    """Give copies of a title to a teacher or learner to keep, oldest lots first; the first row is returned.

    ``issued_on`` None: today; an earlier day, not before the copies arrived, needs ``backdated_reason``. One copy of
    each lot always stays on display (S0-29). Copies that are put aside for readers go only for ``queue_reason``. Raise
    ``NotAllowed``, ``NotEnoughCopies``, ``LastDisplayCopy``, ``CopyReserved``, ``ReasonMissing`` or ``Invalid``.
    """
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    require_quantity(quantity)
    name = require_name(recipient_name, field="recipient_name")
    day, why_later = day_with_reason(issued_on, at, backdated_reason, field="issued_on")
    occasion = Occasion(point, day, backdated_reason=why_later, queue_reason=queue_reason)
    return hand_out([Gift(entry.pk, name, audience, quantity)], occasion, actor=actor, at=at)[0]


@operation("distribution.issue_to_class", label=_("Issue copies to a class"))
def issue_to_class(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    class_name: str,
    gifts: Sequence[Gift],
    issued_on: date | None = None,
    backdated_reason: str = "",
    queue_reason: str = "",
    request_key: str | None = None,
) -> Issue:
    """Give copies of one or several titles to everybody on a class list, all or nothing; the first row is returned.

    Days and reasons as for ``issue``. Raise ``NotAllowed``, ``NotEnoughCopies`` or ``LastDisplayCopy`` with the title
    that is short, ``CopyReserved``, ``ReasonMissing`` or ``Invalid``.
    """
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    if not 1 <= len(gifts) <= MOST_GIFTS:
        raise Invalid(_("A class list has from 1 to %(most)d lines.") % {"most": MOST_GIFTS})
    named = class_name.strip()
    if not named or len(named) > NAME_LENGTH:
        raise Invalid(fields={"class_name": _("Please give a name of at most 60 characters.")})
    checked = []
    for gift in gifts:
        require_quantity(gift.quantity)
        name = require_name(gift.recipient_name, field="sheet")
        checked.append(Gift(gift.entry_id, name, gift.audience, gift.quantity))
    day, why_later = day_with_reason(issued_on, at, backdated_reason, field="issued_on")
    occasion = Occasion(point, day, named, why_later, queue_reason)
    return hand_out(checked, occasion, actor=actor, at=at)[0]


@operation("distribution.undo_issue", label=_("Undo an issue"))
def undo_issue(
    *, actor: Actor, at: datetime, issue: Issue, reason: str, request_key: str | None = None
) -> Issue:
    """Undo an issue that was written down by mistake: a counter-entry brings the copies back, the row stays.

    Raise ``NotAllowed``, ``WrongState`` when it was undone already, ``ReasonMissing`` or ``Invalid``.
    """
    row = Issue.objects.select_for_update(of=("self",)).select_related("title").get(pk=issue.pk)
    if row.undone_at is not None:
        raise WrongState
    if not KEEPS_RECORD.holds(actor, row):
        raise NotAllowed
    why = require_reason(reason)
    held = lock_holdings(row.point_id, row.title.entry_id)
    row.undone_at, row.undone_reason = at, why
    row.save(update_fields=["undone_at", "undone_reason"])
    written = StockEntry.objects.get(verb="issue", reference=reference_to(row))
    post_many(
        at=at,
        person_id=actor.person_id,
        postings=[
            Posting(
                "undo_issue",
                reference_to(row),
                copies_coming_back(row, PlaceKind.ISSUED),
                reason=why,
                corrects_id=written.pk,
            )
        ],
        held=held,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.undo_issue",
        subject=row,
        before={"undone_at": None},
        after=audit.snapshot(row, "undone_at"),
        note=why,
    )
    serve_queue(row.point_id, row.title.entry_id, actor=actor, at=at)
    return row
