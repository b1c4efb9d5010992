"""Unmet demand on its pages: seen by office, college and point; ticked, carried over, closed."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.distribution.demand.test_filling_in import next_round
from tests.factories.asking import queries_of
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.models import AllocationLine, DemandLine, UnmetAnswer
from lianxue.distribution.operations.demand.carry_unmet import carry_unmet
from lianxue.distribution.queries.unmet import open_lines
from lianxue.kernel import clock
from lianxue.orgs.public import Organisation, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def decided(network: Network) -> DemandRound:
    made = opened_round(network, {"太极拳入门": 6, "书法基础": 3, "摄影": 50}, at=clock.now())
    for number in (0, 1, 3):
        made.ask(network.points[number], [4, 2, 1])
    made.allocate()
    return made


@pytest.fixture
def office(network: Network) -> Client:
    return client_for(network.office_admin)


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def test_the_office_closes_a_title_and_carries_the_rest(decided: DemandRound, office: Client) -> None:
    after = next_round(decided, decided.titles, at=clock.now())
    url = _url("round-unmet", decided.round.pk)
    page = office.get(url)
    assert [(row.title.entry.title, row.open) for row in page.context["listing"].page] == [
        ("太极拳入门", 6),
        ("书法基础", 3),
    ]
    nothing = office.post(url, {"then": "close", "reason": "库存不足"})
    assert nothing.status_code == 422
    unreasoned = office.post(url, {"then": "close", "chosen": [decided.titles[1].pk], "reason": ""})
    assert unreasoned.context["form"].errors["reason"]
    assert not UnmetAnswer.objects.exists()
    office.post(url, {"then": "close", "chosen": [decided.titles[1].pk], "reason": "库存不足"})
    assert set(UnmetAnswer.objects.values_list("kind", "line__demand_line__title")) == {
        ("closed", decided.titles[1].pk)
    }
    missing_round = office.post(url, {"then": "carry", "everything": "on", "to_round": ""})
    assert missing_round.context["form"].errors["to_round"]
    done = office.post(url, {"then": "carry", "everything": "on", "to_round": after.round.pk}, follow=True)
    assert [m.level_tag for m in done.context["messages"]] == ["success"]
    assert not open_lines(decided.round.pk).exists()
    assert (
        sum(DemandLine.objects.filter(request__batch__round=after.round).values_list("asked", flat=True)) == 6
    )


def test_a_foreign_round_takes_nothing_in(decided: DemandRound, office: Client) -> None:
    url = _url("round-unmet", decided.round.pk)
    answer = office.post(url, {"then": "carry", "everything": "on", "to_round": decided.round.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors["to_round"]


def test_lines_are_filtered_ticked_and_closed(decided: DemandRound, office: Client) -> None:
    network, url = decided.network, _url("round-unmet-lines", decided.round.pk)
    everything = office.get(url).context["listing"].page.paginator.count
    assert everything == open_lines(decided.round.pk).count()
    one = AllocationLine.objects.filter(pk__in=open_lines(decided.round.pk)).first()
    assert one is not None
    office.post(url, {"then": "close", "chosen": [one.pk], "reason": "库存不足"})
    assert UnmetAnswer.objects.get().line == one
    shown = office.get(url, {"state": "closed"})
    assert [row.pk for row in shown.context["listing"].page] == [one.pk]
    college = network.colleges[1]
    narrowed = office.get(url, {"college": college.pk, "state": "open"}).context["listing"].page
    office.post(f"{url}?college={college.pk}", {"then": "close", "everything": "on", "reason": "停办"})
    assert UnmetAnswer.objects.filter(reason="停办").count() == len(narrowed)
    assert office.get(url, {"export": "xlsx"}).status_code == 200


def test_readers_of_the_office_answer_nothing(decided: DemandRound) -> None:
    network = decided.network
    auditor = client_for(network.actor(network.office, Role.AUDITOR))
    for name in ("round-unmet", "round-unmet-lines"):
        url = _url(name, decided.round.pk)
        assert not auditor.get(url).context["may_answer"]
        auditor.post(url, {"then": "close", "everything": "on", "reason": "x"})
    assert not UnmetAnswer.objects.exists()


def test_college_and_point_see_their_own(decided: DemandRound, network: Network) -> None:
    def seen(place: int, rows: list[Organisation]) -> set[str]:
        client = client_for(network.actor(rows[place]))
        page = client.get(_url("unmet" if rows is network.points else "unmet-below"))
        return {row.demand_line.request.point.code for row in page.context["listing"].page}

    assert seen(0, network.points) == {"point-1"}
    assert seen(0, network.colleges) == {"point-1", "point-2"}
    assert seen(1, network.colleges) == {"point-3"}
    assert seen(2, network.points) == set()


def test_the_point_reads_what_became_of_it(decided: DemandRound, network: Network) -> None:
    after = next_round(decided, decided.titles, at=clock.now())
    carry_unmet(actor=network.office_admin, at=clock.now(), round=decided.round, to_round=after.round)
    point = client_for(network.actor(network.points[0]))
    before = point.get(_url("demand", decided.round.pk)).content.decode()
    assert "已结转" in before
    assert after.round.name in before
    page = point.get(_url("demand", after.round.pk))
    carried = {
        row.title.entry.title: sum(a.copies for a in row.carried) for row in page.context["demand"].rows
    }
    assert carried["太极拳入门"] >= 2
    assert f"从{decided.round.name}结转" in page.content.decode()


def test_what_waits_for_the_office(decided: DemandRound, office: Client) -> None:
    waits = {item.url: item.count for item in office.get("/").context["waiting"]}
    assert waits[_url("round-unmet", decided.round.pk)] == open_lines(decided.round.pk).count()
    page = office.get(_url("round", decided.round.pk))
    assert page.context["open_lines"] == open_lines(decided.round.pk).count()
    office.post(
        _url("round-unmet", decided.round.pk), {"then": "close", "everything": "on", "reason": "库存不足"}
    )
    assert _url("round-unmet", decided.round.pk) not in {
        item.url for item in office.get("/").context["waiting"]
    }


@pytest.mark.parametrize("name", ["round-unmet", "round-unmet-lines"])
def test_as_many_queries_for_one_as_for_many(network: Network, office: Client, name: str) -> None:
    one = opened_round(network, (1,), at=clock.now())
    one.ask(network.points[0], [3])
    one.allocate()
    many = opened_round(network, (1, 1, 1, 1), at=clock.now())
    for point in network.points:
        many.ask(point, [3, 3, 3, 3])
    many.allocate()
    assert queries_of(office, _url(name, one.round.pk)) == queries_of(office, _url(name, many.round.pk))


def test_own_lines_cost_the_same(network: Network) -> None:
    point = client_for(network.actor(network.points[0]))
    one = opened_round(network, (1,), at=clock.now())
    one.ask(network.points[0], [3])
    one.allocate()
    before = queries_of(point, _url("unmet"))
    many = opened_round(network, (1, 1, 1, 1), at=clock.now())
    many.ask(network.points[0], [3, 3, 3, 3])
    many.allocate()
    assert queries_of(point, _url("unmet")) == before
