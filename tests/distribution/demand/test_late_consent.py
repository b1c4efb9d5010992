"""Leave to be late: who gives it to whom, until when, and what it opens and what not."""

from datetime import date, datetime, timedelta

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round, refused
from tests.factories.orgs import AT, Network, small_network

from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.models import DemandRequest, LateConsent, Round
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.demand.give_late_consent import give_late_consent
from lianxue.distribution.operations.demand.return_batch import return_batch
from lianxue.distribution.operations.demand.submit_batch import submit_batch
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.notices.models import Notice
from lianxue.orgs.public import Actor, Organisation, Role

pytestmark = pytest.mark.django_db

# The points' last day is 4 March, the colleges' 6 March 2026.
POINTS_UNTIL, COLLEGES_UNTIL = date(2026, 3, 4), date(2026, 3, 6)


def _on(day: int) -> datetime:
    return AT + timedelta(days=day - 2)


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def made(network: Network) -> DemandRound:
    days = RoundDays(demand_until=POINTS_UNTIL, aggregate_until=COLLEGES_UNTIL)
    return opened_round(network, (9, 9), days=days)


def _let(
    made: DemandRound, actor: Actor, *late: Organisation, until: int = 6, day: int = 5, reason: str = "停电"
) -> Round:
    return give_late_consent(
        actor=actor,
        at=_on(day),
        round=made.round,
        organisation_ids=[one.pk for one in late],
        until=date(2026, 3, until),
        reason=reason,
    )


def test_a_point_with_leave_reports_until_its_day_and_nobody_else_does(made: DemandRound) -> None:
    first, second, _care, elsewhere, *_others = made.network.points
    with refused(Unmet, verb="save_demand"):
        made.save(first, [3], at=_on(5))
    _let(made, made.network.actor(made.network.colleges[0]), first)
    for other in (second, elsewhere):
        with refused(Unmet, verb="save_demand"):
            made.save(other, [3], at=_on(5))
    assert made.ask(first, [3], at=_on(6)).state == "submitted"
    consent = LateConsent.objects.get()
    assert (consent.organisation, consent.until, consent.reason) == (first, date(2026, 3, 6), "停电")
    assert consent.by_id == made.network.actor(made.network.colleges[0]).person_id
    entry = AuditEntry.objects.get(verb="distribution.give_late_consent")
    assert (entry.note, entry.after["organisations"]) == ("停电", [first.code])  # type: ignore[index]


def test_leave_ends_with_its_last_day(made: DemandRound) -> None:
    point = made.network.points[0]
    _let(made, made.network.actor(made.network.colleges[0]), point, until=5)
    made.save(point, [3], at=_on(5))
    with refused(Unmet, verb="save_demand"):
        made.save(point, [4], at=_on(6))


def test_leave_counts_only_while_the_round_is_open(made: DemandRound) -> None:
    point = made.network.points[0]
    _let(made, made.network.office_admin, point, until=20)
    Round.objects.filter(pk=made.round.pk).update(state="allocating")
    with refused(Unmet, verb="save_demand"):
        made.save(point, [3], at=_on(5))
    with refused(WrongState, verb="give_late_consent"):
        _let(made, made.network.office_admin, point, until=20)


def test_a_college_with_leave_adjusts_and_submits_but_its_points_stay_over(made: DemandRound) -> None:
    network, college = made.network, made.network.colleges[0]
    actor = network.actor(college)
    row = made.ask(network.points[0], [3])
    line = row.lines.get()
    with refused(Unmet, verb="submit_batch"):
        submit_batch(actor=actor, at=_on(9), batch=made.batch(college))
    _let(made, network.office_admin, college, until=9, day=9)
    change = LineChange(line.pk, 2, "超过两册")
    adjust_lines(actor=actor, at=_on(9), batch=made.batch(college), changes=[change])
    with refused(Unmet, verb="save_demand"):
        made.save(network.points[1], [1], at=_on(9))
    with refused(Unmet, verb="submit_batch"):
        submit_batch(
            actor=network.actor(network.colleges[1]), at=_on(9), batch=made.batch(network.colleges[1])
        )
    assert submit_batch(actor=actor, at=_on(9), batch=made.batch(college)).state == "submitted"


