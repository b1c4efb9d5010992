"""From the ratio to the commendation: places with their arithmetic, the form filled in, the province's decision."""

from decimal import Decimal

import pytest
from tests.factories.orgs import AT
from tests.factories.service_teams import (
    RECOMMENDATION,
    YEAR,
    Teams,
    account_for,
    make_appraisal,
    make_call,
    make_teams,
    publish,
)
from tests.factories.workforce import everything_written

from lianxue.kernel.errors import NotAllowed, Unmet, WrongState
from lianxue.programmes.models import Award
from lianxue.programmes.public import (
    Decision,
    Written,
    give_opinion,
    latest_definition,
    open_value,
    opened_answers,
    save_answers,
    submit_filing,
)
from lianxue.workforce.enums import AppraisalState, PartVerdict, Rounding, Team
from lianxue.workforce.errors import NoCall, OverQuota, ReasonMissing
from lianxue.workforce.models import Appraisal, Finding
from lianxue.workforce.operations.appraisal.appraise import (
    confirm_appraisal,
    find_part,
    recommend,
    reopen_appraisal,
    take_recommendation_back,
)
from lianxue.workforce.operations.appraisal.begin import begin_appraisals
from lianxue.workforce.operations.appraisal.declare import Declaration, declare_part
from lianxue.workforce.operations.appraisal.file import file_recommendations
from lianxue.workforce.operations.members import link_account
from lianxue.workforce.queries.appraisal import sheet_of
from lianxue.workforce.queries.quota import quota_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return make_teams()


def test_everybody_on_the_rosters_of_the_year_gets_one_sheet(teams: Teams) -> None:
    with pytest.raises(Unmet):  # the indicators are not published yet
        begin_appraisals(actor=teams.city, at=AT, year=YEAR)
    publish(teams.province)
    account = account_for(teams, "冯审核")
    assert begin_appraisals(actor=teams.city, at=AT, year=YEAR) == 6
    assert begin_appraisals(actor=teams.city, at=AT, year=YEAR) == 0
    row = Appraisal.objects.get(entry=teams.entry("冯审核"))
    assert row.entry.account.person_id == account.person_id, "known by the account on the roster"
    assert Appraisal.objects.get(entry=teams.entry("吴体系")).county == teams.province.counties[0]
    with pytest.raises(Unmet):
        begin_appraisals(actor=teams.province.actor(teams.province.cities[1]), at=AT, year=YEAR)


@pytest.mark.parametrize(
    ("ratio", "rounding", "words"),
    [
        ("50", Rounding.DOWN, "2 × 50% = 1 → 1"),
        ("15", Rounding.DOWN, "2 × 15% = 0.3 → 0"),
        ("15", Rounding.UP, "2 × 15% = 0.3 → 1"),
        ("100", Rounding.DOWN, "2 × 100% = 2 → 2"),
        ("12.5", Rounding.UP, "2 × 12.5% = 0.25 → 1"),
    ],
)
def test_the_places_follow_from_the_ratio_with_the_arithmetic_in_sight(
    teams: Teams, ratio: str, rounding: Rounding, words: str
) -> None:
    publish(teams.province, ratios=dict.fromkeys(Team, Decimal(ratio)), rounding=rounding)
    row = make_appraisal(teams)
    quota = quota_of(row.city_id, row.office_id, YEAR, Team.SYSTEM_ADMINS)
    assert quota is not None
    assert quota.arithmetic == words


def test_nobody_is_recommended_beyond_the_ratio(teams: Teams) -> None:
    first = make_appraisal(teams, "周体系", "recommended")
    second = make_appraisal(teams, "吴体系", AppraisalState.CONFIRMED)
    before = everything_written()
    with pytest.raises(OverQuota) as refusal:
        recommend(actor=teams.city, at=AT, appraisal=second)
    assert "2 × 50% = 1 → 1" in str(refusal.value)
    with pytest.raises(Unmet):
        reopen_appraisal(actor=teams.city, at=AT, appraisal=first, reason="有误")
    assert everything_written() == before
    take_recommendation_back(actor=teams.city, at=AT, appraisal=first)
    assert recommend(actor=teams.city, at=AT, appraisal=second).is_recommended


def test_a_finding_that_departs_needs_its_reason_and_who_did_not_meet_all_needs_words(teams: Teams) -> None:
    row = make_appraisal(teams)
    part, city = "courses.new_courses", teams.city
    declaration = Declaration(numbers={"number": "2"}, words="新开两门")
    declare_part(actor=city, at=AT, appraisal=row, part=part, declaration=declaration)
    with pytest.raises(ReasonMissing):
        find_part(actor=city, at=AT, appraisal=row, part=part, verdict=PartVerdict.NOT_MET)
    for line in sheet_of(row).lines():
        if line.key != part:
            find_part(actor=city, at=AT, appraisal=row, part=line.key, verdict=PartVerdict.MET, reason="属实")
    find_part(actor=city, at=AT, appraisal=row, part=part, verdict=PartVerdict.NOT_MET, reason="并非新开")
    row = confirm_appraisal(actor=city, at=AT, appraisal=row)
    assert (row.indicators_met, row.indicators_in_all, row.did_meet_all) == (7, 8, False)
    found = Finding.objects.get(appraisal=row, part=part)
    assert (found.worked_out, found.arithmetic, found.verdict) == ("met", "2门 ≥ 1", "not_met")
    with pytest.raises(ReasonMissing):
        recommend(actor=city, at=AT, appraisal=row)
    assert recommend(actor=city, at=AT, appraisal=row, words="其余指标突出").is_recommended


