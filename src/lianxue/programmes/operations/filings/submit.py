"""Handing a filing in, and taking it back before anybody gave an opinion."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Conflict
from lianxue.kernel.events import publish
from lianxue.kernel.new_row import rewrite
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState
from lianxue.programmes.errors import NobodySits, NotComplete
from lianxue.programmes.events import FilingSubmitted
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.models import Filing
from lianxue.programmes.operations.filings.holding import hold_call, locked_filing
from lianxue.programmes.operations.filings.revisions import freeze
from lianxue.programmes.queries.desks import desk_of
from lianxue.programmes.queries.faults import anchor, faults_in


@operation("programmes.submit_filing", label=_("Hand in a filing"))
def submit_filing(
    *, actor: Actor, at: datetime, filing: Filing, version: int | None = None, request_key: str | None = None
) -> Filing:
    """Hand a filing in: it is checked whole, frozen as a revision, and lies at the first desk.

    ``version`` is what the writer saw last. Raise ``WrongState``, ``NotAllowed``, ``Unmet`` (the stage is not open),
    ``Conflict`` (somebody else changed an answer since), ``NotComplete`` with every place, or ``NobodySits``.
    """
    hold_call(filing.call_id)
    row = locked_filing(filing.pk)
    FILING_FLOW.require("submit_filing", actor=actor, subject=row, at=at)
    if version is not None and version != row.version:
        raise Conflict
    faults = faults_in(row)
    if faults:
        raise NotComplete([(anchor(fault), fault.message) for fault in faults])
    level = row.stage_definition.levels[0]
    desk_id = desk_of(row.call, level, row.unit_id)
    if desk_id is None:
        raise NobodySits(_("Nobody sits at the level “%(level)s” for this unit.") % {"level": level.title})
    revision = freeze(row, row.answers, at=at, person_id=actor.person_id)
    before = audit.snapshot(row, "state", "revision_number")
    row.revision_number = revision.number
    row.state, row.position, row.desk_id, row.since, row.submitted_at = (
        FilingState.SUBMITTED,
        0,
        desk_id,
        at,
        at,
    )
    rewrite(row, "revision_number", "state", "position", "desk", "since", "submitted_at")
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.submit_filing",
        subject=row,
        before=before,
        after={**audit.snapshot(row, "state", "revision_number", "desk"), "digest": revision.digest},
    )
    publish(FilingSubmitted(at=at, filing_id=row.pk, desk_id=desk_id))
    return row


@operation("programmes.take_back_filing", label=_("Take a filing back"))
def take_back_filing(*, actor: Actor, at: datetime, filing: Filing, request_key: str | None = None) -> Filing:
    """Take a filing back to mend it; the revision stays. Raise ``WrongState``, ``NotAllowed`` or ``Unmet``."""
    hold_call(filing.call_id)
    row = Filing.objects.select_for_update(of=("self",)).select_related("call__revision").get(pk=filing.pk)
    FILING_FLOW.require("take_back_filing", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state", "desk")
    row.state, row.position, row.desk_id, row.since = FilingState.DRAFT, None, None, at
    row.save(update_fields=["state", "position", "desk", "since"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.take_back_filing",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "desk"),
    )
    return row
