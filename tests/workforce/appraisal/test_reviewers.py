"""Figures of reviewers: from when a contribution came to the office until it was decided, in working days (S1-76)."""

from collections.abc import Collection
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.factories.orgs import AT, client_for, make_person, small_network
from tests.factories.resources import make_contribution
from tests.factories.service_teams import YEAR, Teams, make_appraisal, make_teams, publish

from lianxue.accounts.public import Person
from lianxue.orgs.public import Actor, Role, actor_for, appoint
from lianxue.resources.enums import ContributionState, Verdict
from lianxue.resources.operations import review_contribution
from lianxue.resources.public import RATING_SOURCES, Rating
from lianxue.workforce.models import Appraisal, MemberAccount
from lianxue.workforce.queries.appraisal import sheet_of
from lianxue.workforce.queries.indicators.reviewing import praise_of, reviews_of, speed_of
from lianxue.workforce.queries.reviewers import reviewers_seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return make_teams()


def reviewer_of(teams: Teams, name: str) -> Actor:
    """Give somebody on the roster of reviewers an account, and with it the reviewer's post at the guidance office."""
    network = small_network()
    person = make_person(str(teams.entry(name).values["account"]), name)
    post = appoint(
        actor=Actor.platform(),
        at=AT,
        person=person,
        organisation=network.office,
        role=Role.RESOURCE_REVIEWER,
        starts_on=AT.date(),
    )
    reviewer = actor_for(Person.objects.get(pk=person.pk), post)
    # Monday, 2 March 2026: both came to the office. One is decided on Thursday, the other on the Monday after.
    for days, verdict in ((3, Verdict.ACCEPTED), (7, Verdict.REJECTED)):
        row = make_contribution(network, ContributionState.COLLATED, title=f"资源{days}")
        review_contribution(
            actor=reviewer,
            at=AT + timedelta(days=days),
            contribution=row,
            revision=row.revision,
            verdict=verdict,
            reason="内容准确",
        )
    return reviewer


def test_reviews_are_counted_in_the_office_s_own_working_days(teams: Teams) -> None:
    person_id = reviewer_of(teams, "冯审核").person_id or 0
    without = reviews_of(YEAR, None, person_ids=[person_id])
    assert [(one.days, one.verdict) for one in without] == [(3, "accepted"), (5, "rejected")]
    assert (speed_of(without, None).median_days, speed_of(without, None).in_time) == (4.0, None)
    published = publish(teams.province)
    speed = speed_of(reviews_of(YEAR, published, person_ids=[person_id]), published)
    assert (speed.reviews, speed.passed, speed.in_time, speed.share) == (2, 1, 1, 50.0)
    holiday = publish(teams.province, reason="节假日", days_off=[AT.date() + timedelta(days=4)])
    assert [one.days for one in reviews_of(YEAR, holiday, person_ids=[person_id])] == [3, 4]
    assert reviews_of(YEAR - 1, None, person_ids=[person_id]) == []


def test_the_share_in_time_is_judged_by_the_office_s_number_and_opens_its_rows(teams: Teams) -> None:
    reviewer_of(teams, "冯审核")
    row = Appraisal.objects.get(pk=make_appraisal(teams, "冯审核").pk)
    line = next(one for one in sheet_of(row).lines() if one.key == "reviewing.timely")
    assert (line.judged.verdict, line.judged.arithmetic) == ("not_met", "50% < 90%")
    assert [one.label for one in line.judged.rows] == ["资源3", "资源7"]
    other = Appraisal.objects.get(entry=teams.entry("陈审核"))
    line = next(one for one in sheet_of(other).lines() if one.key == "reviewing.timely")
    assert (line.judged.verdict, line.judged.rows) == ("open", ())


