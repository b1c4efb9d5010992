"""Reminders of demand that has not come in: by hand, before and after the last day, and never twice."""

from datetime import date, datetime, timedelta

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round, refused
from tests.factories.orgs import AT, Network, small_network

from lianxue.distribution.errors import NobodyToRemind
from lianxue.distribution.models import LateConsent, Round, SentReminder
from lianxue.distribution.operations.demand.remind_missing import remind_missing, send_due_reminders
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.distribution.tasks import remind_of_demand
from lianxue.kernel import clock
from lianxue.kernel.errors import NotAllowed, WrongState
from lianxue.notices.models import Notice
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

POINTS_UNTIL, COLLEGES_UNTIL = date(2026, 3, 10), date(2026, 3, 14)
DAYS = RoundDays(
    demand_until=POINTS_UNTIL, aggregate_until=COLLEGES_UNTIL, remind_days_before=2, remind_days_after=1
)


def _on(day: int) -> datetime:
    return AT + timedelta(days=day - 2)


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def made(network: Network) -> DemandRound:
    return opened_round(network, (9, 9), days=DAYS)


def _night(day: int) -> int:
    return send_due_reminders(actor=Actor.platform(), at=_on(day))


def _reminded(occasion: str) -> set[str]:
    return set(SentReminder.objects.filter(occasion=occasion).values_list("organisation__code", flat=True))


ALL_POINTS = {"point-1", "point-2", "care-1", "point-3", "point-4", "branch-1"}
ALL_COLLEGES = {"college-1", "college-2", "university"}


def test_nights_before_and_after_the_last_day(made: DemandRound) -> None:
    made.ask(made.network.points[0], [3])
    made.save(made.network.points[1], [3])  # begun is not submitted
    assert [_night(day) for day in (5, 7, 8, 8, 9, 10)] == [0, 0, 5, 0, 0, 0]
    assert _reminded("before") == ALL_POINTS - {"point-1"}
    assert [_night(day) for day in (11, 11)] == [5, 0]  # points are a day late
    assert _reminded("after") == ALL_POINTS - {"point-1"}
    assert _night(12) == 3  # two days before the last day of the colleges
    assert _reminded("before") == ALL_POINTS - {"point-1"} | ALL_COLLEGES
    made.ask(made.network.points[3], [1], at=_on(10))
    made.pass_on(made.network.colleges[1])
    assert _night(15) == 2
    assert _reminded("after") == ALL_POINTS - {"point-1"} | {"college-1", "university"}


def test_a_night_that_was_missed_is_made_up_for(made: DemandRound) -> None:
    assert _night(10) == 6
    assert _night(13) == 6 + 3


def test_no_setting_no_reminder(network: Network) -> None:
    opened_round(network, (9,), days=RoundDays(demand_until=POINTS_UNTIL))
    opened_round(network, (9,), days=RoundDays(remind_days_before=2, remind_days_after=1))
    assert [_night(day) for day in range(1, 30)] == [0] * 29


def test_only_open_rounds_remind(made: DemandRound) -> None:
    Round.objects.filter(pk=made.round.pk).update(state="allocating")
    assert _night(8) == 0


def test_points_whose_college_has_passed_its_demand_on_are_left_in_peace(made: DemandRound) -> None:
    made.pass_on(made.network.colleges[0])
    assert _night(8) == 3
    assert _reminded("before") == {"point-3", "point-4", "branch-1"}


def test_who_has_leave_is_reminded_of_the_later_day(made: DemandRound) -> None:
    point = made.network.points[0]
    LateConsent.objects.create(
        round=made.round, organisation=point, until=date(2026, 3, 13), reason="停电", at=AT
    )
    assert _night(8) == 5
    assert _reminded("before") == ALL_POINTS - {"point-1"}
    _night(11)
    assert SentReminder.objects.get(organisation=point).on == date(2026, 3, 13)


def test_a_day_that_was_moved_is_reminded_of_again(made: DemandRound) -> None:
    assert _night(8) == 6
    Round.objects.filter(pk=made.round.pk).update(demand_until=date(2026, 3, 12))
    assert [_night(9), _night(10), _night(10)] == [0, 6, 0]


def test_everybody_is_told_once(made: DemandRound) -> None:
    people = {made.network.actor(point).person_id for point in made.network.points}
    college = made.network.actor(made.network.colleges[0]).person_id
    _night(8)
    _night(8)
    told = Notice.objects.values_list("person_id", flat=True)
    assert sorted(told) == sorted(people)
    _night(12)
    notice = Notice.objects.get(person_id=college)
    assert notice.message.url == f"/aggregation/{made.round.pk}/"


def test_the_office_reminds_all_and_a_college_its_points(made: DemandRound) -> None:
    network = made.network
    made.ask(network.points[0], [3])
    assert remind_missing(actor=network.actor(network.colleges[0]), at=_on(3), round=made.round) == 2
    assert _reminded("by_hand") == {"point-2", "care-1"}
    # Who was reminded today is not reminded again, whoever presses.
    assert remind_missing(actor=network.office_admin, at=_on(3), round=made.round) == 3 + 3
    assert _reminded("by_hand") == ALL_POINTS - {"point-1"} | ALL_COLLEGES
    with refused(NobodyToRemind, verb="remind_missing"):
        remind_missing(actor=network.office_admin, at=_on(3), round=made.round)
    assert remind_missing(actor=network.office_admin, at=_on(4), round=made.round) == 8


def test_who_may_remind(made: DemandRound) -> None:
    network = made.network
    for actor in (network.actor(network.points[0]), network.supplier_clerk, Actor.visitor()):
        with refused(NotAllowed, verb="remind_missing"):
            remind_missing(actor=actor, at=_on(3), round=made.round)
    with refused(NotAllowed, verb="send_due_reminders"):
        send_due_reminders(actor=network.office_admin, at=_on(8))
    made.end_demand()
    with refused(WrongState, verb="remind_missing"):
        remind_missing(actor=network.office_admin, at=_on(3), round=made.round)


def test_the_nightly_task(network: Network) -> None:
    today = clock.today()
    days = RoundDays(demand_until=today + timedelta(days=1), remind_days_before=1)
    opened_round(network, (9,), days=days, at=clock.now())
    remind_of_demand(timestamp=0)
    assert _reminded("before") == ALL_POINTS
