"""The office changes the name or the days of a round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundState, Route
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Round
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.operations.rounds.round_particulars import TIMING_FIELDS, RoundDays, set_particulars
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor

PARCELS_MADE = _("The parcels of this round are made already; their way stays as it is.")


@operation("distribution.edit_round", label=_("Change a round"))
def edit_round(
    *,
    actor: Actor,
    at: datetime,
    round: Round,
    name: str,
    year: int,
    days: RoundDays,
    route: Route | None = None,
) -> Round:
    """Change what a round is called and its days, which may be made longer while it runs.

    ``route`` None: as it is; once the parcels are made it stays.

    Raise ``WrongState``, ``NotAllowed``, ``Invalid`` or ``RoundNameTaken``.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=round.office_id)
    row = locked_round(round.pk)
    ROUND_FLOW.require("edit_round", actor=actor, subject=row, at=at)
    fields = ("name", "year", "route", *TIMING_FIELDS)
    before = audit.snapshot(row, *fields)
    set_particulars(row, name=name, year=year, days=days)
    if route is not None and route != row.route:
        if row.state not in (RoundState.DRAFT, RoundState.OPEN, RoundState.ALLOCATING):
            raise Invalid(fields={"route": PARCELS_MADE})
        row.route = route
    row.save(update_fields=fields)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.edit_round",
        subject=row,
        before=before,
        after=audit.snapshot(row, *fields),
    )
    return row