def test_leave_of_the_office_for_a_point_gives_its_college_the_same_time(made: DemandRound) -> None:
    network, point, college = made.network, made.network.points[0], made.network.colleges[0]
    _let(made, network.office_admin, point, until=12)
    assert set(LateConsent.objects.values_list("organisation_id", flat=True)) == {point.pk, college.pk}
    made.ask(point, [3], at=_on(12))
    submit_batch(actor=network.actor(college), at=_on(12), batch=made.batch(college))


def test_a_college_cannot_give_more_time_than_it_has(made: DemandRound) -> None:
    point, college = made.network.points[0], made.network.colleges[0]
    with refused(Invalid, verb="give_late_consent"):
        _let(made, made.network.actor(college), point, until=7)
    _let(made, made.network.office_admin, college, until=7)
    _let(made, made.network.actor(college), point, until=7)


@pytest.mark.parametrize("until", [1, 4])
def test_the_day_must_come_after_the_last_day_and_not_be_past(made: DemandRound, until: int) -> None:
    with refused(Invalid, verb="give_late_consent"):
        _let(made, made.network.office_admin, made.network.points[0], until=until, day=3)
    with refused(Invalid, verb="give_late_consent"):
        _let(made, made.network.office_admin, made.network.points[0], until=5, day=6)


def test_without_a_last_day_nobody_is_late(network: Network) -> None:
    made = opened_round(network, (9,))
    with refused(Invalid, verb="give_late_consent"):
        _let(made, network.office_admin, network.points[0])


def test_what_was_passed_on_must_come_back_first(made: DemandRound) -> None:
    network, college = made.network, made.network.colleges[0]
    made.pass_on(college)
    with refused(Invalid, verb="give_late_consent"):
        _let(made, network.office_admin, network.points[0])
    return_batch(actor=network.office_admin, at=_on(5), batch=made.batch(college), reason="缺一所")
    _let(made, network.office_admin, network.points[0])


def test_leave_takes_a_reason_and_somebody(made: DemandRound) -> None:
    with refused(ReasonMissing, verb="give_late_consent"):
        _let(made, made.network.office_admin, made.network.points[0], reason=" ")
    with refused(Invalid, verb="give_late_consent"):
        _let(made, made.network.office_admin)


def test_leave_comes_from_above_only(made: DemandRound) -> None:
    network, point = made.network, made.network.points[0]
    for actor in (
        network.actor(point),
        network.actor(network.points[1]),
        network.actor(network.office, Role.AUDITOR),
        network.supplier_clerk,
        Actor.visitor(),
    ):
        with refused(NotAllowed, verb="give_late_consent"):
            _let(made, actor, point)
    for actor, late in [
        (network.actor(network.colleges[1]), point),  # of another college
        (network.actor(network.colleges[0]), network.colleges[0]),  # itself
        (network.office_admin, network.supplier),
    ]:
        with refused(NotFound, verb="give_late_consent"):
            _let(made, actor, late)


def test_the_point_is_told(made: DemandRound) -> None:
    point = made.network.points[0]
    person = made.network.actor(point).person_id
    _let(made, made.network.actor(made.network.colleges[0]), point)
    notice = Notice.objects.select_related("message").get(person_id=person)
    assert notice.message.url == f"/demand/{made.round.pk}/"
    assert notice.message.body["zh-hans"] == "停电"


def test_what_came_back_may_be_mended_while_its_college_has_leave(made: DemandRound) -> None:
    network, college = made.network, made.network.colleges[0]
    row = made.ask(network.points[0], [3])
    DemandRequest.objects.filter(pk=row.pk).update(state="returned", return_reason="请核对")
    with refused(Unmet, verb="save_demand"):
        made.save(network.points[0], [2], at=_on(8))
    _let(made, network.office_admin, college, until=8)
    made.save(network.points[0], [2], at=_on(8))
