"""What waits for whom in rounds, until the copies are shared out."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxue.distribution.enums import BatchState, DemandState, RoundState
from lianxue.distribution.flows.conditions import in_days_of_batch, in_days_of_point
from lianxue.distribution.models import DemandBatch, DemandRequest, Round
from lianxue.distribution.queries.aggregation import own_batches
from lianxue.distribution.queries.demand import demand_or_new, rounds_of_point
from lianxue.distribution.queries.late import late_until, leave_is_running
from lianxue.distribution.queries.learners import has_stated
from lianxue.distribution.queries.network import points_of
from lianxue.distribution.queries.reporting import last_reminder
from lianxue.distribution.queries.rounds import office_rounds
from lianxue.distribution.queries.standing import supervises
from lianxue.distribution.queries.unmet import carried_in, open_line_count
from lianxue.kernel.clock import local_date
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor, Role

WORKING = (RoundState.OPEN, RoundState.ALLOCATING, RoundState.ALLOCATED)


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
    years = set()
    for round_ in _open_to.rows(actor=actor):
        row = demand_or_new(actor, round_)
        if row is None or row.state == DemandState.SUBMITTED or row.batch.state != BatchState.GATHERING:
            continue
        if not in_days_of_point(row, at):
            continue
        years.add(round_.year)
        late = late_until(round_.pk, row.point_id)
        until = max((d for d in (round_.last_day_of_points, late) if d is not None), default=None)
        url = reverse("distribution:demand", args=[round_.pk])
        if row.state == DemandState.RETURNED:
            yield Waiting(
                _("Your demand was sent back: %(round)s") % {"round": round_.name},
                url,
                due_on=round_.aggregate_until,
                detail=row.return_reason,
            )
        else:
            yield Waiting(
                _("State your demand: %(round)s") % {"round": round_.name},
                url,
                due_on=until,
                detail=_what_happened(row, late),
            )
    for year in sorted(years):
        if not has_stated(actor.organisation_id, year):
            yield Waiting(
                _("State your learners and teachers for %(year)d") % {"year": year},
                reverse("distribution:learners"),
            )


@kept
def _open_to(actor: Actor) -> QuerySet[Round]:
    return rounds_of_point(actor).filter(state=RoundState.OPEN)


@kept
def _gathering(actor: Actor) -> QuerySet[DemandBatch]:
    return own_batches(actor).filter(state=BatchState.GATHERING, round__state=RoundState.OPEN)


def _what_happened(row: DemandRequest, late: date | None) -> str:
    """Return what a point should know before it states its demand: leave, copies carried over, a reminder."""
    said = []
    if late is not None:
        said.append(_("You have leave to be late."))
    if carried := sum(
        answer.copies for found in carried_in(row.batch.round_id, row.point_id).values() for answer in found
    ):
        said.append(
            ngettext("%(count)d copy was carried over.", "%(count)d copies were carried over.", carried)
            % {"count": carried}
        )
    reminder = last_reminder(row.batch.round_id, row.point_id)
    if reminder is not None:
        day = date_format(local_date(reminder.at), "DATE_FORMAT")
        said.append(_("You were reminded on %(day)s.") % {"day": day})
    return " ".join(said)


def _at_college(actor: Actor, at: datetime) -> Iterator[Waiting]:
    today = local_date(at)
    for batch in _gathering.rows(actor=actor):
        if not in_days_of_batch(batch, at):
            continue
        late = late_until(batch.round_id, batch.college_id)
        until = batch.round.aggregate_until
        reported = batch.requests.filter(state=DemandState.SUBMITTED).count()
        expected = points_of(batch.round.office_id, batch.college_id).count()
        yield Waiting(
            _("Pass on the demand of your points: %(round)s") % {"round": batch.round.name},
            reverse("distribution:aggregation", args=[batch.round_id]),
            due_on=until if until is None or late is None else max(until, late),
            detail=batch.return_reason
            or _("%(reported)d of %(expected)d points have reported")
            % {"reported": reported, "expected": expected},
        )
        last = batch.round.demand_until
        if last is not None and last < today and reported < expected:
            yield Waiting(
                _("Points that have not reported: %(round)s") % {"round": batch.round.name},
                reverse("distribution:aggregation-missing", args=[batch.round_id]),
                count=expected - reported,
                detail=_("Remind them all at once, or let them be late."),
            )


def _at_office(actor: Actor, at: datetime) -> Iterator[Waiting]:
    for round_ in office_rounds(actor).filter(state__in=WORKING):
        if round_.state == RoundState.ALLOCATING:
            url = reverse("distribution:round-allocation", args=[round_.pk])
            yield Waiting(_("Share out the copies: %(round)s") % {"round": round_.name}, url)
        elif round_.state == RoundState.ALLOCATED:
            yield from _unmet(round_)
        else:
            yield from _ending(round_, local_date(at))


def _unmet(round_: Round) -> Iterator[Waiting]:
    count = open_line_count(round_)
    if count:
        yield Waiting(
            _("Unmet demand: %(round)s") % {"round": round_.name},
            reverse("distribution:round-unmet", args=[round_.pk]),
            count=count,
            detail=_("Carry it into another round, or close it with a reason."),
        )


def _ending(round_: Round, today: date) -> Iterator[Waiting]:
    """Yield what there is to do about a round that is open: end its demand, or ask those who are late."""
    late = round_.batches.exclude(state=BatchState.SUBMITTED).count()
    is_over = not round_.takes_batches_on(today)
    if not late or (is_over and not leave_is_running(round_.pk, today)):
        words = _("The days of the colleges are over") if late else _("All colleges have submitted")
        url = reverse("distribution:round-end-demand", args=[round_.pk])
        yield Waiting(_("End the demand: %(round)s") % {"round": round_.name}, url, detail=words)
    if late and is_over:
        yield Waiting(
            _("Colleges that have not submitted: %(round)s") % {"round": round_.name},
            reverse("distribution:round-missing", args=[round_.pk]) + "?who=colleges",
            count=late,
            detail=_("Remind them all at once, or let them be late."),
        )
