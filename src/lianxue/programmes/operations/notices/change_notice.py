"""Change notices: what an approved filing says is changed in writing, with its own opinion (S1-48)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Unmet, WrongState
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState, NoticeState, RevisionKind
from lianxue.programmes.errors import NobodySits, NotComplete, WordsMissing
from lianxue.programmes.events import ChangeNoticeDecided, ChangeNoticeSubmitted
from lianxue.programmes.flows.filing import FILING_FLOW, NOTICE_FLOW
from lianxue.programmes.models import ChangeNotice, Filing
from lianxue.programmes.operations.filings.revisions import freeze
from lianxue.programmes.operations.filings.shapes import shaped
from lianxue.programmes.operations.products.making import PRODUCTS
from lianxue.programmes.operations.products.rosters import has_newer_list
from lianxue.programmes.queries.desks import desk_of
from lianxue.programmes.queries.faults import anchor, faults_of_answers
from lianxue.programmes.queries.notices import DAY, REASON, REASON_LENGTH
from lianxue.programmes.queries.opening import question, sealed_answer

EARLIEST = date(2000, 1, 1)


@operation("programmes.begin_notice", label=_("Begin a change notice"))
def begin_notice(
    *, actor: Actor, at: datetime, filing: Filing, effective_on: date, request_key: str | None = None
) -> ChangeNotice:
    """Begin a change notice from what is in force; an open one is returned. Raise ``WrongState``, ``NotAllowed``, ``Invalid`` or ``Unmet``."""
    row = Filing.objects.select_for_update(of=("self",)).select_related("call__revision").get(pk=filing.pk)
    FILING_FLOW.require("begin_notice", actor=actor, subject=row, at=at)
    if row.stage_definition.changes != "notice" or row.approved is None:
        raise WrongState
    check_day(effective_on)
    _refuse_if_replaced(row)
    open_one = row.notices.filter(state__in=[NoticeState.DRAFT, NoticeState.SUBMITTED]).first()
    if open_one is not None:
        return open_one
    level = row.stage_definition.levels[-1]
    desk_id = desk_of(row.call, level, row.unit_id)
    if desk_id is None:
        raise NobodySits(_("Nobody sits at the level “%(level)s” for this unit.") % {"level": level.title})
    notice = ChangeNotice.objects.create(
        filing=row,
        number=row.notices.count() + 1,
        answers=row.approved.answers,
        effective_on=effective_on,
        desk_id=desk_id,
        created_at=at,
        created_by_id=actor.person_id,
    )
    audit.record(actor=actor, at=at, verb="programmes.begin_notice", subject=notice, after={"filing": row.pk})
    return notice


@operation("programmes.save_notice", label=_("Change the draft of a change notice"))
def save_notice(
    *,
    actor: Actor,
    at: datetime,
    notice: ChangeNotice,
    version: int,
    answers: Mapping[str, Any] | None = None,
    reason: str | None = None,
    effective_on: date | None = None,
) -> ChangeNotice:
    """Save what changes, why and from which day, as a whole. Raise ``WrongState``, ``NotAllowed``, ``Conflict``, ``NotFound``, ``Invalid``."""
    row = locked_notice(notice)
    NOTICE_FLOW.require("save_notice", actor=actor, subject=row, at=at)
    if version != row.version:
        raise Conflict
    form = row.filing.form
    for key, value in (answers or {}).items():
        asked = question(form, key)
        if asked is None:
            raise NotFound
        row.answers[key] = sealed_answer(form, key, shaped(asked, value))
        row.marks[key] = int(row.marks.get(key, 0)) + 1
    if reason is not None:
        row.reason = reason.strip()[:REASON_LENGTH]
        row.marks[REASON] = int(row.marks.get(REASON, 0)) + 1
    if effective_on is not None:
        check_day(effective_on)
        row.effective_on = effective_on
        row.marks[DAY] = int(row.marks.get(DAY, 0)) + 1
    row.version += 1
    row.save(update_fields=["answers", "marks", "reason", "effective_on", "version"])
    return row


@operation("programmes.discard_notice", label=_("Throw away the draft of a change notice"))
def discard_notice(
    *, actor: Actor, at: datetime, notice: ChangeNotice, request_key: str | None = None
) -> None:
    """Throw a draft away. Raise ``WrongState`` or ``NotAllowed``."""
    row = locked_notice(notice)
    NOTICE_FLOW.require("discard_notice", actor=actor, subject=row, at=at)
    audit.record(
        actor=actor, at=at, verb="programmes.discard_notice", subject=row.filing, after={"notice": row.number}
    )
    row.delete()


@operation("programmes.submit_notice", label=_("Hand in a change notice"))
def submit_notice(
    *, actor: Actor, at: datetime, notice: ChangeNotice, request_key: str | None = None
) -> ChangeNotice:
    """Hand a change notice in. Raise ``WrongState``, ``NotAllowed``, ``Unmet`` (no reason), ``Invalid`` or ``NotComplete``."""
    row = locked_notice(notice)
    NOTICE_FLOW.require("submit_notice", actor=actor, subject=row, at=at)
    filing = row.filing
    if filing.approved is not None and row.answers == filing.approved.answers:
        raise Invalid(_("Nothing is changed yet."))
    faults = faults_of_answers(filing, row.answers)
    if faults:
        raise NotComplete([(anchor(fault), fault.message) for fault in faults])
    row.state, row.submitted_at, row.submitted_by_id = NoticeState.SUBMITTED, at, actor.person_id
    row.save(update_fields=["state", "submitted_at", "submitted_by"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.submit_notice",
        subject=row,
        before={"state": NoticeState.DRAFT},
        after=audit.snapshot(row, "state", "reason", "effective_on"),
    )
    publish(ChangeNoticeSubmitted(at=at, notice_id=row.pk, desk_id=row.desk_id))
    return row


@operation("programmes.decide_notice", label=_("Decide a change notice"))
def decide_notice(
    *,
    actor: Actor,
    at: datetime,
    notice: ChangeNotice,
    accept: bool,
    comment: str = "",
    request_key: str | None = None,
) -> ChangeNotice:
    """Accept a change notice (rosters follow from its day on) or not. Raise ``WrongState``, ``NotAllowed`` or ``WordsMissing``."""
    row = locked_notice(notice)
    NOTICE_FLOW.require("accept_notice" if accept else "decline_notice", actor=actor, subject=row, at=at)
    if row.submitted_by_id is not None and row.submitted_by_id == actor.person_id:
        raise NotAllowed(_("Nobody decides on what they handed in themselves."))
    words = comment.strip()[:500]
    if not accept and not words:
        raise WordsMissing
    row.state = NoticeState.APPROVED if accept else NoticeState.DECLINED
    row.decided_at, row.decided_by_id, row.comment = at, actor.person_id, words
    if accept:
        row.revision = _put_in_force(row, at=at)
    row.save(update_fields=["state", "decided_at", "decided_by", "comment", "revision"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.decide_notice",
        subject=row,
        before={"state": NoticeState.SUBMITTED},
        after=audit.snapshot(row, "state", "comment", "revision"),
        note=words,
    )
    publish(ChangeNoticeDecided(at=at, notice_id=row.pk, approved=accept))
    return row


def _put_in_force(notice: ChangeNotice, *, at: datetime) -> Any:
    filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("call__revision")
        .get(pk=notice.filing_id)
    )
    if filing.state != FilingState.APPROVED:
        raise WrongState
    _refuse_if_replaced(filing)
    revision = freeze(
        filing,
        notice.answers,
        at=at,
        person_id=notice.submitted_by_id,
        kind=RevisionKind.CHANGE,
        reason=notice.reason,
    )
    filing.revision_number, filing.approved, filing.answers = revision.number, revision, notice.answers
    filing.version += 1
    filing.save(update_fields=["revision_number", "approved", "answers", "version"])
    for product in filing.stage_definition.products:
        if product.kind == "roster":
            PRODUCTS[product.kind](filing, revision, product, at=at, from_on=notice.effective_on)
    return revision


def check_day(effective_on: date) -> None:
    """Raise ``Invalid`` for a day from which no change can count."""
    if effective_on < EARLIEST:
        raise Invalid(fields={"effective_on": _("This day is too long ago.")})


def _refuse_if_replaced(filing: Filing) -> None:
    rosters = (one for one in filing.stage_definition.products if one.kind == "roster")
    if any(has_newer_list(filing, one) for one in rosters):
        raise Unmet(
            _("The roster follows a later filing of this unit. Please give notice of the change there.")
        )


def locked_notice(notice: ChangeNotice) -> ChangeNotice:
    """Return a notice under its lock, with its filing."""
    rows = ChangeNotice.objects.select_for_update(of=("self",))
    return rows.select_related("filing__call__revision", "filing__unit", "filing__approved").get(pk=notice.pk)
