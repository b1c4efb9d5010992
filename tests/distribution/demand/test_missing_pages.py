"""The list of who has not reported, its one press to remind them all, and leave to be late given from it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import Network, client_for, make_organisation, small_network

from lianxue.distribution.models import LateConsent, SentReminder
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.kernel import clock
from lianxue.orgs.public import OrganisationKind, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def made(network: Network) -> DemandRound:
    """The points' days ended yesterday, those of the colleges end in three days; one point has reported."""
    now, today = clock.now(), clock.today()
    days = RoundDays(
        demand_until=today - timedelta(days=1),
        aggregate_until=today + timedelta(days=3),
    )
    made = opened_round(network, (9,), days=days, at=now - timedelta(days=2))
    made.ask(network.points[0], [2])
    made.save(network.points[1], [1])
    return made


@pytest.fixture
def college(network: Network) -> Client:
    return client_for(network.actor(network.colleges[0]))


@pytest.fixture
def office(network: Network) -> Client:
    return client_for(network.office_admin)


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _shown(client: Client, url: str, asked: dict[str, str] | None = None) -> dict[str, str]:
    page = client.get(url, asked)
    assert page.status_code == 200
    return {row["one"].code: row["one"].standing for row in page.context["rows"]}


def test_a_college_sees_its_own_that_are_missing(made: DemandRound, college: Client) -> None:
    network, url = made.network, _url("aggregation-missing", made.round.pk)
    assert _shown(college, url) == {"point-2": "draft", "care-1": "not_begun"}
    assert _shown(college, url, {"standing": "draft"}) == {"point-2": "draft"}
    assert _shown(college, url, {"q": "养教"}) == {"care-1": "not_begun"}
    sent = network.points[0].demand_requests.get()
    return_demand(actor=network.actor(network.colleges[0]), at=clock.now(), request=sent, reason="请核对")
    assert _shown(college, url)["point-1"] == "returned"
    row = next(row for row in college.get(url).context["rows"] if row["one"].code == "point-1")
    assert row["one"].changed_at is not None
    assert row["names"] == [network.actor(network.points[0]).person_name]


def test_the_office_sees_points_and_colleges(made: DemandRound, office: Client) -> None:
    url = _url("round-missing", made.round.pk)
    assert set(_shown(office, url)) == {"point-2", "care-1", "point-3", "point-4", "branch-1"}
    made.at = clock.now()
    made.pass_on(made.network.colleges[0])
    assert set(_shown(office, url, {"who": "colleges"})) == {"college-2", "university"}
    page = office.get(url)
    assert [row["one"].is_passed_on for row in page.context["rows"] if row["one"].code == "care-1"] == [True]
    assert office.get(url, {"export": "xlsx"}).status_code == 200
    assert office.get(url, {"who": "colleges", "export": "xlsx"}).status_code == 200


def test_one_press_reminds_all(made: DemandRound, college: Client, office: Client) -> None:
    done = college.post(_url("aggregation-remind", made.round.pk), follow=True)
    assert [m.level_tag for m in done.context["messages"]] == ["success"]
    assert SentReminder.objects.count() == 2
    again = college.post(_url("aggregation-remind", made.round.pk), follow=True)
    assert [m.level_tag for m in again.context["messages"]] == ["warning"]
    office.post(_url("round-remind", made.round.pk))
    assert SentReminder.objects.count() == 2 + 3 + 3
    assert all(
        row["one"].reminded_at for row in office.get(_url("round-missing", made.round.pk)).context["rows"]
    )


def test_the_ticked_ones_may_be_late(made: DemandRound, college: Client) -> None:
    network, url = made.network, _url("aggregation-missing", made.round.pk)
    until = (clock.today() + timedelta(days=2)).isoformat()
    point = network.points[1]
    faulty = college.post(url, {"until": until, "reason": "停电"})
    assert faulty.status_code == 422
    faulty = college.post(url, {"chosen": [point.pk], "until": "2020-01-01", "reason": "停电"})
    assert faulty.context["form"].errors["until"]
    assert [row["is_chosen"] for row in faulty.context["rows"]] == [False, True]
    assert not LateConsent.objects.exists()
    college.post(url, {"chosen": [point.pk], "until": until, "reason": "停电"})
    assert LateConsent.objects.get().organisation == point
    own = client_for(network.actor(point)).get(_url("demand", made.round.pk))
    assert own.context["may_save"]
    assert own.context["late"].reason == "停电"
    assert "停电" in own.content.decode()
    waits = client_for(network.actor(point)).get("/").context["waiting"]
    assert [item.due_on.isoformat() for item in waits if item.due_on] == [until]
    beside = client_for(network.actor(network.points[2])).get(_url("demand", made.round.pk))
    assert not beside.context["may_save"]


def test_readers_of_the_office_change_nothing(made: DemandRound, network: Network) -> None:
    auditor = client_for(network.actor(network.office, Role.AUDITOR))
    url = _url("round-missing", made.round.pk)
    page = auditor.get(url)
    assert not page.context["may_remind"]
    assert not page.context["may_consent"]
    until = (clock.today() + timedelta(days=2)).isoformat()
    auditor.post(url, {"chosen": [network.points[1].pk], "until": until, "reason": "x"})
    assert not LateConsent.objects.exists()


def test_what_waits_when_the_days_are_over(made: DemandRound, college: Client, office: Client) -> None:
    waits = {item.url: item for item in college.get("/").context["waiting"]}
    assert waits[_url("aggregation-missing", made.round.pk)].count == 2
    made.round.aggregate_until = clock.today() - timedelta(days=1)
    made.round.save()
    waits = {item.url: item for item in office.get("/").context["waiting"]}
    assert waits[_url("round-missing", made.round.pk) + "?who=colleges"].count == 3
    assert _url("round-end-demand", made.round.pk) in waits


def test_the_office_is_not_told_to_end_the_demand_while_somebody_has_leave(
    made: DemandRound, office: Client
) -> None:
    network, url = made.network, _url("round-missing", made.round.pk)
    made.round.aggregate_until = clock.today() - timedelta(days=1)
    made.round.save()
    until = (clock.today() + timedelta(days=2)).isoformat()
    office.post(f"{url}?who=colleges", {"chosen": [network.colleges[0].pk], "until": until, "reason": "停电"})
    waits = {item.url for item in office.get("/").context["waiting"]}
    assert _url("round-end-demand", made.round.pk) not in waits
    desk = client_for(network.actor(network.colleges[0])).get(_url("aggregation", made.round.pk))
    assert desk.context["may_submit"]
    assert desk.context["last_day"].isoformat() == until
    assert "停电" in desk.content.decode()


@pytest.mark.parametrize("who", ["points", "colleges"])
def test_as_many_queries_for_one_as_for_many(made: DemandRound, office: Client, who: str) -> None:
    network, url = made.network, _url("round-missing", made.round.pk)
    before = queries_of(office, url, {"who": who})
    for number in range(12):
        made_one = make_organisation(
            f"many-{number}", OrganisationKind.COMMUNITY_SCHOOL, network.colleges[1], name=f"学校{number}"
        )
        network.actor(made_one)
    assert queries_of(office, url, {"who": who}) == before
