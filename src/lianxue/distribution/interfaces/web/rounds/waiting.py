"""What waits for whom in rounds, until the copies are shared out."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.enums import BatchState, DemandState, RoundState
from lianxue.distribution.flows.conditions import in_days_of_point
from lianxue.distribution.queries.aggregation import own_batches
from lianxue.distribution.queries.demand import demand_or_new, rounds_of_point
from lianxue.distribution.queries.network import points_of
from lianxue.distribution.queries.rounds import office_rounds
from lianxue.distribution.queries.standing import supervises
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor, Role


def waiting_rounds(actor: Actor, at: datetime) -> list[Waiting]:
    """Return what the actor has to do for rounds that are prepared, open or being shared out."""
    if actor.role != Role.TIER_ADMIN or actor.tier is None:
        return []
    items = list(_at_college(actor, at))
    if actor.tier == 1:
        items += _at_office(actor, at)
    elif not supervises(actor):
        items += _at_point(actor, at)
    return items


def _at_point(actor: Actor, at: datetime) -> Iterator[Waiting]:
    for round_ in rounds_of_point(actor).filter(state=RoundState.OPEN):
        row = demand_or_new(actor, round_)
        if row is None or row.state == DemandState.SUBMITTED or row.batch.state != BatchState.GATHERING:
            continue
        if not in_days_of_point(row, at):
            continue
        url = reverse("distribution:demand", args=[round_.pk])
        if row.state == DemandState.RETURNED:
            yield Waiting(
                _("Your demand was sent back: %(round)s") % {"round": round_.name},
                url,
                due_on=round_.aggregate_until,
                detail=row.return_reason,
            )
        else:
            until = round_.demand_until or round_.aggregate_until
            yield Waiting(_("State your demand: %(round)s") % {"round": round_.name}, url, due_on=until)


def _at_college(actor: Actor, at: datetime) -> Iterator[Waiting]:
    rows = own_batches(actor).filter(state=BatchState.GATHERING, round__state=RoundState.OPEN)
    for batch in rows:
        if not batch.round.takes_batches_on(local_date(at)):
            continue
        reported = batch.requests.filter(state=DemandState.SUBMITTED).count()
        expected = points_of(batch.round.office_id, batch.college_id).count()
        yield Waiting(
            _("Pass on the demand of your points: %(round)s") % {"round": batch.round.name},
            reverse("distribution:aggregation", args=[batch.round_id]),
            due_on=batch.round.aggregate_until,
            detail=batch.return_reason
            or _("%(reported)d of %(expected)d points have reported")
            % {"reported": reported, "expected": expected},
        )


def _at_office(actor: Actor, at: datetime) -> Iterator[Waiting]:
    today = local_date(at)
    for round_ in office_rounds(actor).filter(state__in=(RoundState.OPEN, RoundState.ALLOCATING)):
        if round_.state == RoundState.ALLOCATING:
            url = reverse("distribution:round-allocation", args=[round_.pk])
            yield Waiting(_("Share out the copies: %(round)s") % {"round": round_.name}, url)
            continue
        is_complete = not round_.batches.exclude(state=BatchState.SUBMITTED).exists()
        if is_complete or not round_.takes_batches_on(today):
            words = (
                _("All colleges have submitted") if is_complete else _("The days of the colleges are over")
            )
            url = reverse("distribution:round-end-demand", args=[round_.pk])
            yield Waiting(_("End the demand: %(round)s") % {"round": round_.name}, url, detail=words)
