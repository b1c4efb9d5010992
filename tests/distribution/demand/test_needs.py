"""Learners and teachers leave wishes at the public door of their point."""

from datetime import date, timedelta

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round, prepared_round, refused
from tests.factories.orgs import AT, make_organisation, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.errors import (
    NotAPoint,
    OutsideWindow,
    RoundMovedOn,
    TitleNotOffered,
    TooManyNeeds,
)
from lianxue.distribution.models import Need, PointDoor
from lianxue.distribution.operations.demand.leave_need import MOST_LATELY, Wish, leave_need
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.demand.remove_need import remove_need
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.distribution.queries.needs import (
    NeedCount,
    door_behind,
    need_counts,
    round_for_door,
    titles_matching,
)
from lianxue.distribution.queries.titles import titles_of
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor, OrganisationKind

pytestmark = pytest.mark.django_db

VISITOR = Actor.visitor("192.0.2.7")


@pytest.fixture
def made() -> DemandRound:
    return opened_round(small_network())


def _leave(made: DemandRound, wishes: list[Wish], **more: object) -> None:
    given: dict[str, object] = {"audience": Audience.LEARNER, "at": AT, "actor": VISITOR, "round": made.round}
    leave_need(door=made.door(made.network.points[0]), wishes=wishes, **(given | more))  # type: ignore[arg-type]


def test_wishes_are_kept_with_nothing_that_was_not_given(made: DemandRound) -> None:
    first, second, _third = made.titles
    _leave(made, [Wish(first.pk, 2), Wish(second.pk)], person_name=" 王阿姨 ", note="字大一点")
    _leave(made, [Wish(first.pk, 30)], audience=Audience.TEACHER)
    _leave(made, [], something_else="想要沪剧光盘")
    rows = list(
        Need.objects.order_by("pk").values_list("title", "quantity", "audience", "person_name", "note")
    )
    assert rows == [
        (first.pk, 2, "learner", "王阿姨", "字大一点"),
        (second.pk, 1, "learner", "王阿姨", "字大一点"),
        (first.pk, 30, "teacher", "", ""),
        (None, 1, "learner", "", "想要沪剧光盘"),
    ]
    counts = need_counts(made.round.pk, made.network.points[0].pk)
    assert counts == {first.pk: NeedCount(2, 30, 2), second.pk: NeedCount(1, 0, 1)}
    entry = AuditEntry.objects.filter(verb="distribution.leave_need").earliest("pk")
    assert (entry.person_id, entry.remote_address, entry.after) == (
        None,
        "192.0.2.7",
        {"round": made.round.pk, "wishes": 2},
    )


@pytest.mark.parametrize("quantity", [0, -1, 201, 10**9])
def test_numbers_out_of_the_way_are_refused(made: DemandRound, quantity: int) -> None:
    made.door(made.network.points[0])
    with refused(Invalid, verb="leave_need"):
        _leave(made, [Wish(made.titles[0].pk, quantity)])


def test_what_cannot_be_a_wish(made: DemandRound) -> None:
    made.door(made.network.points[0])
    other = prepared_round(made.network, {"别的": 3})
    for wishes, more, refusal in [
        ([], {}, Invalid),
        ([], {"something_else": "   "}, Invalid),
        ([], {"something_else": "长" * 301}, Invalid),
        ([Wish(made.titles[0].pk)], {"note": "长" * 301}, Invalid),
        ([Wish(made.titles[0].pk)], {"person_name": "长" * 41}, Invalid),
        ([Wish(n) for n in range(41)], {}, Invalid),
        ([Wish(other.titles[0].pk)], {}, TitleNotOffered),
        ([Wish(0)], {}, TitleNotOffered),
        ([Wish(made.titles[0].pk), Wish(made.titles[0].pk)], {}, TitleNotOffered),
    ]:
        with refused(refusal, verb="leave_need"):
            _leave(made, wishes, **more)


def test_wishes_follow_the_round_and_its_days() -> None:
    made = opened_round(small_network(), days=RoundDays(date(2026, 3, 2), date(2026, 3, 3)))
    door = made.door(made.network.points[0])
    wish = [Wish(made.titles[0].pk)]
    for at in (AT - timedelta(days=1), AT + timedelta(days=2)):
        with refused(OutsideWindow, verb="leave_need"):
            _leave(made, wish, at=at)
    for day, found in [
        (date(2026, 3, 1), None),
        (date(2026, 3, 2), made.round),
        (date(2026, 3, 3), made.round),
        (date(2026, 3, 4), None),
    ]:
        assert round_for_door(door, day) == found
    made.end_demand()
    with refused(RoundMovedOn, verb="leave_need"):
        _leave(made, wish)
    assert round_for_door(door, date(2026, 3, 2)) is None


