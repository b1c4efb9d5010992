"""A point writes down, submits and takes back its demand."""

from datetime import date

import pytest
from tests.factories.distribution_demand import opened_round, prepared_round, refused
from tests.factories.orgs import AT, make_organisation, small_network

from lianxue.distribution.enums import DemandState
from lianxue.distribution.errors import (
    DemandChanged,
    NotAPoint,
    NothingAsked,
    TitleNotOffered,
    TooMuchAsked,
)
from lianxue.distribution.models import DemandBatch, DemandLine, DemandRequest
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.demand.submit_demand import submit_demand
from lianxue.distribution.operations.demand.take_back_demand import take_back_demand
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.distribution.queries.demand import fingerprint, last_demand, point_demand
from lianxue.kernel.errors import Invalid, NotAllowed, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor, OrganisationKind, Role

pytestmark = pytest.mark.django_db


def _lines(row: DemandRequest) -> dict[str, tuple[int, int]]:
    return {
        line.title.entry.title: (line.asked, line.agreed) for line in row.lines.select_related("title__entry")
    }


def test_numbers_are_kept_title_by_title() -> None:
    made = opened_round(small_network())
    point = made.network.points[0]
    row = made.save(point, [4, 0, 2])
    assert (row.state, row.point, row.batch.college) == ("draft", point, made.network.colleges[0])
    assert _lines(row) == {"选订资源1": (4, 4), "选订资源3": (2, 2)}
    actor = made.network.actor(point)
    save_demand(actor=actor, at=AT, round=made.round, quantities={made.titles[1].pk: 7}, note=" 大字版优先 ")
    save_demand(actor=actor, at=AT, round=made.round, quantities={made.titles[0].pk: 0, made.titles[2].pk: 5})
    assert _lines(row) == {"选订资源2": (7, 7), "选订资源3": (5, 5)}
    row.refresh_from_db()
    assert row.note == "大字版优先"
    assert DemandRequest.objects.count() == 1
    codes = [title.entry.code for title in made.titles]
    trail = [
        (e.before, e.after) for e in AuditEntry.objects.filter(verb="distribution.save_demand").order_by("pk")
    ]
    assert trail == [
        ({codes[0]: 0, codes[2]: 0}, {codes[0]: 4, codes[2]: 2}),
        ({codes[1]: 0, "note": ""}, {codes[1]: 7, "note": "大字版优先"}),
        ({codes[0]: 4, codes[2]: 2}, {codes[0]: 0, codes[2]: 5}),
    ]


def test_what_changes_nothing_leaves_no_trace() -> None:
    made = opened_round(small_network())
    made.save(made.network.points[0], [4, 0, 2])
    before = AuditEntry.objects.count()
    made.save(made.network.points[0], [4, 0, 2])
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("copies", [-1, 100_000, 10**30])
def test_impossible_numbers_are_refused(copies: int) -> None:
    made = opened_round(small_network())
    actor = made.network.actor(made.network.points[0])
    with refused(TooMuchAsked, verb="save_demand"):
        save_demand(
            actor=actor, at=AT, round=made.round, quantities={made.titles[0].pk: copies, made.titles[1].pk: 1}
        )


def test_other_rounds_titles_are_refused() -> None:
    network = small_network()
    made, other = opened_round(network), opened_round(network, {"别的资源": 3})
    actor = network.actor(network.points[0])
    for title_id in (other.titles[0].pk, 0, -1, 10**12):
        with refused(TitleNotOffered, verb="save_demand"):
            save_demand(actor=actor, at=AT, round=made.round, quantities={made.titles[0].pk: 1, title_id: 1})


def test_a_remark_has_an_end() -> None:
    made = opened_round(small_network())
    with refused(Invalid, verb="save_demand"):
        save_demand(
            actor=made.network.actor(made.network.points[0]),
            at=AT,
            round=made.round,
            quantities={made.titles[0].pk: 1},
            note="长" * 301,
        )


