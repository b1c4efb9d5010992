"""A point states its demand on its pages: numbers kept one by one or all at once, checked, submitted, taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.distribution_demand import DemandRound, everything, opened_round
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.models import DemandLine, DemandRequest, Round, RoundTitle
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def made(network: Network) -> DemandRound:
    return opened_round(network, (9, 9, 9), at=clock.now())


@pytest.fixture
def point(network: Network) -> Client:
    return client_for(network.actor(network.points[0]))


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _asked(made: DemandRound) -> list[int]:
    lines = dict(DemandLine.objects.filter(request__batch__round=made.round).values_list("title_id", "asked"))
    return [lines.get(title.pk, 0) for title in made.titles]


def _form(made: DemandRound, *numbers: object, was: tuple[object, ...] = (), **more: str) -> dict[str, str]:
    sent = {f"quantity_{title.pk}": str(n) for title, n in zip(made.titles, numbers, strict=False)}
    sent |= {f"was_{title.pk}": str(n) for title, n in zip(made.titles, was, strict=False)}
    return sent | more


def test_demand_without_javascript(network: Network, made: DemandRound, point: Client) -> None:
    url = _url("demand", made.round.pk)
    assert point.post(url, _form(made, 4, "", 2, note="大字版", then="stay")).status_code == 302
    assert _asked(made) == [4, 0, 2]
    to_review: Any = point.post(url, _form(made, 4, 1, 2, was=(4, 0, 2), then="review"))
    assert to_review.url == _url("demand-review", made.round.pk)
    page = point.get(to_review.url)
    assert [(one.title.entry.title, one.asked) for one in page.context["demand"].asked_rows] == [
        ("选订资源1", 4),
        ("选订资源2", 1),
        ("选订资源3", 2),
    ]
    done = point.post(to_review.url, {"seen": page.context["seen"]}, follow=True)
    assert [m.level_tag for m in done.context["messages"]] == ["success"]
    row = DemandRequest.objects.get()
    assert (row.state, row.note) == ("submitted", "大字版")
    after = point.get(url)
    assert not after.context["may_save"]
    assert after.context["may_take_back"]


def test_every_number_is_kept_as_soon_as_it_is_typed(made: DemandRound, point: Client) -> None:
    first, second, _third = made.titles
    url = _url("demand-line", made.round.pk, first.pk)
    answer = point.post(url, _form(made, 5, 7))
    assert answer.status_code == 200
    assert _asked(made) == [5, 0, 0]  # the form around it is sent along; only this number is meant
    text = answer.content.decode()
    assert f'id="was-{first.pk}"' in text
    assert 'value="5"' in text
    assert "1 种，共 5 份" in text
    point.post(_url("demand-line", made.round.pk, second.pk), _form(made, 5, 7))
    point.post(url, _form(made, "", 7))
    assert _asked(made) == [0, 7, 0]


@pytest.mark.parametrize("typed", ["-1", "100000", "1.5", "三", "9" * 50, "1e3", "０", "--1", "\x00"])
def test_numbers_that_cannot_be_are_named_where_they_stand(
    made: DemandRound, point: Client, typed: str
) -> None:
    before = everything()
    if typed != "０":  # a full-width nought is a nought
        answer = point.post(_url("demand", made.round.pk), _form(made, 3, typed))
        assert answer.status_code == 422
        faulty = [row["name"] for row in answer.context["rows"] if row["fault"]]
        assert faulty == [f"quantity_{made.titles[1].pk}"]
        assert answer.context["rows"][0]["typed"] == "3"
        line = point.post(_url("demand-line", made.round.pk, made.titles[1].pk), _form(made, 3, typed))
        assert line.status_code == 422
        assert "选订资源2" in line.content.decode()
        assert everything() == before
    else:
        point.post(_url("demand", made.round.pk), _form(made, 3, typed))
        assert _asked(made) == [3, 0, 0]


def test_titles_that_are_not_in_the_round(network: Network, made: DemandRound, point: Client) -> None:
    other = opened_round(network, {"别的": 3}, at=clock.now())
    before = everything()
    for number in (other.titles[0].pk, 0, 10**12):
        sent = _form(made, 1) | {f"quantity_{number}": "2"}
        answer: Any = point.post(_url("demand", made.round.pk), sent, follow=True)
        assert [m.level_tag for m in answer.context["messages"]] == ["warning"]
        line = point.post(_url("demand-line", made.round.pk, number), {f"quantity_{number}": "2"})
        assert line.status_code == 422
    assert everything() == before


def test_a_remark_that_is_too_long_comes_back(made: DemandRound, point: Client) -> None:
    answer = point.post(_url("demand", made.round.pk), _form(made, 1, note="长" * 301))
    assert answer.status_code == 422
    assert answer.context["note_form"].errors["note"]
    assert "长" * 301 in answer.content.decode()


def test_two_people_do_not_undo_each_other(made: DemandRound, point: Client) -> None:
    """One saves a page that was opened before the other changed a number: the other's number stays."""
    point.post(_url("demand", made.round.pk), _form(made, 4, 2))
    point.post(_url("demand-line", made.round.pk, made.titles[1].pk), _form(made, 4, 8))
    point.post(_url("demand", made.round.pk), _form(made, 5, 2, 1, was=(4, 2, 0)))
    assert _asked(made) == [5, 8, 1]