def test_a_draft_is_nobodys_business() -> None:
    made = prepared_round(small_network())
    made.door(made.network.points[0])
    with refused(NotFound, verb="leave_need"):
        _leave(made, [Wish(made.titles[0].pk)])


def test_a_flood_is_stopped_and_runs_off(made: DemandRound) -> None:
    point = made.network.points[0]
    Need.objects.bulk_create(
        Need(round=made.round, point=point, title=made.titles[0], left_at=AT) for _ in range(MOST_LATELY)
    )
    made.door(point)
    with refused(TooManyNeeds, verb="leave_need"):
        _leave(made, [Wish(made.titles[0].pk)])
    _leave(made, [Wish(made.titles[0].pk)], at=AT + timedelta(hours=1))


def test_a_form_sent_twice_leaves_one_wish(made: DemandRound) -> None:
    for _time in range(2):
        _leave(made, [Wish(made.titles[0].pk)], request_key="k")
    assert Need.objects.count() == 1


def test_doors_open_once_and_only_for_points(made: DemandRound) -> None:
    network = made.network
    door = made.door(network.points[0])
    assert made.door(network.points[0]).token == door.token
    assert len(door.token) == 12
    assert door_behind(door.token) == door
    for token in ("", "x", door.token + "x", door.token.swapcase(), "\x00", "字" * 4000):
        with pytest.raises(NotFound):
            door_behind(token)
    for actor, point in [
        (network.actor(network.points[1]), network.points[0]),
        (network.actor(network.colleges[0]), network.points[0]),
        (network.office_admin, network.points[0]),
        (VISITOR, network.points[0]),
    ]:
        with refused(NotAllowed, verb="open_point_door"):
            open_point_door(actor=actor, at=AT, point=point)
    for above in (network.colleges[0], network.office):
        with refused(NotAPoint, verb="open_point_door"):
            open_point_door(actor=network.actor(above), at=AT, point=above)
    assert PointDoor.objects.count() == 1


def test_a_point_removes_a_wish_from_its_own_door_only(made: DemandRound) -> None:
    network = made.network
    _leave(made, [Wish(made.titles[0].pk, 2)], note="恶作剧")
    need = Need.objects.get()
    for actor in (
        network.actor(network.points[1]),
        network.actor(network.colleges[0]),
        network.office_admin,
        VISITOR,
    ):
        with refused(NotAllowed, verb="remove_need"):
            remove_need(actor=actor, at=AT, need=need)
    remove_need(actor=network.actor(network.points[0]), at=AT, need=need)
    assert not Need.objects.exists()
    entry = AuditEntry.objects.get(verb="distribution.remove_need", outcome="done")
    assert entry.before is not None
    assert entry.before["note"] == "恶作剧"
    with pytest.raises(NotFound):
        remove_need(actor=network.actor(network.points[0]), at=AT, need=need)


def test_a_door_of_somebody_outside_the_network_leads_nowhere(made: DemandRound) -> None:
    stranger = make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE)
    lone = make_organisation("point-2-1", OrganisationKind.COMMUNITY_SCHOOL, stranger)
    door = made.door(lone)
    assert round_for_door(door, date(2026, 3, 2)) is None
    with refused(NotFound, verb="leave_need"):
        leave_need(
            actor=VISITOR,
            at=AT,
            door=door,
            round=made.round,
            wishes=[Wish(made.titles[0].pk)],
            audience=Audience.LEARNER,
        )


def test_a_title_that_was_withdrawn_is_not_wished_for(made: DemandRound) -> None:
    entry = made.titles[0].entry
    type(entry).objects.filter(pk=entry.pk).update(
        state="withdrawn", withdrawn_at=AT, withdrawn_reason="版权到期"
    )
    made.door(made.network.points[0])
    with refused(TitleNotOffered, verb="leave_need"):
        _leave(made, [Wish(made.titles[0].pk)])
    shown = titles_matching(titles_of(made.round.pk), "", "")
    assert [title.pk for title in shown] == [title.pk for title in made.titles[1:]]