def test_only_administrators_of_points_state_demand() -> None:
    network = small_network()
    made = opened_round(network)
    stranger = make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE)
    for actor in (
        network.office_admin,
        network.actor(network.colleges[0]),
        network.actor(stranger),
        network.supplier_clerk,
        Actor.visitor(),
        Actor.platform(),
    ):
        with refused(NotAPoint, verb="save_demand"):
            save_demand(actor=actor, at=AT, round=made.round, quantities={made.titles[0].pk: 1})
        with refused(NotAPoint, verb="submit_demand"):
            submit_demand(actor=actor, at=AT, round=made.round, needs_nothing=True)
    with refused(NotAllowed, verb="save_demand"):
        save_demand(
            actor=network.actor(network.points[0], Role.DESK_CLERK),
            at=AT,
            round=made.round,
            quantities={made.titles[0].pk: 1},
        )


def test_submitting() -> None:
    made = opened_round(small_network())
    row = made.ask(made.network.points[0], [4, 0, 2])
    assert (row.state, row.submitted_at) == ("submitted", AT)
    entry = AuditEntry.objects.get(verb="distribution.submit_demand")
    assert entry.after == {"state": "submitted", "titles": 2, "copies": 6}
    with refused(WrongState, verb="save_demand"):
        made.save(made.network.points[0], [1])
    with refused(WrongState, verb="submit_demand"):
        submit_demand(actor=made.network.actor(made.network.points[0]), at=AT, round=made.round)


def test_a_form_sent_twice_submits_once() -> None:
    made = opened_round(small_network())
    actor = made.network.actor(made.network.points[0])
    made.save(made.network.points[0], [1])
    first = submit_demand(actor=actor, at=AT, round=made.round, request_key="k")
    assert submit_demand(actor=actor, at=AT, round=made.round, request_key="k") == first
    assert AuditEntry.objects.filter(verb="distribution.submit_demand").count() == 1


def test_needing_nothing_is_an_answer_and_silence_is_not() -> None:
    made = opened_round(small_network())
    actor = made.network.actor(made.network.points[0])
    with refused(NothingAsked, verb="submit_demand"):
        submit_demand(actor=actor, at=AT, round=made.round)
    row = submit_demand(actor=actor, at=AT, round=made.round, needs_nothing=True)
    assert (row.state, row.lines.count()) == ("submitted", 0)


def test_nobody_submits_what_they_have_not_seen() -> None:
    made = opened_round(small_network())
    point = made.network.points[0]
    actor = made.network.actor(point)
    seen = fingerprint(made.save(point, [4]))
    made.save(point, [5])
    with refused(DemandChanged, verb="submit_demand"):
        submit_demand(actor=actor, at=AT, round=made.round, seen=seen)
    with refused(DemandChanged, verb="submit_demand"):
        submit_demand(actor=actor, at=AT, round=made.round, needs_nothing=True)
    row = DemandRequest.objects.get()
    assert submit_demand(actor=actor, at=AT, round=made.round, seen=fingerprint(row)).state == "submitted"


def test_taking_back() -> None:
    made = opened_round(small_network())
    point = made.network.points[0]
    row = made.ask(point, [4])
    with refused(NotAllowed, verb="take_back_demand"):
        take_back_demand(actor=made.network.actor(made.network.points[1]), at=AT, request=row)
    taken = take_back_demand(actor=made.network.actor(point), at=AT, request=row)
    assert (taken.state, taken.submitted_at) == ("draft", None)
    made.save(point, [6])
    made.ask(point, [6])
    made.pass_on(made.network.colleges[0])
    with refused(Unmet, verb="take_back_demand"):
        take_back_demand(actor=made.network.actor(point), at=AT, request=row)


def test_a_draft_round_takes_no_demand() -> None:
    made = prepared_round(small_network())
    with refused(Unmet, verb="save_demand"):
        made.save(made.network.points[0], [1])


