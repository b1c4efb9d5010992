"""Points get access to online titles by a decided round or from the office, and lose it again."""

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round, prepared_round
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.orgs import AT, PLATFORM, Network, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.models import AllocationLine, OnlineAccess, RoundTitle, Shipment, ShipmentLine
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.online.access import end_access, grant_access, grant_round_access
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.rounds.round_titles import Offer
from lianxue.kernel.errors import Invalid, NotAllowed, Refused, WrongState
from lianxue.orgs.public import Actor
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.public import ResourceKind, withdraw_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def online_entry(title: str = "在线课程") -> CatalogueEntry:
    return make_entry(title, ResourceKind.ONLINE, online_url="https://example.org/course")


def _round_with_online_title(network: Network) -> tuple[DemandRound, CatalogueEntry]:
    """Open a round with one title of four copies and one online title without any."""
    made, entry = prepared_round(network, (4,)), online_entry()
    add_titles(
        actor=network.office_admin,
        at=AT,
        round=made.round,
        offers=[Offer(entry.pk, network.supplier.pk, 0)],
    )
    made.round = open_round(actor=network.office_admin, at=AT, round=made.round)
    made.titles = list(made.round.titles.order_by("pk"))
    return made, entry


def _open() -> set[tuple[int, int]]:
    rows = OnlineAccess.objects.filter(ended_at__isnull=True)
    return set(rows.values_list("entry_id", "point_id"))


def test_who_asked_gets_access_and_the_copies_are_shared_out_without_it(network: Network) -> None:
    made, entry = _round_with_online_title(network)
    first, second, third = network.points[0], network.points[1], network.points[3]
    made.ask(first, [3, 1])
    made.ask(second, [3, 0])
    made.ask(third, [0, 5])
    allocation = made.allocate()
    assert _open() == {(entry.pk, first.pk), (entry.pk, third.pk)}
    row = OnlineAccess.objects.get(point=first)
    assert (row.round_id, row.granted_at, row.granted_by_id) == (made.round.pk, made.round.allocated_at, None)
    online = RoundTitle.objects.get(round=made.round, entry=entry)
    assert not AllocationLine.objects.filter(demand_line__title=online).exists()
    assert not ShipmentLine.objects.filter(title=online).exists()
    assert set(Shipment.objects.values_list("point_id", flat=True)) == {first.pk, second.pk}
    assert (allocation.figures["supply"], allocation.figures["agreed"]) == (4, 6)


def test_what_the_college_took_out_gives_no_access(network: Network) -> None:
    made, entry = _round_with_online_title(network)
    made.ask(network.points[0], [1, 1])
    batch = made.batch(network.colleges[0])
    line = batch.requests.get().lines.get(title__entry=entry)
    adjust_lines(
        actor=network.actor(network.colleges[0]),
        at=AT,
        batch=batch,
        changes=[LineChange(line.pk, 0, "已有类似课程")],
    )
    made.allocate()
    assert _open() == set()


def test_online_titles_have_no_copies(network: Network) -> None:
    made, entry = prepared_round(network, (4,)), online_entry()
    for copies, other in ((1, entry), (0, make_entry("纸质书"))):
        with pytest.raises(Invalid):
            add_titles(
                actor=network.office_admin,
                at=AT,
                round=made.round,
                offers=[Offer(other.pk, network.supplier.pk, copies)],
            )


def test_a_round_opens_titles_only_when_it_is_decided_and_only_by_itself(network: Network) -> None:
    made = opened_round(network, (4,))
    with pytest.raises(WrongState):
        grant_round_access(actor=PLATFORM, at=AT, round=made.round)
    with pytest.raises(NotAllowed):
        grant_round_access(actor=network.office_admin, at=AT, round=made.round)


def test_the_office_gives_and_ends_access_directly(network: Network) -> None:
    entry, points = online_entry(), network.points[:2]
    grant_access(actor=network.office_admin, at=AT, entry=entry, points=points)
    grant_access(actor=network.office_admin, at=AT, entry=entry, points=points)
    assert _open() == {(entry.pk, point.pk) for point in points}
    row = OnlineAccess.objects.get(point=points[0])
    assert row.granted_by_id == network.office_admin.person_id
    with pytest.raises(ReasonMissing):
        end_access(actor=network.office_admin, at=AT, access=row, reason=" ")
    end_access(actor=network.office_admin, at=AT, access=row, reason="授权到期")
    assert _open() == {(entry.pk, points[1].pk)}
    with pytest.raises(WrongState):
        end_access(actor=network.office_admin, at=AT, access=row, reason="再次")
    grant_access(actor=network.office_admin, at=AT, entry=entry, points=points)
    row.refresh_from_db()
    assert (row.ended_at, row.ended_reason) == (None, "")
    assert OnlineAccess.objects.count() == 2


def test_nobody_else_gives_or_ends_access_and_nothing_but_online_titles_is_given(network: Network) -> None:
    entry, point = online_entry(), network.points[0]
    grant_access(actor=network.office_admin, at=AT, entry=entry, points=[point])
    row = OnlineAccess.objects.get()
    people, before = everybody(network), everything_written()
    for letter, actor in people.items():
        if letter == "O":
            continue
        with pytest.raises(NotAllowed):
            grant_access(actor=actor, at=AT, entry=entry, points=[network.points[1]])
        with pytest.raises(NotAllowed):
            end_access(actor=actor, at=AT, access=row, reason="不行")
    gone = online_entry("已撤下")
    withdraw_entry(actor=network.office_admin, at=AT, entry=gone, reason="版权到期")
    wrong: list[tuple[Actor, CatalogueEntry, list[object], type[Refused]]] = [
        (network.office_admin, make_entry("纸质书"), [point], Invalid),
        (network.office_admin, gone, [point], Invalid),
        (network.office_admin, entry, [], Invalid),
        (network.office_admin, entry, [network.supplier], NotAllowed),
    ]
    for actor, which, points, kind in wrong:
        with pytest.raises(kind):
            grant_access(actor=actor, at=AT, entry=which, points=points)  # type: ignore[arg-type]
    assert everything_written() == before
