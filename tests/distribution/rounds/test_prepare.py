"""Preparing a round: its name and days, its titles, and opening it."""

from datetime import date

import pytest
from tests.factories.distribution_demand import opened_round, prepared_round, refused
from tests.factories.orgs import AT, make_actor, make_organisation, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.enums import RoundState
from lianxue.distribution.errors import RoundNameTaken, TitleInUse
from lianxue.distribution.models import DemandBatch, Round, RoundTitle
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.change_title import change_title
from lianxue.distribution.operations.rounds.create_round import create_round
from lianxue.distribution.operations.rounds.edit_round import edit_round
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.rounds.remove_title import remove_title
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.distribution.operations.rounds.round_titles import Offer
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor, Chain, OrganisationKind, Role
from lianxue.resources.enums import EntryState, ResourceKind

pytestmark = pytest.mark.django_db


def test_a_round_begins_as_a_draft_of_the_office() -> None:
    network = small_network()
    days = RoundDays(date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 31), None)
    made = create_round(actor=network.office_admin, at=AT, name=" 春季配送 ", year=2026, days=days)
    assert (made.name, made.year, made.state, made.office) == ("春季配送", 2026, "draft", network.office)
    assert (made.demand_from, made.aggregate_until, made.receive_until) == (
        days.demand_from,
        days.aggregate_until,
        None,
    )
    entry = AuditEntry.objects.get(verb="distribution.create_round")
    assert entry.after == {
        "name": "春季配送",
        "year": 2026,
        "demand_from": "2026-03-01",
        "demand_until": "2026-03-20",
        "aggregate_until": "2026-03-31",
        "receive_until": None,
        "remind_days_before": None,
        "remind_days_after": None,
        "route": "direct",
    }


def test_a_form_sent_twice_begins_one_round() -> None:
    network = small_network()
    first = create_round(actor=network.office_admin, at=AT, name="春", year=2026, request_key="k")
    again = create_round(actor=network.office_admin, at=AT, name="春", year=2026, request_key="k")
    assert first == again
    assert Round.objects.count() == 1


def test_only_the_office_begins_rounds() -> None:
    network = small_network()
    for actor in (
        network.actor(network.colleges[0]),
        network.actor(network.points[0]),
        network.actor(network.office, Role.RESOURCE_REVIEWER),
        network.supplier_clerk,
        Actor.visitor(),
    ):
        with refused(NotAllowed, verb="create_round"):
            create_round(actor=actor, at=AT, name="春", year=2026)


@pytest.mark.parametrize(
    ("name", "year", "days", "fields"),
    [
        ("", 2026, RoundDays(), {"name"}),
        ("  ", 2026, RoundDays(), {"name"}),
        ("名" * 81, 2026, RoundDays(), {"name"}),
        ("春", 1999, RoundDays(), {"year"}),
        ("春", -1, RoundDays(), {"year"}),
        ("春", 10**9, RoundDays(), {"year"}),
        ("春", 2026, RoundDays(date(2026, 3, 2), date(2026, 3, 1)), {"demand_until"}),
        ("春", 2026, RoundDays(None, date(2026, 3, 2), date(2026, 3, 1)), {"aggregate_until"}),
        ("春", 2026, RoundDays(date(2026, 3, 2), None, None, date(2026, 3, 1)), {"receive_until"}),
    ],
)
def test_bad_particulars_are_named(name: str, year: int, days: RoundDays, fields: set[str]) -> None:
    network = small_network()
    with pytest.raises(Invalid) as caught:
        create_round(actor=network.office_admin, at=AT, name=name, year=year, days=days)
    assert set(caught.value.fields) == fields
    assert not Round.objects.exists()


def test_days_may_be_the_same_and_may_be_left_out() -> None:
    network = small_network()
    day = date(2026, 3, 2)
    assert create_round(
        actor=network.office_admin, at=AT, name="一", year=2026, days=RoundDays(day, day, day, day)
    )
    assert create_round(actor=network.office_admin, at=AT, name="二", year=2026)


def test_names_are_taken_once_a_year() -> None:
    network = small_network()
    first = create_round(actor=network.office_admin, at=AT, name="春", year=2026)
    with refused(RoundNameTaken, verb="create_round"):
        create_round(actor=network.office_admin, at=AT, name=" 春 ", year=2026)
    create_round(actor=network.office_admin, at=AT, name="春", year=2027)
    edit_round(actor=network.office_admin, at=AT, round=first, name="春", year=2026, days=RoundDays())
    with refused(RoundNameTaken, verb="edit_round"):
        edit_round(actor=network.office_admin, at=AT, round=first, name="春", year=2027, days=RoundDays())


