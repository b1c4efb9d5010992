"""Issuing copies to teachers and learners to keep (S0-45)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, PlaceKind
from lianxue.distribution.models import Issue, StockEntry
from lianxue.distribution.operations.checks import past_day, require_name, require_quantity, require_reason
from lianxue.distribution.operations.ledger import (
    Posting,
    choose_lots,
    copies_coming_back,
    copies_going_out,
    lock_holdings,
    post_many,
    reference_to,
)
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.models import CatalogueEntry


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
    request_key: str | None = None,
) -> Issue:
    """Give copies of a title to a teacher or learner to keep, oldest lots first; the first row is returned.

    ``issued_on`` None: today; an earlier day not before the copies arrived will do. One copy of each lot always stays
    on display (S0-29: 除了保留一份在资源展示区以外). Raise ``NotAllowed``, ``NotEnoughCopies``, ``LastDisplayCopy`` or
    ``Invalid``.
    """
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    require_quantity(quantity)
    name = require_name(recipient_name, field="recipient_name")
    day = past_day(issued_on, at, field="issued_on")
    takings = choose_lots(
        lock_holdings(point.pk, entry.pk), quantity, on=day, keep_on_display=1, day_field="issued_on"
    )
    issues = Issue.objects.bulk_create(
        Issue(
            point=point,
            title_id=taking.lot.title_id,
            lot=taking.lot,
            quantity=taking.quantity,
            from_display=taking.from_display,
            recipient_name=name,
            audience=audience,
            issued_on=day,
            recorded_by_id=actor.person_id,
        )
        for taking in takings
    )
    post_many(
        at=at,
        person_id=actor.person_id,
        postings=[
            Posting("issue", reference_to(row), copies_going_out(row, PlaceKind.ISSUED)) for row in issues
        ],
    )
    for row in issues:
        audit.record(
            actor=actor,
            at=at,
            verb="distribution.issue",
            subject=row,
            after=audit.snapshot(row, "title", "lot", "quantity", "recipient_name", "audience", "issued_on"),
        )
    return issues[0]


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
    lock_holdings(row.point_id, row.title.entry_id)
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
    return row
