"""Calls of the demonstration and of the simulation: what a visitor finds, figures, determinism, what must hold."""

from collections import Counter
from datetime import timedelta

import pytest

from lianxue.demo.build.authorities import build_education, build_resource_service
from lianxue.demo.build.network import build_network
from lianxue.demo.build.programmes import load_programmes
from lianxue.demo.checking import check_programmes
from lianxue.demo.people import demonstration_people
from lianxue.demo.play.player import no_step
from lianxue.demo.programmes import simulate_programmes
from lianxue.demo.simulation import BEGIN
from lianxue.demo.year import Year
from lianxue.documents.public import Letter
from lianxue.kernel import clock
from lianxue.orgs.public import Division, Organisation, OrganisationKind
from lianxue.programmes.models import Award, Call, Delegation, Filing, Guidance, Panel, RosterEntry, Score
from lianxue.workforce.models import TrainingSession

# Two cities with their counties, two districts with four streets each.
FIGURES = {
    "scale": "few",
    "seed": 1,
    "roster": {
        "cities": 2,
        "counties": 23,
        "filings": 2,
        "approved": 2,
        "revisions": 6,
        "faults_found_and_mended": 1,
        "late_by_consent": 1,
        "returned": 1,
        "opinions": 3,
        "stamped_scans": 3,
        "change_notices": 3,
        "roster_in_force": {"administrators": 25, "reviewers": 100, "trainers": 25},
        "roster_entries": 153,
        "closed": True,
    },
    "streets": {
        "districts": 2,
        "streets": 8,
        "filings": {
            "filing": {"approved": 8},
            "division": {"approved": 8},
            "implementation": {"approved": 1},
            "summary": {"approved": 2, "declined": 6},
        },
        "returned_and_mended": 1,
        "late_by_consent": 0,
        "opinions": 43,
        "evidence": 112,
        "guidance": 16,
        "scores": {"conflict": 1, "given": 24},
        "panel_closed": True,
        "statuses": 2,
    },
    "checks": {
        "approved_filings": 21,
        "every_approved_filing_is_frozen_and_unchanged": True,
        "quotas_hold": True,
        "nobody_decided_on_their_own_filing": True,
        "roster_days": 10,
        "roster_in_force_is_what_was_decided": True,
        "nobody_scored_after_stepping_back": True,
        "ranking_is_what_was_scored": True,
        "one_status_for_each_approved_summary": True,
    },
}


@pytest.mark.django_db
def test_zhejiang_has_11_cities_and_90_counties_with_their_centres() -> None:
    tree = build_resource_service(at=BEGIN, seed=1)
    assert tree.office.name == "浙江省教育技术中心"
    assert not tree.office.is_sample
    assert len(tree.second_level) == 11
    assert len(tree.third_level) == 90
    assert Division.objects.filter(code__startswith="33", level=3).count() == 90
    schools = [one for one in tree.organisations.values() if one.kind == OrganisationKind.SCHOOL]
    assert {tree.superior(one).name for one in schools} == {"西湖区教育技术中心"}
    made = [one for one in tree.organisations.values() if one != tree.office]
    assert all(one.is_sample and one.division_id for one in made)
    assert {one.kind for one in tree.third_level} == {OrganisationKind.EDUCATION_TECHNOLOGY_CENTRE}


@pytest.mark.django_db
def test_shanghai_has_16_districts_with_all_their_streets_and_towns() -> None:
    tree = build_education(at=BEGIN, seed=1)
    assert [tree.office.name, len(tree.second_level), len(tree.third_level)] == ["上海市教育委员会", 16, 215]
    kinds = Counter(Division.objects.get(pk=one.division_id).kind for one in tree.third_level)
    assert kinds == {"街道": 107, "镇": 106, "乡": 2}
    assert tree.superior(tree.organisations["SH-ST-310101013"]).name == "黄浦区教育局"


@pytest.mark.django_db
def test_whoever_acts_for_one_is_appointed_from_above_when_first_asked() -> None:
    tree = build_education(at=BEGIN, seed=1, districts=1, streets=2)
    street = tree.organisations["SH-ST-310101013"]
    actor = tree.actor(street)
    assert actor.person_name == "乔安宁"
    post = street.posts.get()
    assert post.appointed_by_id == tree.actor(tree.superior(street)).person_id


@pytest.mark.slow
@pytest.mark.django_db
def test_a_visitor_finds_calls_half_way() -> None:
    year = Year(clock.now())
    cast = build_network(at=year.day(-330), seed=1, step=no_step, colleges=2)
    load_programmes(cast, year, seed=1, step=no_step, districts=2)
    calls = Counter(Call.objects.values_list("revision__code", "state"))
    assert calls == {
        ("service-team-roster", "closed"): 1,
        ("service-team-roster", "open"): 1,
        ("service-team-recommendation", "open"): 1,
        ("demonstration-streets", "closed"): 1,
        ("demonstration-streets", "open"): 1,
        ("pilot-projects", "open"): 1,
    }
    street = Organisation.objects.get(code="SH-ST-310101013")
    assert Filing.objects.get(unit=street).state == "draft"
    huangpu = Organisation.objects.get(code="SH-EA-310101")
    assert Filing.objects.filter(desk=huangpu).count() >= 2
    hangzhou = Organisation.objects.get(code="ZJ-3301")
    filing = Filing.objects.get(unit=hangzhou, call__state="open")
    assert (filing.state, bool(filing.answers["administrators"])) == ("draft", True)
    panel = Panel.objects.get(state="scoring")
    assert Score.objects.filter(seat__panel=panel, seat__expert__username="expert", state="open").exists()
    assert Guidance.objects.exists()
    status = Award.objects.get()
    letters = Letter.objects.filter(addressee_organisation=status.organisation)
    assert letters.filter(kind="decision", code="沪教委示例").exists(), "the city told it by a letter"
    training = TrainingSession.objects.get(organiser=huangpu)
    assert training.attendances.filter(person__username="jiedao", state="expected").exists()
    assert status.valid_until is not None
    assert status.valid_until > clock.today()
    assert not Delegation.objects.exists()
    programmes = {"zhejiang", "hangzhou", "shangcheng", "jiaowei", "jiaoyuju", "jiedao", "expert"}
    assert programmes <= {one.username for one in demonstration_people()}


@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_seed_gives_the_same_calls_and_all_that_must_hold_holds() -> None:
    figures = simulate_programmes(scale="few", seed=1)
    seconds = figures.pop("seconds")
    assert list(seconds) == [
        "authorities",
        "roster: filing",
        "roster: stamping",
        "roster: decisions",
        "roster: changes",
        "streets: filing",
        "streets: division of work",
        "streets: evidence",
        "streets: guidance",
        "streets: early evaluation",
        "streets: summaries",
        "streets: panel",
        "streets: decisions",
        "checks",
    ]
    assert figures == FIGURES
    # The checks find what was changed behind the operations' back.
    calls = list(Call.objects.all())
    RosterEntry.objects.filter(pk=RosterEntry.objects.earliest("pk").pk).update(name="冒名")
    score = Score.objects.filter(state="given").order_by("pk")[0]
    Score.objects.filter(pk=score.pk).update(points=dict.fromkeys(score.points, 1))
    Award.objects.earliest("pk").delete()
    broken = check_programmes(calls, days=[BEGIN.date() + timedelta(days=400)])
    assert {name for name, holds in broken.items() if holds is False} == {
        "roster_in_force_is_what_was_decided",
        "ranking_is_what_was_scored",
        "one_status_for_each_approved_summary",
    }