def test_days_can_be_made_longer_while_the_round_runs() -> None:
    made = opened_round(small_network(), days=RoundDays(demand_until=date(2026, 3, 2)))
    longer = RoundDays(demand_until=date(2026, 3, 9))
    changed = edit_round(
        actor=made.network.office_admin, at=AT, round=made.round, name=made.round.name, year=2026, days=longer
    )
    assert changed.demand_until == date(2026, 3, 9)
    entry = AuditEntry.objects.get(verb="distribution.edit_round")
    assert (entry.before, entry.after) == ({"demand_until": "2026-03-02"}, {"demand_until": "2026-03-09"})


def test_titles_are_added_all_or_none() -> None:
    network = small_network()
    made = prepared_round(network, (5,))
    book, disc = make_entry("书法入门"), make_entry("太极拳", ResourceKind.DISC)
    online = make_entry("在线课程", ResourceKind.ONLINE)
    gone = make_entry("已撤下")
    type(gone).objects.filter(pk=gone.pk).update(
        state=EntryState.WITHDRAWN, withdrawn_at=AT, withdrawn_reason="版权到期"
    )
    good = [Offer(book.pk, network.supplier.pk, 3), Offer(disc.pk, network.supplier.pk, 1_000_000)]
    bad = {
        f"entry_{online.pk}": Offer(online.pk, network.supplier.pk, 3),
        f"entry_{gone.pk}": Offer(gone.pk, network.supplier.pk, 3),
        "entry_0": Offer(0, network.supplier.pk, 3),
        f"entry_{made.titles[0].entry_id}": Offer(made.titles[0].entry_id, network.supplier.pk, 3),
        f"entry_{book.pk}": Offer(book.pk, network.supplier.pk, 3),
        f"supplier_{book.pk}": Offer(book.pk, network.office.pk, 3),
        f"copies_{book.pk}": Offer(book.pk, network.supplier.pk, 0),
    }
    for field, offer in bad.items():
        with pytest.raises(Invalid) as caught:
            add_titles(actor=network.office_admin, at=AT, round=made.round, offers=[*good, offer])
        assert field in caught.value.fields
    for copies in (0, -1, 1_000_001, 10**12):
        with refused(Invalid, verb="add_titles"):
            add_titles(
                actor=network.office_admin,
                at=AT,
                round=made.round,
                offers=[Offer(book.pk, network.supplier.pk, copies)],
            )
    with refused(Invalid, verb="add_titles"):
        add_titles(actor=network.office_admin, at=AT, round=made.round, offers=[])
    add_titles(actor=network.office_admin, at=AT, round=made.round, offers=good)
    assert list(made.round.titles.values_list("entry__title", "copies_available")) == [
        ("选订资源1", 5),
        ("书法入门", 3),
        ("太极拳", 1_000_000),
    ]


def test_a_supplier_of_another_office_is_none_of_ours() -> None:
    network = small_network()
    made = prepared_round(network, (5,))
    other_office = make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE, chain=Chain.SUPPLY)
    foreign = make_organisation("supplier-2", OrganisationKind.SUPPLIER, other_office, chain=Chain.SUPPLY)
    with refused(Invalid, verb="change_title"):
        change_title(
            actor=network.office_admin, at=AT, title=made.titles[0], copies=3, supplier_id=foreign.pk
        )


def test_supply_can_be_changed_and_is_written_down() -> None:
    network = small_network()
    made = prepared_round(network, (5,))
    change_title(
        actor=network.office_admin, at=AT, title=made.titles[0], copies=8, supplier_id=network.supplier.pk
    )
    assert RoundTitle.objects.get().copies_available == 8
    entry = AuditEntry.objects.get(verb="distribution.change_title")
    assert (entry.before, entry.after) == ({"copies_available": 5}, {"copies_available": 8})


@pytest.mark.parametrize("pack_size", [0, -1, 11, 10_001])
def test_a_pack_holds_at_least_one_and_at_most_what_there_is(pack_size: int) -> None:
    network = small_network()
    made = prepared_round(network, (10,))
    supplier_id, entry = network.supplier.pk, make_entry("太极拳")
    with refused(Invalid, verb="change_title"):
        change_title(
            actor=network.office_admin,
            at=AT,
            title=made.titles[0],
            copies=10,
            supplier_id=supplier_id,
            pack_size=pack_size,
        )
    with refused(Invalid, verb="add_titles"):
        offers = [Offer(entry.pk, supplier_id, 10, pack_size)]
        add_titles(actor=network.office_admin, at=AT, round=made.round, offers=offers)