def test_nobody_submits_what_they_did_not_see(made: DemandRound, point: Client) -> None:
    point.post(_url("demand", made.round.pk), _form(made, 4))
    review = _url("demand-review", made.round.pk)
    seen = point.get(review).context["seen"]
    point.post(_url("demand", made.round.pk), _form(made, 9))
    answer: Any = point.post(review, {"seen": seen}, follow=True)
    assert [m.level_tag for m in answer.context["messages"]][-1] == "warning"
    assert DemandRequest.objects.get().state == "draft"


def test_needing_nothing(made: DemandRound, point: Client) -> None:
    review = _url("demand-review", made.round.pk)
    page = point.get(review)
    assert page.context["demand"].asked_titles == 0
    refused: Any = point.post(review, {}, follow=True)
    assert [m.level_tag for m in refused.context["messages"]] == ["warning"]
    point.post(review, {"needs_nothing": "yes"})
    row = DemandRequest.objects.get()
    assert (row.state, row.lines.count()) == ("submitted", 0)


def test_a_double_click_submits_once(made: DemandRound, point: Client) -> None:
    point.post(_url("demand", made.round.pk), _form(made, 4))
    review = _url("demand-review", made.round.pk)
    sent = {"seen": point.get(review).context["seen"], "request_key": "one"}
    first: Any = point.post(review, sent)
    assert first.url == _url("demand", made.round.pk)
    again: Any = point.post(review, sent)
    assert again.status_code == 302
    assert DemandRequest.objects.get().state == "submitted"


def test_taking_back_and_changing(made: DemandRound, network: Network, point: Client) -> None:
    made.ask(network.points[0], [4])
    point.post(_url("demand-take-back", made.round.pk))
    assert DemandRequest.objects.get().state == "draft"
    point.post(_url("demand", made.round.pk), _form(made, 5, was=(4,)))
    assert _asked(made) == [5, 0, 0]
    made.pass_on(network.colleges[0])
    page = point.get(_url("demand", made.round.pk))
    assert not page.context["may_save"]
    assert page.context["hindrance"]
    answer: Any = point.post(_url("demand", made.round.pk), _form(made, 6, was=(5,)), follow=True)
    assert [m.level_tag for m in answer.context["messages"]] == ["warning"]
    assert _asked(made) == [5, 0, 0]


