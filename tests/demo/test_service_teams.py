"""The year of the service teams as a visitor finds it: on the published definitions, in the middle of its work."""

from collections import Counter
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.orgs import client_for

from lianxue.demo.build.authorities import build_resource_service
from lianxue.demo.build.service_teams import ServiceTeams
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.year import Year
from lianxue.documents.public import Letter
from lianxue.kernel import clock
from lianxue.kernel.pages import HOME
from lianxue.orgs.public import Actor, Organisation
from lianxue.programmes.models import Award, Call, Filing, RosterEntry
from lianxue.programmes.public import opened_answers
from lianxue.workforce.models import Appraisal, Attendance, Declared, IndicatorSet, TrainingSession
from lianxue.workforce.operations.appraisal.file import GRIDS
from lianxue.workforce.public import quotas_of


def _unit(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _waiting(actor: Actor) -> dict[str, int]:
    found = [one for source in HOME.values() for one in source.waiting(actor, clock.now())]
    return {one.url.split("?")[0]: one.count for one in found}


@pytest.mark.slow
@pytest.mark.django_db
def test_a_visitor_finds_the_year_of_the_service_teams_in_the_middle_of_its_work(client: Client) -> None:
    year = Year(clock.now())
    play = Play(build_resource_service(at=year.day(-430), seed=1), 50)
    teams = ServiceTeams(play, year)
    teams.report_rosters()
    assert RosterEntry.objects.values("filing__unit").distinct().count() == 11
    teams.train()
    teams.appraise()
    call = teams.recommend()
    _trainings(teams)
    _indicators_and_appraisals(teams)
    _annex_3_is_what_the_appraisal_knows(call)
    _commendation(client)
    _letters()
    _work_for_each_role(play)


def _trainings(teams: ServiceTeams) -> None:
    states = Counter(TrainingSession.objects.values_list("level", "state"))
    assert states["province", "held"] == states["province", "planned"] == 1
    assert states["county", "held"] >= 10
    held = TrainingSession.objects.get(level="province", state="held")
    assert {"attended", "excused"} <= set(held.attendances.values_list("state", flat=True))
    assert held.starts_at.year == teams.appraised
    now = clock.now()
    running = TrainingSession.objects.get(level="province", state="planned")
    assert running.starts_at < now < running.ends_at, "whoever enters today can say that they are there"
    assert Attendance.objects.filter(session=running, state="attended").exists()
    mine = Attendance.objects.filter(session=running, person__username__in=["hangzhou", "shangcheng"])
    assert list(mine.values_list("state", flat=True)) == ["expected", "expected"]


def _indicators_and_appraisals(teams: ServiceTeams) -> None:
    published = IndicatorSet.objects.get()
    assert [len(team.indicators) for team in published.content.teams] == [8, 4, 4]  # S1-60…78
    assert published.year == teams.appraised
    standing = Counter(Appraisal.objects.values_list("city__code", "state"))
    assert {code for code, _state in standing} == {"ZJ-3301", "ZJ-3305", "ZJ-3309"}
    assert standing["ZJ-3301", "open"] > standing["ZJ-3301", "confirmed"] > 0
    assert standing["ZJ-3305", "open"] == standing["ZJ-3309", "open"] == 0
    quotas = [one for code in ("ZJ-3305", "ZJ-3309") for one in quotas_of(
        _unit(code).pk, _unit("ZJ").pk, teams.appraised
    )]  # fmt: skip
    assert [one.taken == one.places > 0 for one in quotas] == [True] * 6
    assert any(not row.did_meet_all for row in Appraisal.objects.filter(state="confirmed"))
    computed = Appraisal.objects.filter(findings__part="training.attended", findings__arithmetic="1次 ≥ 1")
    assert computed.exists()
    assert quotas[0].ratio == Decimal(20)


def _annex_3_is_what_the_appraisal_knows(call: Call) -> None:
    """Compare the form of 附件3, as published, with the rosters and declarations that it was filled in from (S1-82)."""
    assert call.definition.source == "浙教技中心〔2021〕33号 附件3"
    filing = Filing.objects.get(call=call, unit__code="ZJ-3305")
    assert filing.state == "submitted"
    answers = opened_answers(filing.form, filing.answers)
    compared = 0
    for team, grid in GRIDS.items():
        chosen = Appraisal.objects.filter(city=filing.unit, team=team, is_recommended=True)
        rows = {row["_id"]: row for row in answers[grid]}
        assert rows.keys() == {f"a{one.pk}" for one in chosen}
        for one in chosen.select_related("entry"):
            row = rows[f"a{one.pk}"]
            roster = opened_answers(one.entry.filing.form, one.entry.filing.answers)
            there = next(it for it in roster[one.entry.roster] if it["_id"] == one.entry.row)
            shared = [key for key in row if key in there and key != "_id"]
            assert {key: row[key] for key in shared} == {key: there[key] for key in shared}
            assert {"area", "name", "mobile", "professional_title"} <= set(shared)
            compared += len(shared)
            if grid == "trainers":
                assert row["case_url"] == Declared.objects.get(appraisal=one, part="article.article").link
                assert row["school"], "the roster of trainers has no school: the city typed it"
    assert compared > 20


def _commendation(client: Client) -> None:
    awards = Award.objects.filter(organisation__code="ZJ-3309")
    assert set(awards.values_list("title", flat=True)) == {
        "优秀体系管理员",
        "优秀省级培训师",
        "优秀省级资源审核员",
    }
    assert awards.filter(person__isnull=False).exists(), "one finds it in the own account"
    award = awards.order_by("pk")[0]
    page = client.get(reverse("programmes:award-proof", args=[award.token])).content.decode()
    assert "证书真实有效" in page
    assert award.holder in page


def _letters() -> None:
    letter = Letter.objects.get(addressee_organisation__code="ZJ-3309", title__contains="表扬")
    assert letter.full_number.startswith(f"浙教技中心示例〔{letter.dated_on.year}〕")
    approvals = Letter.objects.filter(kind="reply").order_by("number")
    assert list(approvals.values_list("number", flat=True)) == list(range(1, 12))


def _work_for_each_role(play: Play) -> None:
    zhejiang, hangzhou = play.tree.actor(play.tree.office), play.tree.actor(_unit("ZJ-3301"))
    shangcheng = play.tree.actor(_unit("ZJ-330102"))
    assert _waiting(zhejiang) == {reverse("programmes:desk"): 1}
    at_city = _waiting(hangzhou)
    assert at_city[reverse("workforce:appraisals")] > 50
    call = Call.objects.get(state="open")
    assert reverse("programmes:call", args=[call.pk]) in at_city
    page = client_for(hangzhou).get(reverse("programmes:call", args=[call.pk])).content.decode()
    assert reverse("workforce:recommendations", args=[call.year]) in page, "from there the form fills itself"
    assert _waiting(shangcheng)[reverse("workforce:appraisals")] >= 1
    own = Appraisal.objects.get(entry__account__person__username="shangcheng")
    assert (own.state, own.team, own.declared.count()) == ("open", "system_admins", 5)


def test_trainings_lie_on_working_days_whenever_the_demonstration_is_loaded() -> None:
    for month in range(1, 13):
        for day in (1, 9, 20, 28):
            now = Year(clock.now()).day(0)
            year = Year(now.replace(year=2026, month=month, day=day))
            teams = ServiceTeams.__new__(ServiceTeams)
            teams.year = year
            week = [year.on(teams.monday + one) for one in range(5)]
            assert [one.weekday() for one in week] == [0, 1, 2, 3, 4]
            assert {one.year for one in week} == {teams.appraised}
            assert not {(10, 1), (5, 1), (1, 1)} & {(one.month, one.day) for one in week}
            assert week[4] < year.on(-30), "before the appraisal of the year begins"
            assert year.working_day(6).date() >= year.on(6)
