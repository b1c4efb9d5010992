"""Opening, closing and discarding a call; late consent."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import CallState
from lianxue.programmes.errors import NobodySits
from lianxue.programmes.events import CallOpened
from lianxue.programmes.flows.call import CALL_FLOW
from lianxue.programmes.models import Call, LateConsent
from lianxue.programmes.queries.description import who_in_words
from lianxue.programmes.queries.desks import desks_of
from lianxue.programmes.queries.units import units_of

NAMED = 10


@operation("programmes.open_call", label=_("Open a call"))
def open_call(*, actor: Actor, at: datetime, call: Call, request_key: str | None = None) -> Call:
    """Open a call to its units. Raise ``WrongState``, ``NotAllowed``, or ``NobodySits`` when some level has no desk for some units."""
    row = _locked(call)
    CALL_FLOW.require("open_call", actor=actor, subject=row, at=at)
    _require_desks(row)
    row.state, row.opened_at = CallState.OPEN, at
    row.save(update_fields=["state", "opened_at"])
    _record(row, "open_call", actor=actor, at=at, before=CallState.DRAFT)
    publish(CallOpened(at=at, call_id=row.pk))
    return row


def _require_desks(call: Call) -> None:
    units = {unit.pk: unit.name for unit in units_of(call)}
    if not units:
        who = who_in_words(call.definition.units)
        raise NobodySits(
            _("There is no organisation below yours for which this call is meant (%(who)s).") % {"who": who}
        )
    for stage in call.definition.filed_stages():
        for level in stage.levels:
            without = [units[pk] for pk, desk in desks_of(call, level, units).items() if desk is None]
            if without:
                names = "、".join(without[:NAMED]) + (" …" if len(without) > NAMED else "")
                raise NobodySits(
                    _("At the level “%(level)s” nobody sits for: %(units)s.")
                    % {"level": level.title, "units": names}
                )


@operation("programmes.close_call", label=_("Close a call"))
def close_call(*, actor: Actor, at: datetime, call: Call, request_key: str | None = None) -> Call:
    """Close a call. Raise ``WrongState``, ``NotAllowed`` or ``Unmet`` while filings are under consideration."""
    row = _locked(call)
    CALL_FLOW.require("close_call", actor=actor, subject=row, at=at)
    row.state, row.closed_at = CallState.CLOSED, at
    row.save(update_fields=["state", "closed_at"])
    _record(row, "close_call", actor=actor, at=at, before=CallState.OPEN)
    return row


@operation("programmes.reopen_call", label=_("Open a call again"))
def reopen_call(*, actor: Actor, at: datetime, call: Call, request_key: str | None = None) -> Call:
    """Open a closed call again. Raise ``WrongState`` or ``NotAllowed``."""
    row = _locked(call)
    CALL_FLOW.require("reopen_call", actor=actor, subject=row, at=at)
    row.state, row.closed_at = CallState.OPEN, None
    row.save(update_fields=["state", "closed_at"])
    _record(row, "reopen_call", actor=actor, at=at, before=CallState.CLOSED)
    return row


@operation("programmes.discard_call", label=_("Throw away the draft of a call"))
def discard_call(*, actor: Actor, at: datetime, call: Call, request_key: str | None = None) -> None:
    """Throw a draft away. Raise ``WrongState`` or ``NotAllowed``."""
    row = _locked(call)
    CALL_FLOW.require("discard_call", actor=actor, subject=row, at=at)
    audit.record(
        actor=actor, at=at, verb="programmes.discard_call", subject=None, before={"title": row.title}
    )
    row.delete()


@operation("programmes.give_consent", label=_("Let a unit file late"))
def give_consent(
    *,
    actor: Actor,
    at: datetime,
    call: Call,
    stage: str,
    unit: Organisation,
    until_on: date,
    reason: str,
    request_key: str | None = None,
) -> LateConsent:
    """Let one unit file in a stage until a day. Raise ``WrongState``, ``NotAllowed``, ``NotFound`` or ``Invalid``."""
    row = _locked(call)
    CALL_FLOW.require("give_consent", actor=actor, subject=row, at=at)
    stages = {one.key: one for one in row.definition.filed_stages()}
    if stage not in stages or not units_of(row).filter(pk=unit.pk).exists():
        raise NotFound
    faults = {}
    if not stages[stage].late_by_consent:
        faults["stage"] = _("This stage takes nothing late.")
    if until_on < local_date(at):
        faults["until_on"] = _("This day is over.")
    if not reason.strip():
        faults["reason"] = _("Please say why.")
    if faults:
        raise Invalid(fields=faults)
    consent = LateConsent.objects.create(
        call=row,
        stage=stage,
        unit=unit,
        until_on=until_on,
        reason=reason.strip()[:300],
        given_by_id=actor.person_id or 0,
        given_at=at,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.give_consent",
        subject=row,
        after=audit.snapshot(consent, "unit", "stage", "until_on", "reason"),
    )
    return consent


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("revision").get(pk=call.pk)


def _record(row: Call, verb: str, *, actor: Actor, at: datetime, before: str) -> None:
    audit.record(
        actor=actor,
        at=at,
        verb=f"programmes.{verb}",
        subject=row,
        before={"state": before},
        after=audit.snapshot(row, "state"),
    )
