"""Preparing what is sent without demand: its name, its titles; and closing it at the end."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundKind, RoundState, Route, ShipmentState
from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.flows.direct_round import DIRECT_ROUND_FLOW
from lianxue.distribution.models import Round, RoundTitle
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.operations.rounds.round_particulars import RoundDays, set_particulars
from lianxue.distribution.operations.rounds.round_titles import entries_to_offer, entry_fault
from lianxue.distribution.queries.standing import supervises
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor


@operation("distribution.create_direct_round", label=_("Prepare a dispatch without demand"))
def create_direct_round(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    year: int,
    receive_until: date | None = None,
    route: Route = Route.DIRECT,
    request_key: str | None = None,
) -> Round:
    """Begin a round in which the actor's own organisation sends copies to points below it, itself the supplier.

    Raise ``NotAllowed``, ``Invalid`` or ``RoundNameTaken``.
    """
    if not supervises(actor) or actor.organisation_id is None:
        raise NotAllowed
    sender = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation_id)
    row = Round(office=sender, created_at=at, kind=RoundKind.DIRECT, route=route)
    set_particulars(row, name=name, year=year, days=RoundDays(receive_until=receive_until))
    row.save()
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.create_direct_round",
        subject=row,
        after=audit.snapshot(row, "name", "year", "kind", "route", "receive_until"),
    )
    return row


@operation("distribution.choose_direct_titles", label=_("Choose titles to be sent without demand"))
def choose_direct_titles(
    *,
    actor: Actor,
    at: datetime,
    round: Round,
    add: Sequence[int] = (),
    remove: Sequence[int] = (),
    request_key: str | None = None,
) -> Round:
    """Put catalogue entries into what is to be sent, and take titles (their ids) out again.

    Raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    row = locked_round(round.pk)
    DIRECT_ROUND_FLOW.require("choose_direct_titles", actor=actor, subject=row, at=at)
    wanted = list(dict.fromkeys(add))
    if not wanted and not remove:
        raise Invalid(_("Please choose at least one title."))
    entries = entries_to_offer(wanted)
    there = set(row.titles.values_list("entry_id", flat=True))
    faults: dict[str, Text] = {}
    for entry_id in wanted:
        if fault := entry_fault(entries.get(entry_id), copies=1):
            faults[f"entry_{entry_id}"] = fault
        elif entry_id in there:
            faults[f"entry_{entry_id}"] = _("This title is in the round already.")
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults)
    gone = list(row.titles.filter(pk__in=remove).select_related("entry").order_by("pk"))
    codes = [title.entry.code for title in gone]
    row.titles.filter(pk__in=[title.pk for title in gone]).delete()
    RoundTitle.objects.bulk_create(
        RoundTitle(round=row, entry_id=entry_id, supplier_id=row.office_id, copies_available=0)
        for entry_id in wanted
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.choose_direct_titles",
        subject=row,
        after={"added": [entries[entry_id].code for entry_id in wanted], "taken_out": codes},
    )
    return row


@operation("distribution.close_direct_round", label=_("Close a dispatch without demand"))
def close_direct_round(*, actor: Actor, at: datetime, round: Round, reason: str = "") -> Round:
    """Close a round that was sent without demand; while parcels have not been received it takes a reason.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row = locked_round(round.pk)
    DIRECT_ROUND_FLOW.require("close_direct_round", actor=actor, subject=row, at=at)
    outstanding = row.shipments.exclude(state=ShipmentState.RECEIVED).count()
    bare = require_reason(reason) if reason.strip() else ""
    if outstanding and not bare:
        raise ReasonMissing(fields={"reason": ReasonMissing.default_message})
    row.state, row.closed_at = RoundState.CLOSED, at
    row.save(update_fields=["state", "closed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.close_direct_round",
        subject=row,
        before={"state": RoundState.ALLOCATED},
        after={"state": row.state, "not_received": outstanding},
        note=bare,
    )
    return row