def test_good_ratings_of_what_was_passed_are_judged_by_the_office_s_numbers(
    teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewer_of(teams, "冯审核")
    row = Appraisal.objects.get(pk=make_appraisal(teams, "冯审核").pk)

    def judged() -> tuple[str, str]:
        line = next(one for one in sheet_of(row).lines() if one.key == "reviewing.positive")
        return str(line.judged.verdict), line.judged.arithmetic

    assert judged()[0] == "open", "nobody gathers ratings"

    def gathered(entry_ids: Collection[int], _first: object, _after: object) -> list[Rating]:
        (entry,) = entry_ids  # only what was passed, not what was rejected
        return [Rating(entry, stars, AT.date()) for stars in (5, 4, 4, 4, 3)]

    monkeypatch.setattr(RATING_SOURCES, "_items", {"trial": gathered})
    assert judged() == ("met", "80% ≥ 80%")


def test_who_reads_whose_figures(teams: Teams) -> None:
    reviewer = reviewer_of(teams, "冯审核")
    make_appraisal(teams, "冯审核")
    assert MemberAccount.objects.get().person_id == reviewer.person_id
    own = [reviewer.person_id]
    assert list(reviewers_seen(teams.province.admin, YEAR)) == own
    assert list(reviewers_seen(teams.city, YEAR)) == own
    assert list(reviewers_seen(reviewer, YEAR)) == own
    assert list(reviewers_seen(teams.province.actor(teams.province.cities[1]), YEAR)) == []
    assert list(reviewers_seen(Actor.visitor(), YEAR)) == []
    for actor, status in (
        (teams.city, 200),
        (reviewer, 200),
        (teams.province.actor(teams.province.cities[1]), 404),
    ):
        address = reverse("workforce:reviewer", args=[YEAR, reviewer.person_id])
        page = client_for(actor).get(address)
        assert page.status_code == status
    overview = client_for(teams.province.admin).get(reverse("workforce:reviewers", args=[YEAR]))
    assert overview.context["all"]["speed"].reviews == 2


def test_the_share_of_good_ratings_stands_by_province_city_and_reviewer(
    teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reviewer_of(teams, "冯审核")
    make_appraisal(teams, "冯审核")

    def gathered(entry_ids: Collection[int], _first: object, _after: object) -> list[Rating]:
        return [Rating(entry, stars, AT.date()) for entry in entry_ids for stars in (5, 4, 3)]

    monkeypatch.setattr(RATING_SOURCES, "_items", {"trial": gathered})
    page = client_for(teams.province.admin).get(reverse("workforce:reviewers", args=[YEAR]))
    assert (page.context["all"]["praise"].ratings, page.context["all"]["praise"].share) == (3, 66.7)
    ((city, figures),) = page.context["cities"]
    assert (city, figures["praise"].share) == (teams.province.cities[0].name, 66.7)
    ((pk, _member, own),) = page.context["people"]
    assert (pk, own["praise"].good) == (first.person_id, 2)
    text = page.content.decode()
    assert (text.count("66.7"), text.count("66.7%</td>")) == (2, 1), "on top and with the reviewer"
    unsaid = praise_of([(Rating(1, 5, AT.date()), "资源")], None)
    assert (unsaid.ratings, unsaid.good, unsaid.share) == (1, None, None), (
        "nobody said how many stars are good"
    )


def test_the_page_says_which_holidays_and_make_up_days_are_counted(teams: Teams) -> None:
    reviewer_of(teams, "冯审核")
    make_appraisal(teams, "冯审核")
    address = reverse("workforce:reviewers", args=[YEAR])
    office, city = client_for(teams.province.admin), client_for(teams.city)
    none_named = "没有填写本年度的节假日和调休上班日"
    publish_page = reverse("workforce:indicators-publish")
    assert none_named in office.get(address).content.decode()
    assert publish_page in office.get(address).content.decode()
    assert none_named in city.get(address).content.decode()
    assert publish_page not in city.get(address).content.decode(), "only the office names them"
    # Monday, 9 March 2026 is off, Saturday, 7 March is worked: the second review takes five days as before.
    publish(teams.province, reason="节假日", days_off=[date(2026, 3, 9)], extra_days=[date(2026, 3, 7)])
    page = office.get(address)
    assert (page.context["days_off"], page.context["extra_days"]) == ([date(2026, 3, 9)], [date(2026, 3, 7)])
    assert "2026年3月9日" in page.content.decode()
    assert none_named not in page.content.decode()
    assert page.context["all"]["speed"].median_days == 4.0