def test_points_get_whole_packs() -> None:
    network = small_network()
    made = opened_round(network, (20,))
    for point, asked in ((network.points[0], 7), (network.points[1], 12), (network.points[3], 3)):
        made.ask(point, [asked])
    office, supplier_id = network.office_admin, network.supplier.pk
    changed = change_title(
        actor=office, at=AT, title=made.titles[0], copies=20, supplier_id=supplier_id, pack_size=4
    )
    assert changed.pack_size == 4
    # The number of copies alone leaves the packs as they are.
    change_title(actor=office, at=AT, title=made.titles[0], copies=16, supplier_id=supplier_id)
    decided = made.allocate()
    given = dict(decided.lines.values_list("demand_line__request__point__code", "quantity"))
    # Nobody gets a part of a pack, and who asked for less than a whole one gets none.
    assert given == {"point-1": 4, "point-2": 12, "point-3": 0}


def test_titles_that_somebody_wants_stay() -> None:
    made = opened_round(small_network(), (5, 5, 5))
    office, point = made.network.office_admin, made.network.points[0]
    made.save(point, [1])
    leave_need(
        actor=Actor.visitor(),
        at=AT,
        door=made.door(point),
        round=made.round,
        wishes=[Wish(made.titles[1].pk)],
        audience="learner",  # type: ignore[arg-type]
    )
    for title in made.titles[:2]:
        with refused(TitleInUse, verb="remove_title"):
            remove_title(actor=office, at=AT, title=title)
    remove_title(actor=office, at=AT, title=made.titles[2])
    assert made.round.titles.count() == 2
    with pytest.raises(NotFound):
        remove_title(actor=office, at=AT, title=made.titles[2])


def test_opening_begins_a_batch_for_every_college() -> None:
    network = small_network()
    made = prepared_round(network)
    opened = open_round(actor=network.office_admin, at=AT, round=made.round)
    assert (opened.state, opened.opened_at) == (RoundState.OPEN, AT)
    batches = DemandBatch.objects.filter(round=opened)
    assert {b.college for b in batches} == {*network.colleges, network.elder_university}
    assert {b.state for b in batches} == {"gathering"}
    with refused(WrongState, verb="open_round"):
        open_round(actor=network.office_admin, at=AT, round=made.round)


def test_how_deep_the_network_is_does_not_matter() -> None:
    """Points are those with nobody beneath: one directly below the office, and one four tiers down."""
    network = small_network()
    lone = make_organisation("lone", OrganisationKind.ELDER_GROUP_OFFICE, network.office)
    village = make_organisation("village", OrganisationKind.COMMUNITY_SCHOOL, network.points[0])
    made = opened_round(network, (5,))
    colleges = {b.college for b in DemandBatch.objects.filter(round=made.round)}
    assert colleges == {network.office, *network.colleges, network.elder_university, network.points[0]}
    assert made.ask(lone, [2]).batch.college == network.office
    assert made.ask(village, [3]).batch.college == network.points[0]


def test_a_withdrawn_title_must_leave_before_opening() -> None:
    network = small_network()
    made = prepared_round(network)
    entry = made.titles[0].entry
    type(entry).objects.filter(pk=entry.pk).update(
        state=EntryState.WITHDRAWN, withdrawn_at=AT, withdrawn_reason="版权到期"
    )
    with refused(Unmet, verb="open_round"):
        open_round(actor=network.office_admin, at=AT, round=made.round)
    remove_title(actor=network.office_admin, at=AT, title=made.titles[0])
    open_round(actor=network.office_admin, at=AT, round=made.round)


def test_strangers_change_nothing() -> None:
    network = small_network()
    made = prepared_round(network)
    stranger = make_actor(make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE))
    offer = Offer(make_entry().pk, network.supplier.pk, 1)
    for actor in (stranger, network.actor(network.colleges[0]), Actor.visitor()):
        with refused(NotAllowed, verb="edit_round"):
            edit_round(actor=actor, at=AT, round=made.round, name="x", year=2026, days=RoundDays())
        with refused(NotAllowed, verb="add_titles"):
            add_titles(actor=actor, at=AT, round=made.round, offers=[offer])
        with refused(NotAllowed, verb="change_title"):
            change_title(actor=actor, at=AT, title=made.titles[0], copies=1, supplier_id=network.supplier.pk)
        with refused(NotAllowed, verb="remove_title"):
            remove_title(actor=actor, at=AT, title=made.titles[0])
        with refused(NotAllowed, verb="open_round"):
            open_round(actor=actor, at=AT, round=made.round)
