"""The office begins to prepare a round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Route
from lianxue.distribution.models import Round
from lianxue.distribution.operations.rounds.round_particulars import TIMING_FIELDS, RoundDays, set_particulars
from lianxue.distribution.rules.rounds import BEGINS_ROUND
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor

NO_DAYS = RoundDays()


@operation("distribution.create_round", label=_("Prepare a round"))
def create_round(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    year: int,
    days: RoundDays = NO_DAYS,
    route: Route = Route.DIRECT,
    request_key: str | None = None,
) -> Round:
    """Begin a round of the actor's office, whose parcels will go by ``route``. Raise ``NotAllowed``, ``Invalid`` or ``RoundNameTaken``."""
    if actor.organisation_id is None or not BEGINS_ROUND.holds(actor, None):
        raise NotAllowed
    # One at a time for each office, so that a name cannot be taken twice.
    office = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation_id)
    row = Round(office=office, created_at=at, route=route)
    set_particulars(row, name=name, year=year, days=days)
    row.save()
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.create_round",
        subject=row,
        after=audit.snapshot(row, "name", "year", "route", *TIMING_FIELDS),
    )
    return row