def test_what_the_college_changed_and_why(made: DemandRound, network: Network, point: Client) -> None:
    college = network.actor(network.colleges[0])
    row = made.ask(network.points[0], [4, 2])
    line = row.lines.get(title=made.titles[0])
    adjust_lines(
        actor=college, at=clock.now(), batch=row.batch, changes=[LineChange(line.pk, 3, "本学期班级少")]
    )
    page = point.get(_url("demand", made.round.pk))
    assert "本学期班级少" in page.content.decode()
    assert [(one.asked, one.agreed) for one in page.context["demand"].asked_rows] == [(4, 3), (2, 2)]
    return_demand(actor=college, at=clock.now(), request=row, reason="请核对第二种")
    page = point.get(_url("demand", made.round.pk))
    assert "请核对第二种" in page.content.decode()
    assert page.context["may_save"]


def test_days_that_are_over_leave_a_page_to_read(network: Network, point: Client) -> None:
    yesterday = clock.today() - timedelta(days=1)
    made = opened_round(network, (9,), days=RoundDays(demand_until=yesterday), at=clock.now())
    page = point.get(_url("demand", made.round.pk))
    assert page.status_code == 200
    assert not page.context["may_save"]
    assert "不在办理时间内" in page.content.decode()
    before = everything()
    assert (
        point.post(_url("demand-line", made.round.pk, made.titles[0].pk), _form(made, 2)).status_code == 422
    )
    point.post(_url("demand", made.round.pk), _form(made, 2))
    point.post(_url("demand-copy", made.round.pk))
    assert point.get(_url("demand-review", made.round.pk)).status_code == 302
    assert everything() == before


def test_as_last_time_fills_what_is_empty(network: Network, point: Client) -> None:
    first = opened_round(network, (9, 9), at=clock.now())
    first.ask(network.points[0], [4, 2])
    second = opened_round(network, {"新的": 9}, at=clock.now())
    for title in first.titles:
        RoundTitle.objects.create(
            round=second.round, entry=title.entry, supplier=network.supplier, copies_available=9
        )
    second.titles = list(second.round.titles.order_by("pk"))
    second.save(network.points[0], [0, 7])
    assert point.get(_url("demand", second.round.pk)).context["demand"].can_copy_last
    point.post(_url("demand-copy", second.round.pk))
    assert _asked(second) == [0, 7, 2]


def test_what_the_office_decided_stands_on_the_page(network: Network, point: Client) -> None:
    made = opened_round(network, (3,), at=clock.now())
    for one in network.points[:3]:
        made.ask(one, [2])
    made.allocate()
    page = point.get(_url("demand", made.round.pk))
    assert page.context["is_decided"]
    assert page.context["demand"].decided_copies == 1
    other = client_for(network.actor(network.points[3]))
    silent = other.get(_url("demand", made.round.pk))
    assert silent.status_code == 200
    assert not silent.context["is_decided"]


def test_the_list_says_how_far_each_round_is(network: Network, made: DemandRound, point: Client) -> None:
    made.ask(network.points[0], [4])
    later = opened_round(network, (5,), at=clock.now())
    rows = point.get(_url("demands")).context["rows"]
    assert [(row.pk, own.state if own else None) for row, own in rows] == [
        (later.round.pk, None),
        (made.round.pk, "submitted"),
    ]
    assert Round.objects.count() == 2


def test_pages_ask_the_database_as_often_for_many_titles_as_for_few(network: Network, point: Client) -> None:
    opened_round(network, (5,), at=clock.now()).ask(network.points[0], [1])
    few, many = (
        opened_round(network, (5,), at=clock.now()),
        opened_round(network, tuple([5] * 20), at=clock.now()),
    )
    for made in (few, many):
        made.save(network.points[0], [2] * 20)
    for name in ("demand", "demand-review"):
        assert queries_of(point, _url(name, few.round.pk)) == queries_of(point, _url(name, many.round.pk))
    for made in (few, many):
        made.ask(network.points[0], [2] * 20)
    assert queries_of(point, _url("demand", few.round.pk)) == queries_of(point, _url("demand", many.round.pk))
    one = queries_of(point, _url("demands"))
    opened_round(network, (5,), at=clock.now())
    assert queries_of(point, _url("demands")) == one
