"""A point fills its demand in all at once: as last time, as people wished, from a table."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.distribution.rounds.test_office_pages import sheet
from tests.factories.distribution_demand import DemandRound, opened_round, refused
from tests.factories.orgs import AT, Network, client_for, make_actor, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.errors import NoMoreWishes, NothingToCopy
from lianxue.distribution.models import DemandLine, RoundTitle
from lianxue.distribution.operations.demand.copy_last_demand import copy_last_demand
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.demand.take_over_wishes import take_over_wishes
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.create_round import create_round
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.rounds.round_titles import Offer
from lianxue.distribution.queries.demand import last_demand, own_demand, point_demand
from lianxue.kernel import clock
from lianxue.kernel.errors import NotAllowed
from lianxue.orgs.public import Actor
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.public import EntryState

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _asked(made: DemandRound) -> list[int]:
    lines = dict(DemandLine.objects.filter(request__batch__round=made.round).values_list("title_id", "asked"))
    return [lines.get(title.pk, 0) for title in made.titles]


def next_round(made: DemandRound, titles: list[RoundTitle], *, at: Any = AT) -> DemandRound:
    """Make another open round that offers the catalogue entries of ``titles`` again."""
    office = made.network.office_admin
    row = create_round(actor=office, at=at, name="下一次配送", year=at.year)
    add_titles(
        actor=office,
        at=at,
        round=row,
        offers=[Offer(title.entry_id, made.network.supplier.pk, 50) for title in titles],
    )
    row = open_round(actor=office, at=at, round=row)
    return DemandRound(made.network, row, list(row.titles.order_by("pk")), at)


def test_last_time_fills_what_is_empty_and_names_what_is_gone(network: Network) -> None:
    first = opened_round(network, (9, 9, 9))
    point = network.points[0]
    first.ask(point, [4, 5, 6])
    second = next_round(first, first.titles[1:])
    second.save(point, [2])
    copy_last_demand(actor=network.actor(point), at=AT, round=second.round)
    assert _asked(second) == [2, 6]  # what stood there stays
    last = last_demand(point.pk, second.round)
    assert last.round == first.round
    assert [(line.title.entry.title, line.asked) for line in last.not_offered] == [("选订资源1", 4)]
    with refused(NothingToCopy, verb="copy_last_demand"):
        copy_last_demand(actor=network.actor(point), at=AT, round=second.round)


def test_a_withdrawn_title_is_not_copied(network: Network) -> None:
    first = opened_round(network, (9,))
    point = network.points[0]
    first.ask(point, [4])
    second = next_round(first, first.titles)
    CatalogueEntry.objects.update(state=EntryState.WITHDRAWN, withdrawn_at=AT, withdrawn_reason="版权到期")
    assert last_demand(point.pk, second.round).quantities == {}
    with refused(NothingToCopy, verb="copy_last_demand"):
        copy_last_demand(actor=network.actor(point), at=AT, round=second.round)


def _wish(made: DemandRound, *copies: int) -> None:
    for title, number in zip(made.titles, copies, strict=False):
        if number:
            leave_need(
                actor=Actor.visitor(),
                at=made.at,
                door=made.door(made.network.points[0]),
                round=made.round,
                wishes=[Wish(title.pk, number)],
                audience=Audience.LEARNER if number % 2 else Audience.TEACHER,
            )


def test_wishes_raise_numbers_and_never_lower_them(network: Network) -> None:
    made, point = opened_round(network), network.points[0]
    _wish(made, 3, 2, 0)
    _wish(made, 4, 0, 0)
    made.save(point, [5, 6, 1])
    row = own_demand(network.actor(point), made.round.pk)
    assert point_demand(made.round, point.pk, row).more_wished == 1
    take_over_wishes(actor=network.actor(point), at=AT, round=made.round)
    assert _asked(made) == [7, 6, 1]
    with refused(NoMoreWishes, verb="take_over_wishes"):
        take_over_wishes(actor=network.actor(point), at=AT, round=made.round)


def test_only_the_point_takes_its_wishes_over(network: Network) -> None:
    made = opened_round(network)
    _wish(made, 3)
    with refused(NotAllowed, verb="take_over_wishes"):
        take_over_wishes(actor=make_actor(network.points[0], role="desk_clerk"), at=AT, round=made.round)  # type: ignore[arg-type]
    with refused(NoMoreWishes, verb="take_over_wishes"):
        take_over_wishes(actor=network.actor(network.points[1]), at=AT, round=made.round)


@pytest.fixture
def made(network: Network) -> DemandRound:
    return opened_round(network, (9, 9, 9), at=clock.now())


@pytest.fixture
def point(network: Network) -> Client:
    return client_for(network.actor(network.points[0]))


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _workbook(response: Any) -> list[list[object]]:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    book = openpyxl.load_workbook(BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_the_table_goes_out_and_comes_back(made: DemandRound, point: Client) -> None:
    _wish(made, 3)
    made.save(made.network.points[0], [0, 4])
    rows = _workbook(point.get(_url("demand-table", made.round.pk)))
    codes = [title.entry.code for title in made.titles]
    assert [(row[0], row[3], row[6]) for row in rows if row[0] in codes] == [
        (codes[0], 3, None),
        (codes[1], None, 4),
        (codes[2], None, None),
    ]
    for row in rows:
        if row[0] in codes:
            row[6] = {codes[0]: 5, codes[1]: None, codes[2]: "7"}[str(row[0])]
    answer = point.post(_url("demand-import", made.round.pk), {"sheet": sheet(rows)})
    assert answer.url == _url("demand", made.round.pk)  # type: ignore[attr-defined]
    assert _asked(made) == [5, 0, 7]


def test_faults_name_line_and_column_and_nothing_is_kept(made: DemandRound, point: Client) -> None:
    head = ["目录编号", "资源名称", "本点需要"]
    code, other = made.titles[0].entry.code, made.titles[1].entry.code
    rows: list[list[object]] = [
        head,
        [code, "", 4],
        [other, "别的书", "许多"],
        ["没有", "", 1],
        [code, "", 2],
    ]
    answer = point.post(_url("demand-import", made.round.pk), {"sheet": sheet(rows)})
    assert answer.status_code == 422
    assert {(fault.row, fault.column) for fault in answer.context["faults"]} >= {(3, "C"), (4, "A"), (5, "A")}
    assert _asked(made) == [0, 0, 0]
    marked = point.get(answer.context["marked_url"])
    assert marked.status_code == 200
    marked.close()


def test_presses_on_the_demand_page(made: DemandRound, point: Client) -> None:
    _wish(made, 3, 0, 2)
    page = point.get(_url("demand", made.round.pk))
    assert page.context["demand"].more_wished == 2
    point.post(_url("demand-wishes", made.round.pk), follow=True)
    assert _asked(made) == [3, 0, 2]
    again = point.post(_url("demand-wishes", made.round.pk), follow=True)
    assert [m.level_tag for m in again.context["messages"]] == ["warning"]


def test_the_page_names_what_is_not_on_offer_again(made: DemandRound, point: Client) -> None:
    made.ask(made.network.points[0], [4, 5, 6])
    second = next_round(made, made.titles[1:], at=clock.now())
    page = point.get(_url("demand", second.round.pk))
    assert [line.title.entry.title for line in page.context["demand"].last.not_offered] == ["选订资源1"]
    assert "选订资源1" in page.content.decode()
    done = point.post(_url("demand-copy", second.round.pk), follow=True)
    assert [m.level_tag for m in done.context["messages"]] == ["success"]
    assert _asked(second) == [5, 6]
