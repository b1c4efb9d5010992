"""What is counted, how it becomes points and places, and when the office has to say why (S0-57, S0-58)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, Network, small_network
from tests.factories.resources import make_contribution, make_picture
from tests.factories.selections import choose, make_selection

from lianxue.distribution.enums import Audience, Award, SelectionState
from lianxue.distribution.models import Candidate, Certificate, Loan, Round, Selection
from lianxue.distribution.operations.desk.issue import issue, undo_issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.reports.save_effect_report import save_effect_report
from lianxue.distribution.operations.reports.submit_effect_report import submit_effect_report
from lianxue.distribution.operations.selections.decide_selection import (
    decide_selection,
    withdraw_certificate,
)
from lianxue.distribution.operations.selections.mark_candidates import Mark, follow_ranking, mark_candidates
from lianxue.distribution.operations.selections.rank_candidates import rank_candidates
from lianxue.distribution.public import add_display_photo, set_up_corner
from lianxue.distribution.queries.selections.criterion import CRITERIA, Measured, Scale
from lianxue.distribution.queries.selections.performance import performance_columns, performance_rows
from lianxue.distribution.queries.selections.ranking import points_for
from lianxue.distribution.queries.selections.reading import chosen_in
from lianxue.kernel.errors import Unmet
from lianxue.orgs.public import Organisation
from lianxue.resources.enums import ContributionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _lend(network: Network, stocked: StockedRound, point: Organisation, copies: int) -> None:
    lend(
        actor=network.actor(point),
        at=AT,
        point=point,
        entry=stocked.entry,
        borrower_name="读者",
        quantity=copies,
    )


def _places(row: Selection) -> dict[str, tuple[int, str]]:
    found = row.candidates.values_list("organisation__code", "place", "score")
    return {code: (place, str(score)) for code, place, score in found}


@pytest.mark.parametrize(
    ("scale", "figure", "best", "points"),
    [
        (Scale.COUNT, Measured(3), 3, "60.00"),
        (Scale.COUNT, Measured(1), 3, "20.00"),
        (Scale.COUNT, Measured(2), 7, "17.14"),
        (Scale.COUNT, Measured(0), 7, "0.00"),
        (Scale.COUNT, Measured(0), 0, "0.00"),
        (Scale.COUNT, None, 7, "0.00"),
        (Scale.SHARE, Measured(1, 3), 1, "20.00"),
        (Scale.SHARE, Measured(2, 3), 2, "40.00"),
        (Scale.SHARE, Measured(0, 0), 0, "0.00"),
        (Scale.SHARE, None, 1, "0.00"),
    ],
)
def test_points_are_the_weight_times_the_part(
    scale: Scale, figure: Measured | None, best: int, points: str
) -> None:
    assert points_for(scale, figure, weight=60, best=best) == Decimal(points)


def test_the_same_score_has_the_same_place_and_the_next_is_counted_on(network: Network) -> None:
    stocked = delivered_round(network, (6,), points=network.points)
    for point, copies in zip(network.points[:4], (4, 2, 2, 1), strict=True):
        _lend(network, stocked, point, copies)
    row = make_selection(network, state=SelectionState.RANKED, weights={"point-lent": 100})
    assert _places(row) == {
        "point-1": (1, "100.00"),
        "point-2": (2, "50.00"),
        "care-1": (2, "50.00"),
        "point-3": (4, "25.00"),
        "point-4": (5, "0.00"),
        "branch-1": (5, "0.00"),
    }
    first = row.candidates.get(organisation=network.points[0])
    assert first.figures == {
        "point-lent": {"part": 4, "whole": None, "best": 4, "weight": 100, "points": "100.00"}
    }


def test_every_figure_of_a_point_is_what_its_rows_say(network: Network) -> None:
    stocked = delivered_round(network, (6,), points=network.points[:2])
    Round.objects.filter(pk=stocked.round.pk).update(receive_until=AT.date())
    point, admin = network.points[0], network.actor(network.points[0])
    desk: dict[str, Any] = {"actor": admin, "at": AT, "point": point, "entry": stocked.entry}
    lend(**desk, borrower_name="王小明", quantity=2)
    earlier = lend(**desk, borrower_name="李桂英")
    Loan.objects.filter(pk=earlier.pk).update(lent_on=date(2025, 12, 31))
    issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)
    wrong = issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)
    undo_issue(actor=admin, at=AT, issue=wrong, reason="登记错误")
    set_up_corner(actor=admin, at=AT, point=point, location="二楼")
    receipt = stocked.shipments[0].receipt
    add_display_photo(actor=admin, at=AT, point=point, upload=make_picture(), receipt=receipt)
    make_contribution(network, ContributionState.ACCEPTED, organisation=point)
    texts = dict.fromkeys(("recipients", "forms", "effects", "suggestions"), "文字")
    report = save_effect_report(actor=admin, at=AT, point=point, year=2026, version=0, texts=texts)
    submit_effect_report(actor=admin, at=AT, report=report, version=report.version)
    expected = {
        "contributed": Measured(1),
        "demand": None,
        "received": Measured(1, 1),
        "photographed": Measured(1, 1),
        "lent": Measured(2),
        "issued": Measured(1),
        "photos": Measured(1),
        "report": Measured(1, 1),
    }
    for award, key in (("point", (point.pk, None)), ("administrator", (point.pk, admin.person_id))):
        for name, figure in expected.items():
            criterion = CRITERIA[f"{award}-{name}"]
            assert criterion.of(criterion.measure(2026), key) == figure, criterion.key
            rows = criterion.rows_of(2026, key)
            size = sum(getattr(one, criterion.amount) if criterion.amount else 1 for one in rows)
            whole = (figure.whole if figure.whole is not None else figure.part) if figure else 0
            assert size == whole, criterion.key
            if criterion.counts:
                assert sum(one.counts for one in rows) == figure.part, criterion.key  # type: ignore[union-attr]
    neighbour = CRITERIA["point-photographed"]
    assert neighbour.of(neighbour.measure(2026), (network.points[1].pk, None)) == Measured(0, 1)
    colleague = (point.pk, network.actor(network.points[1]).person_id)
    lent = CRITERIA["administrator-lent"]
    assert lent.of(lent.measure(2026), colleague) is None


def test_a_report_on_20_november_is_not_in_time(network: Network) -> None:
    criterion = CRITERIA["point-report"]
    texts = dict.fromkeys(("recipients", "forms", "effects", "suggestions"), "文字")
    for point, at in (
        (network.points[0], datetime(2026, 11, 19, 15, 59, tzinfo=UTC)),
        (network.points[1], datetime(2026, 11, 19, 16, 0, tzinfo=UTC)),
    ):
        admin = network.actor(point)
        report = save_effect_report(actor=admin, at=at, point=point, year=2026, version=0, texts=texts)
        submit_effect_report(actor=admin, at=at, report=report, version=report.version)
    found = criterion.measure(2026)
    assert [criterion.of(found, (point.pk, None)) for point in network.points[:3]] == [
        Measured(1, 1),
        Measured(0, 1),
        None,
    ]


def test_providers_are_judged_by_quantity_and_by_quality(network: Network) -> None:
    first, second = network.points[0], network.points[3]
    for state in (ContributionState.ACCEPTED, ContributionState.ACCEPTED, ContributionState.REJECTED):
        make_contribution(network, state, organisation=first)
    make_contribution(network, ContributionState.ACCEPTED, organisation=second)
    row = make_selection(network, Award.PROVIDER, SelectionState.RANKED)
    # 50 × 3 ÷ 3 + 50 × 2 ÷ 3, and 50 × 1 ÷ 3 + 50 × 1 ÷ 1
    assert _places(row) == {"point-1": (1, "83.33"), "point-3": (2, "66.67")}


def test_administrators_are_people_who_held_the_post_in_the_year(network: Network) -> None:
    stocked = delivered_round(network, (6,), points=network.points[:2])
    _lend(network, stocked, network.points[0], 2)
    network.actor(network.points[4])
    row = make_selection(network, Award.ADMINISTRATOR, SelectionState.RANKED)
    found = row.candidates.order_by("place", "organisation__code")
    assert [(one.organisation.code, one.person_id, one.place) for one in found] == [
        ("point-1", network.actor(network.points[0]).person_id, 1),
        ("point-2", network.actor(network.points[1]).person_id, 2),
        ("point-4", network.actor(network.points[4]).person_id, 2),
    ]
    too_early = make_selection(network, Award.ADMINISTRATOR, SelectionState.RANKED, year=2024)
    assert not too_early.candidates.exists()


@pytest.fixture
def ranked(network: Network) -> Selection:
    """Points in the places 1, 2, 2, 4, 5, 5; two are chosen."""
    stocked = delivered_round(network, (6,), points=network.points)
    for point, copies in zip(network.points[:4], (4, 2, 2, 1), strict=True):
        _lend(network, stocked, point, copies)
    return make_selection(network, state=SelectionState.RANKED, weights={"point-lent": 100}, places=2)


def _mark(network: Network, row: Selection, chosen: dict[str, str]) -> None:
    marks = [
        Mark(one.pk, one.organisation.code in chosen, chosen.get(one.organisation.code, ""))
        for one in row.candidates.select_related("organisation")
    ]
    mark_candidates(actor=network.office_admin, at=AT, selection=row, marks=marks)


@pytest.mark.parametrize(
    "chosen",
    [
        {"point-1": "", "point-2": ""},  # one of those who share the second place: the office is free
        {"point-1": "", "care-1": ""},
        {"point-1": "", "point-2": "", "care-1": ""},
        {"point-1": ""},
        {"point-1": "", "point-4": "全年办了三次送书下乡"},
    ],
)
def test_where_the_ranking_is_followed_nothing_has_to_be_explained(
    network: Network, ranked: Selection, chosen: dict[str, str]
) -> None:
    _mark(network, ranked, chosen)
    decided = decide_selection(actor=network.office_admin, at=AT, selection=ranked)
    assert set(chosen_in(decided).values_list("organisation__code", flat=True)) == set(chosen)
    assert not decided.candidates.filter(chosen__isnull=True).exists()


@pytest.mark.parametrize(
    "chosen",
    [
        {"point-2": "", "care-1": ""},  # the first is passed over
        {"point-1": "", "point-4": ""},  # the fifth is chosen
        {"point-1": "", "point-4": "   "},
        {"point-2": "理由", "care-1": "理由"},  # reasons for the others do not explain why the first is not
    ],
)
def test_a_departure_from_the_ranking_needs_its_reason(
    network: Network, ranked: Selection, chosen: dict[str, str]
) -> None:
    _mark(network, ranked, chosen)
    before = everything_written()
    with pytest.raises(Unmet):
        decide_selection(actor=network.office_admin, at=AT, selection=ranked)
    assert everything_written() == before
    assert not Certificate.objects.exists()


def test_passing_over_the_first_is_explained_at_the_first(network: Network, ranked: Selection) -> None:
    _mark(network, ranked, {"point-2": "", "care-1": ""})
    first = ranked.candidates.get(organisation=network.points[0])
    mark_candidates(
        actor=network.office_admin, at=AT, selection=ranked, marks=[Mark(first.pk, False, "当年已获市级表彰")]
    )
    decide_selection(actor=network.office_admin, at=AT, selection=ranked)
    first.refresh_from_db()
    assert (first.chosen, first.reason) == (False, "当年已获市级表彰")


def test_without_a_number_of_places_as_many_count_as_are_chosen(network: Network, ranked: Selection) -> None:
    Selection.objects.filter(pk=ranked.pk).update(places=None)
    _mark(network, ranked, {"point-1": "", "point-2": "", "care-1": ""})
    decide_selection(actor=network.office_admin, at=AT, selection=ranked)
    assert Certificate.objects.count() == 3


def test_nobody_chosen_is_no_decision(network: Network, ranked: Selection) -> None:
    with pytest.raises(Unmet):
        decide_selection(actor=network.office_admin, at=AT, selection=ranked)


def test_following_the_ranking_leaves_a_tie_that_does_not_fit_to_the_office(
    network: Network, ranked: Selection
) -> None:
    _mark(network, ranked, {"point-4": "旧理由"})
    follow_ranking(actor=network.office_admin, at=AT, selection=ranked)
    found = dict(ranked.candidates.values_list("organisation__code", "chosen"))
    assert found == {
        "point-1": True,
        "point-2": None,
        "care-1": None,
        "point-3": False,
        "point-4": False,
        "branch-1": False,
    }
    assert not ranked.candidates.exclude(reason="").exists()


def test_each_of_the_chosen_gets_a_certificate_with_a_number_of_its_own(network: Network) -> None:
    row = make_selection(network, Award.ADMINISTRATOR, SelectionState.PUBLISHED)
    for point in network.points[:2]:
        network.actor(point)
    rank_candidates(actor=network.office_admin, at=AT, selection=row)
    choose(network, row, *row.candidates.values_list("pk", flat=True))
    decide_selection(actor=network.office_admin, at=AT + timedelta(hours=1), selection=row)
    certificates = list(Certificate.objects.order_by("number"))
    assert [one.number[:-6] for one in certificates] == [
        f"2026-B{network.office.pk}-0001-",
        f"2026-B{network.office.pk}-0002-",
    ]
    names = [one.holder for one in certificates]
    assert names == [
        f"{one.person}（{one.organisation}）"
        for one in Candidate.objects.order_by("place", "organisation__code")
    ]
    assert len({one.token for one in certificates} | {one.number for one in certificates}) == 4
    withdraw_certificate(actor=network.office_admin, at=AT, certificate=certificates[0], reason="材料不实")
    assert [one.certificate for one in chosen_in(row)] == [certificates[1]]


def test_the_performance_of_every_point_is_given_by_the_same_counts(network: Network) -> None:
    stocked = delivered_round(network, (6,), points=network.points[:1])
    _lend(network, stocked, network.points[0], 2)
    make_contribution(network, ContributionState.ACCEPTED, organisation=network.points[0])
    titles = [str(title) for title in performance_columns()]
    rows = list(performance_rows(network.office_admin, 2026))
    assert [row[0] for row in rows] == ["branch-1", "care-1", "point-1", "point-2", "point-3", "point-4"]
    assert {len(row) for row in rows} == {len(titles) + 3}
    assert rows[2] == [
        "point-1",
        "外滩街道社区学校",
        "黄浦区社区学院",
        *(1, 0),  # accepted titles, rounds with a demand
        *(0, 0, None),  # no parcel had a day
        *(0, 1, 0.0),  # one receipt, no photograph of it
        *(2, 0, 0),  # lent, issued, photographs
        *(0, 0, None),  # no report
        *(1, 1),  # contributed, accepted
        *(1, 1, 100.0),
        *(0, 0, 0),  # nobody asked for, borrowed or got what it contributed
        *(0, 0, None),  # and no reader said anything about it
    ]
    assert len(list(performance_rows(network.actor(network.colleges[0]), 2026))) == 3
    assert not list(performance_rows(network.actor(network.points[0]), 2026))
