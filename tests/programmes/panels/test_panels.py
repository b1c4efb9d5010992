"""Panels from the draw to the decision."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.factories.orgs import AT, PLATFORM, client_for, make_actor
from tests.factories.programmes import TrialCall

from lianxue.accounts.models import Person
from lianxue.kernel.errors import Invalid, Unmet, WrongState
from lianxue.notices.models import Notice
from lianxue.orgs.public import Actor, Role, actor_for, appoint
from lianxue.programmes.enums import Decision
from lianxue.programmes.errors import WordsMissing
from lianxue.programmes.models import Award, Filing, Panel, Score
from lianxue.programmes.models.definition import PanelRule, ScoreItem
from lianxue.programmes.operations.desks.opinions import give_opinion, give_opinions
from lianxue.programmes.operations.panels.draw import draw_more, draw_panel
from lianxue.programmes.operations.panels.score import (
    begin_scoring,
    close_panel,
    declare_conflict,
    give_score,
)
from lianxue.programmes.queries.ranking import ranking, rooms, total_of


def experts(trial: TrialCall, number: int) -> list[Actor]:
    return [make_actor(trial.network.office, Role.EXPERT, name=f"expert-{at}") for at in range(number)]


def summaries(trial: TrialCall) -> list[Filing]:
    found = []
    for street in trial.network.streets:
        trial.approved(street)
        found.append(trial.submit(trial.fill(trial.filing(street, "summary"))))
    return found


def drawn(trial: TrialCall, *, size: int = 2, ratio: str | None = "50", begin: bool = True) -> Panel:
    office = trial.network.actor(trial.network.office)
    panel = draw_panel(
        actor=office,
        at=AT,
        call=trial.call,
        stage="summary",
        level="city",
        size=size,
        seed=7,
        ratio_percent=Decimal(ratio) if ratio else None,
    )
    return begin_scoring(actor=office, at=AT, panel=panel) if begin else panel


def score_all(panel: Panel, points: dict[str, tuple[int, int]]) -> None:
    """Give every open score of a panel: points by the name of the unit."""
    for score in Score.objects.select_related("seat__expert", "revision__filing__unit").filter(
        seat__panel=panel, state="open"
    ):
        basic, key = points[score.revision.filing.unit.name]
        give_score(actor=acting(score.seat.expert), at=AT, score=score, points={"basic": basic, "key": key})


def acting(person: Person) -> Actor:
    return actor_for(person, person.posts.get(role=Role.EXPERT))


POINTS = {"外滩街道": (60, 40), "南京东路街道": (30, 20), "天平路街道": (48, 20), "湖南路街道": (48, 20)}


@pytest.mark.parametrize(
    ("points", "total"),
    [((60, 40), "100.00"), ((0, 0), "0.00"), ((30, 20), "50.00"), ((60, 0), "66.67"), ((1, 0), "1.11")],
)
def test_each_item_counts_by_its_weight(points: tuple[int, int], total: str) -> None:
    rule = PanelRule(
        items=(
            ScoreItem(key="basic", title="", most=60, weight=2),
            ScoreItem(key="key", title="", most=40, weight=1),
        )
    )
    assert total_of(rule, {"basic": points[0], "key": points[1]}) == Decimal(total)


def test_everybody_gets_as_many_and_nobody_with_a_tie(trial: TrialCall) -> None:
    pool = experts(trial, 4)
    tied = Person.objects.get(pk=pool[0].person_id)
    appoint(
        actor=PLATFORM,
        at=AT,
        person=tied,
        organisation=trial.network.streets[0],
        role=Role.DESK_CLERK,
        starts_on=AT.date(),
    )
    filings = summaries(trial)
    panel = drawn(trial, begin=False)
    scores = Score.objects.filter(seat__panel=panel)
    assert scores.count() == 8
    burdens = sorted(scores.filter(seat__expert_id=one.person_id).count() for one in pool)
    assert burdens == [2, 2, 2, 2]
    assert not scores.filter(seat__expert=tied, revision__filing=filings[0]).exists()


def test_the_same_number_gives_the_same_draw(trial: TrialCall) -> None:
    experts(trial, 5)
    summaries(trial)
    first = drawn(trial, begin=False)
    told = sorted(Score.objects.filter(seat__panel=first).values_list("revision_id", "seat__expert_id"))
    first.delete()
    again = drawn(trial, begin=False)
    assert (
        sorted(Score.objects.filter(seat__panel=again).values_list("revision_id", "seat__expert_id")) == told
    )


def test_too_few_experts_are_told_and_nothing_is_drawn(trial: TrialCall) -> None:
    experts(trial, 1)
    summaries(trial)
    with translation.override("en"), pytest.raises(Unmet, match="1 experts without a tie"):
        drawn(trial)
    assert not Panel.objects.exists()


def test_ranking_ratio_and_a_tie_at_the_limit(trial: TrialCall) -> None:
    experts(trial, 3)
    summaries(trial)
    panel = drawn(trial)
    score_all(panel, POINTS)
    rows = ranking(panel)
    assert [
        (one.filing.unit.name, one.place, str(one.mean), one.may, one.is_tied_at_limit) for one in rows
    ] == [
        ("外滩街道", 1, "100.00", True, False),
        ("天平路街道", 2, "70.00", False, True),
        ("湖南路街道", 2, "70.00", False, True),
        ("南京东路街道", 4, "50.00", False, False),
    ]
    assert [(one.filings, str(one.exact), one.places) for one in rooms(panel, rows)] == [
        (2, "1.00", 1),
        (2, "1.00", 1),
    ]


def test_a_decision_waits_for_the_panel_and_against_the_ranking_needs_words(trial: TrialCall) -> None:
    experts(trial, 3)
    filings = {one.unit.name: one for one in summaries(trial)}
    office = trial.network.actor(trial.network.office)
    with pytest.raises(Unmet):
        give_opinion(actor=office, at=AT, filing=filings["外滩街道"], decision=Decision.APPROVE)
    panel = drawn(trial)
    with pytest.raises(Unmet):
        close_panel(actor=office, at=AT, panel=panel)
    score_all(panel, POINTS)
    close_panel(actor=office, at=AT, panel=panel)
    give_opinion(actor=office, at=AT, filing=filings["外滩街道"], decision=Decision.APPROVE)
    with pytest.raises(WordsMissing):
        give_opinion(actor=office, at=AT, filing=filings["南京东路街道"], decision=Decision.APPROVE)
    give_opinion(
        actor=office,
        at=AT,
        filing=filings["南京东路街道"],
        decision=Decision.APPROVE,
        comment="农村教育有示范作用。",
    )
    assert sorted(Award.objects.filter(kind="award").values_list("holder", flat=True)) == [
        "南京东路街道",
        "外滩街道",
    ]


def test_the_ranking_is_worked_out_once_for_many_decisions(trial: TrialCall) -> None:
    experts(trial, 3)
    filings = summaries(trial)
    office = trial.network.actor(trial.network.office)
    panel = drawn(trial)
    score_all(panel, POINTS)
    close_panel(actor=office, at=AT, panel=panel)
    with CaptureQueriesContext(connection) as captured:
        outcomes = give_opinions(actor=office, at=AT, filings=filings, decision=Decision.APPROVE)
    told = {one.filing.unit.name: one.refusal is not None for one in outcomes}
    # The last of the ranking needs words; who is tied at the limit does not.
    assert told == {"外滩街道": False, "南京东路街道": True, "天平路街道": False, "湖南路街道": False}
    reads = [one for one in captured.captured_queries if 'FROM "programmes_score"' in one["sql"]]
    assert len(reads) == 1


def test_a_conflict_takes_it_off_the_list_and_somebody_else_is_drawn(trial: TrialCall) -> None:
    experts(trial, 3)
    summaries(trial)
    panel = drawn(trial)
    score = Score.objects.select_related("seat__expert").filter(seat__panel=panel).first()
    assert score is not None
    with pytest.raises(Invalid):
        declare_conflict(actor=acting(score.seat.expert), at=AT, score=score, reason=" ")
    declare_conflict(actor=acting(score.seat.expert), at=AT, score=score, reason="曾在该街道任教")
    others = Score.objects.filter(seat__panel=panel, revision=score.revision)
    assert sorted(others.values_list("state", flat=True)) == ["conflict", "open", "open"]
    with pytest.raises(WrongState):
        give_score(actor=acting(score.seat.expert), at=AT, score=score, points={"basic": 1, "key": 1})


def test_what_comes_later_gets_experts_too(trial: TrialCall) -> None:
    experts(trial, 3)
    street, late = trial.network.streets[:2]
    trial.approved(street)
    trial.submit(trial.fill(trial.filing(street, "summary")))
    panel = drawn(trial)
    office = trial.network.actor(trial.network.office)
    with pytest.raises(Unmet):
        draw_more(actor=office, at=AT, panel=panel)
    trial.approved(late)
    trial.submit(trial.fill(trial.filing(late, "summary")))
    draw_more(actor=office, at=AT, panel=panel)
    assert Score.objects.filter(seat__panel=panel).count() == 4


def test_an_expert_scores_on_the_pages_and_sees_no_name(trial: TrialCall) -> None:
    pool = experts(trial, 2)
    summaries(trial)
    office = client_for(trial.network.actor(trial.network.office))
    draw_url = reverse("programmes:panel-draw", args=[trial.call.pk, "summary", "city"])
    assert office.post(draw_url, {"size": "2", "ratio_percent": "50"}).status_code == 302
    panel = Panel.objects.get()
    before = Notice.objects.count()
    office.post(reverse("programmes:panel-begin", args=[panel.pk]))
    assert Notice.objects.count() == before + 2
    expert = client_for(pool[0])
    assert "外滩" not in expert.get(reverse("programmes:scoring")).content.decode()
    scores = list(Score.objects.filter(seat__expert_id=pool[0].person_id).order_by("pk"))
    url = reverse("programmes:score", args=[scores[0].pk])
    assert "外滩" not in expert.get(url).content.decode()
    assert expert.post(url, {"item.basic": "61", "item.key": "1"}).status_code == 422
    answer = expert.post(url, {"item.basic": "60", "item.key": "40", "comment": "好"})
    assert answer.url == reverse("programmes:score", args=[scores[1].pk])
    foreign = Score.objects.filter(seat__expert_id=pool[1].person_id).first()
    assert foreign is not None
    assert expert.get(reverse("programmes:score", args=[foreign.pk])).status_code == 404
    page = office.get(reverse("programmes:panel", args=[panel.pk])).content.decode()
    assert "expert-0" not in page, "the office sees who gave which score by alias only"
    ranking_url = reverse("programmes:panel-ranking", args=[panel.pk])
    assert office.get(ranking_url).status_code == 200
    sheet = b"".join(office.get(ranking_url, {"export": "xlsx"}).streaming_content)  # type: ignore[attr-defined]  # a streamed answer has it
    assert sheet.startswith(b"PK")