def test_a_confirmed_appraisal_keeps_its_indicators_whatever_is_published_later(teams: Teams) -> None:
    row = make_appraisal(teams, state=AppraisalState.CONFIRMED)
    publish(teams.province, reason="调整")
    row = Appraisal.objects.get(pk=row.pk)
    assert (row.indicators.number if row.indicators else None) == 1
    row = reopen_appraisal(actor=teams.city, at=AT, appraisal=row, reason="按新指标")
    published = sheet_of(row).published
    assert (published.number if published else None) == 2


def test_the_list_fills_the_form_and_the_province_s_decision_commends(teams: Teams) -> None:
    trainer = make_appraisal(teams, "郑讲师")
    person = account_for(teams, "郑讲师")
    link_account(actor=teams.city, at=AT, appraisal=trainer, username=f"account-{trainer.entry_id}")
    declaration = Declaration(words="", link="https://example.org/case", numbers={"characters": "2100"})
    declare_part(actor=teams.city, at=AT, appraisal=trainer, part="article.article", declaration=declaration)
    make_appraisal(teams, "郑讲师", "recommended")
    admin = make_appraisal(teams, "周体系", "recommended")
    with pytest.raises(NoCall):
        file_recommendations(actor=teams.city, at=AT, year=YEAR)
    with pytest.raises(Unmet):
        file_recommendations(actor=teams.province.actor(teams.province.cities[1]), at=AT, year=YEAR)
    make_call(teams.province, RECOMMENDATION, stage="recommendation")
    filing = file_recommendations(actor=teams.city, at=AT, year=YEAR)
    again = file_recommendations(actor=teams.city, at=AT, year=YEAR)
    assert again.pk == filing.pk
    (row,) = again.answers["administrators"]
    assert (row["_id"], row["area"], row["name"], row["employer"], row["position"]) == (
        f"a{admin.pk}",
        "330100000000",
        "周体系",
        "上城区教育技术中心",
        "主任",
    )
    assert row["mobile"].startswith("sealed:")
    assert open_value(row["mobile"]) == "13800000000"
    (row,) = again.answers["trainers"]
    assert (row["name"], row["case_url"], again.answers["reviewers"]) == (
        "郑讲师",
        "https://example.org/case",
        [],
    )
    filing = submit_filing(actor=teams.city, at=AT, filing=again)
    with pytest.raises(NotAllowed):
        give_opinion(actor=teams.city, at=AT, filing=filing, decision=Decision.APPROVE)
    give_opinion(actor=teams.province.admin, at=AT, filing=filing, decision=Decision.APPROVE)
    awards = Award.objects.filter(filing=filing).order_by("holder")
    assert sorted(awards.values_list("title", "holder")) == [
        ("优秀体系管理员", "周体系"),
        ("优秀省级培训师", "郑讲师"),
    ]
    assert list(awards.exclude(person=None).values_list("person_id", "holder")) == [
        (person.person_id, "郑讲师")
    ]
    with pytest.raises(WrongState):
        give_opinion(actor=teams.province.admin, at=AT, filing=filing, decision=Decision.APPROVE)
    assert awards.count() == 2


def test_annex_3_as_published_takes_what_the_appraisal_knows(teams: Teams) -> None:
    """The definition that is shipped, not a trial one: every column of every grid (S1-82)."""
    for name in ("郑讲师", "冯审核"):
        entry = teams.entry(name)
        entry.values |= {"school_stage": "primary"}
        entry.save(update_fields=["values"])
    trainer = make_appraisal(teams, "郑讲师")
    declaration = Declaration(link="https://example.org/case", numbers={"characters": "2100"})
    declare_part(actor=teams.city, at=AT, appraisal=trainer, part="article.article", declaration=declaration)
    people = {name: make_appraisal(teams, name, "recommended") for name in ("周体系", "郑讲师", "冯审核")}
    published = latest_definition("service-team-recommendation")
    make_call(teams.province, published.text, stage="recommendation")
    filing = file_recommendations(actor=teams.city, at=AT, year=YEAR)
    assert filing.form.paper.mark == "附件 3"
    shared = {"area": "330100000000", "mobile": "13800000000", "professional_title": "高级教师"}
    teacher = {"school": "上城区第一小学", "school_stage": "primary", "subject": "语文"}
    answers = opened_answers(filing.form, filing.answers)
    assert {grid: answers[grid] for grid in ("administrators", "trainers", "reviewers")} == {
        "administrators": [
            {
                "_id": f"a{people['周体系'].pk}",
                "name": "周体系",
                "employer": "上城区教育技术中心",
                "position": "主任",
                "remark": "",
                **shared,
            }
        ],
        "trainers": [
            {
                "_id": f"a{people['郑讲师'].pk}",
                "name": "郑讲师",
                "case_url": "https://example.org/case",
                **teacher,
                **shared,
            }
        ],
        "reviewers": [
            {"_id": f"a{people['冯审核'].pk}", "name": "冯审核", "remark": "", **teacher, **shared}
        ],
    }
    head = {"contact_name": "叶联系", "contact_phone": "0571-88000000", "contact_mobile": "13900000000"}
    written = {key: Written(value, 0) for key, value in head.items()}
    filing = save_answers(actor=teams.city, at=AT, filing=filing, written=written).filing
    assert submit_filing(actor=teams.city, at=AT, filing=filing).state == "submitted"