def test_late_points_are_refused_but_what_came_back_may_be_mended() -> None:
    days = RoundDays(demand_until=date(2026, 3, 2))
    made = opened_round(small_network(), days=days)
    college = made.network.actor(made.network.colleges[0])
    row = made.ask(made.network.points[0], [4])
    next_day = AT.replace(day=3)
    with refused(Unmet, verb="save_demand"):
        made.save(made.network.points[1], [1], at=next_day)
    return_demand(actor=college, at=next_day, request=row, reason="数量请核对")
    assert made.ask(made.network.points[0], [3], at=next_day).state == "submitted"
    row.refresh_from_db()
    assert row.return_reason == ""


def test_the_last_day_lasts_until_midnight_in_shanghai() -> None:
    made = opened_round(small_network(), days=RoundDays(demand_until=date(2026, 3, 2)))
    almost = AT.replace(hour=15, minute=59)  # 23:59 in Shanghai
    made.save(made.network.points[0], [1], at=almost)
    with refused(Unmet, verb="save_demand"):
        made.save(made.network.points[0], [2], at=AT.replace(hour=16, minute=0))


def test_a_point_that_joined_later_reports_to_its_own_college() -> None:
    network = small_network()
    made = opened_round(network)
    college = make_organisation("college-3", OrganisationKind.COMMUNITY_COLLEGE, network.office)
    late = make_organisation("point-9", OrganisationKind.COMMUNITY_SCHOOL, college)
    row = made.ask(late, [2])
    assert row.batch.college == college
    assert DemandBatch.objects.filter(round=made.round).count() == 4


def test_what_was_asked_last_time_is_found_again() -> None:
    network = small_network()
    point = network.points[0]
    first = opened_round(network, (5, 5))
    first.ask(point, [4, 2])
    second = opened_round(network, {"新的资源": 5})
    from lianxue.distribution.models import RoundTitle

    again = RoundTitle.objects.create(
        round=second.round, entry=first.titles[1].entry, supplier=network.supplier, copies_available=9
    )
    assert last_demand(point.pk, second.round).quantities == {again.pk: 2}
    assert last_demand(network.points[1].pk, second.round).quantities == {}
    page = point_demand(second.round, point.pk, None)
    assert [(row.title.pk, row.asked_last) for row in page.rows] == [
        (second.titles[0].pk, None),
        (again.pk, 2),
    ]
    assert page.can_copy_last


def test_removing_a_title_that_the_college_changed_keeps_the_trail() -> None:
    from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines

    made = opened_round(small_network())
    college = made.network.actor(made.network.colleges[0])
    row = made.ask(made.network.points[0], [4, 2])
    line = DemandLine.objects.get(request=row, title=made.titles[0])
    adjust_lines(actor=college, at=AT, batch=row.batch, changes=[LineChange(line.pk, 3, "按班级数")])
    return_demand(actor=college, at=AT, request=row, reason="请再核对")
    made.save(made.network.points[0], [0])
    assert _lines(row) == {"选订资源2": (2, 2)}
    assert AuditEntry.objects.get(verb="distribution.adjust_lines").note == "按班级数"
    row.refresh_from_db()
    assert row.state == DemandState.RETURNED


def test_a_title_that_was_withdrawn_is_open_only_to_those_who_asked_already() -> None:
    network = small_network()
    made = opened_round(network, (9, 9))
    asked, other = network.points[0], network.points[1]
    made.save(asked, [4])
    entry = made.titles[0].entry
    type(entry).objects.filter(pk=entry.pk).update(
        state="withdrawn", withdrawn_at=AT, withdrawn_reason="版权到期"
    )
    network.actor(other)
    with refused(TitleNotOffered, verb="save_demand"):
        made.save(other, [1])
    made.save(other, [0, 2])
    made.save(asked, [3])
    shown = {
        point.code: [row.title.pk for row in point_demand(made.round, point.pk, row).rows]
        for point, row in ((asked, made.save(asked, [3])), (other, made.save(other, [0, 2])))
    }
    assert shown == {"point-1": [title.pk for title in made.titles], "point-2": [made.titles[1].pk]}
