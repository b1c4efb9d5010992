"""The pages of indicators and appraisal: who may open them, every press, faults beside their boxes, few queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.orgs import client_for
from tests.factories.service_teams import (
    KEY,
    RECOMMENDATION,
    Teams,
    everybody,
    make_appraisal,
    make_call,
    make_teams,
)
from tests.factories.workforce import everything_written

from lianxue.kernel import clock
from lianxue.kernel.pages import HOME
from lianxue.orgs.public import Actor
from lianxue.workforce.models import Appraisal, Declared, Finding, IndicatorSet
from lianxue.workforce.operations.members import link_account

pytestmark = pytest.mark.django_db

YEAR = clock.today().year


@pytest.fixture
def teams() -> Teams:
    return make_teams(at=clock.now(), year=YEAR)


def sheet(teams: Teams, name: str = "吴体系", state: str = "open") -> Appraisal:
    return make_appraisal(teams, name, state, at=clock.now(), year=YEAR)


def url(name: str, *args: object) -> str:
    return reverse(f"workforce:{name}", args=args)


def waiting(actor: Actor) -> list[str]:
    return [item.url for item in HOME["workforce.appraisal"].waiting(actor, clock.now())]


def text(response: HttpResponseBase) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # pages are not streamed


def test_the_pages_by_everybody(teams: Teams) -> None:
    """Walk the addresses of the service system by its own roles; the walk over all addresses has none of them."""
    row = sheet(teams)
    actors = everybody(teams, "吴体系")
    link_account(actor=teams.city, at=clock.now(), appraisal=row, username=f"account-{row.entry_id}")
    published = IndicatorSet.objects.get()
    part = "courses.new_courses"
    opens = {
        url("indicator-sets"): "PUCDKLSMA",
        url("indicators", published.pk): "PUCDKLSA",
        url("indicators-publish"): "P",
        url("appraisals"): "PUCDKLSMA",
        url("appraisal", row.pk): "PUCKMA",
        url("appraisal-declare", row.pk, part): "CKM",
        url("recommendations", YEAR): "C",
        url("commendations"): "PUCDKLSA",
        url("reviewers", YEAR): "PUCDKLSMA",
    }
    for address, letters in opens.items():
        for letter, actor in actors.items():
            status = client_for(None if letter == "X" else actor).get(address).status_code
            assert status == (200 if letter in letters else 302 if letter == "X" else 404), (address, letter)


def test_the_office_publishes_and_no_number_is_filled_in_beforehand(teams: Teams) -> None:
    office = client_for(teams.province.admin)
    page = office.get(url("indicators-publish"))
    assert all(field.initial is None for name, field in page.context["form"].fields.items() if "_" in name)
    faulty = office.post(url("indicators-publish"), {"key": KEY, "year": YEAR, "days_off": "2026-13-01"})
    assert (faulty.status_code, IndicatorSet.objects.count()) == (422, 0)
    assert {"number_review_days", "ratio_trainers", "rounding", "days_off"} <= set(
        faulty.context["form"].errors
    )
    sent = {
        "key": KEY,
        "year": YEAR,
        **{
            f"number_{key}": "5"
            for key in ("review_days", "timely_share", "positive_stars", "positive_share")
        },
        **{f"ratio_{team}": "15" for team in ("system_admins", "trainers", "reviewers")},
        "rounding": "down",
        "days_off": f"{YEAR}-10-01\n{YEAR}-10-02",
    }
    done = office.post(url("indicators-publish"), sent)
    row = IndicatorSet.objects.get()
    assert (done.url, row.days_off) == (url("indicators", row.pk), [f"{YEAR}-10-01", f"{YEAR}-10-02"])
    again = office.post(url("indicators-publish"), sent)
    assert (again.status_code, "reason" in again.context["form"].errors) == (422, True)
    form = office.get(url("indicators-publish")).context["form"]
    before = {
        name: form[name].initial for name in ("number_review_days", "ratio_trainers", "rounding", "days_off")
    }
    assert before == {
        "number_review_days": "5",
        "ratio_trainers": "15",
        "rounding": "down",
        "days_off": f"{YEAR}-10-01\n{YEAR}-10-02",
    }, "a later revision begins with the office's own numbers"
    widths = {bound.name: width for bound, width in form.in_turn}
    assert (widths["year"], widths["ratio_trainers"], widths["days_off"]) == ("short", "short", "")


def test_from_the_sheet_to_the_recommendation(teams: Teams) -> None:
    make_appraisal(teams, at=clock.now(), year=YEAR)
    Appraisal.objects.all().delete()
    city = client_for(teams.city)
    assert city.get(url("appraisals")).context["to_begin"] == 6
    city.post(url("appraisals-begin", YEAR))
    row = Appraisal.objects.get(entry=teams.entry("周体系"))
    assert waiting(teams.city) == [f"{url('appraisals')}?year={YEAR}&state=open"]
    part, here = "courses.new_courses", url("appraisal", row.pk)
    declare = url("appraisal-declare", row.pk, part)
    before = everything_written()
    for bad in ({"number": "-1", "words": "x"}, {"number": "", "words": "x"}, {"number": "1", "words": ""}):
        assert city.post(declare, bad).status_code == 422
    broken = {"number": "1", "file": SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>")}
    assert city.post(declare, broken).status_code == 422
    assert everything_written() == before
    assert city.post(declare, {"number": "2", "words": "<b>两门</b>"}).url == here
    page = text(city.get(here))
    assert "&lt;b&gt;两门&lt;/b&gt;" in page
    assert "2门 ≥ 1" in page
    find = url("appraisal-find", row.pk, part)
    assert city.post(find, {"courses-new_courses-verdict": "not_met"}).status_code == 422
    assert city.post(find, {"courses-new_courses-verdict": "perhaps"}).status_code == 422
    city.post(find, {"courses-new_courses-verdict": "not_met", "courses-new_courses-reason": "并非新开"})
    assert Finding.objects.get().verdict == "not_met"
    city.post(url("appraisal-confirm", row.pk))
    assert Appraisal.objects.get(pk=row.pk).state == "open", "parts are still open"
    for line in city.get(here).context["sheet"].lines():
        prefix = line.key.replace(".", "-")
        city.post(
            url("appraisal-find", row.pk, line.key), {f"{prefix}-verdict": "met", f"{prefix}-reason": "属实"}
        )
    city.post(url("appraisal-confirm", row.pk))
    city.post(url("appraisal-recommend", row.pk), {"words": ""})
    row.refresh_from_db()
    assert (row.state, row.is_recommended) == ("confirmed", True)
    page = city.get(url("recommendations", YEAR))
    assert "2 × 50% = 1 → 1" in text(page)
    assert city.post(url("recommendations-fill", YEAR)).url == url("recommendations", YEAR), "no call yet"
    make_call(teams.province, RECOMMENDATION, stage="recommendation", at=clock.now(), year=YEAR)
    filed = city.post(url("recommendations-fill", YEAR))
    assert filed.url.startswith("/filings/")
    city.post(url("appraisal-take-back", row.pk))
    city.post(url("appraisal-reopen", row.pk), {"reason": "再看一次"})
    row.refresh_from_db()
    assert (row.state, row.is_recommended) == ("open", False)


def test_the_province_s_call_leads_a_city_to_the_people_whom_it_recommends(teams: Teams) -> None:
    sheet(teams)
    call = make_call(teams.province, RECOMMENDATION, stage="recommendation", at=clock.now(), year=YEAR)
    here, other = reverse("programmes:call", args=[call.pk]), teams.province.actor(teams.province.cities[1])
    assert url("recommendations", YEAR) in text(client_for(teams.city).get(here))
    assert url("recommendations", YEAR) not in text(client_for(other).get(here)), "it appraised nobody"


def test_last_year_s_sheets_still_wait_and_the_list_goes_by_team(teams: Teams) -> None:
    sheet(teams)
    Appraisal.objects.filter(team="reviewers").update(year=YEAR - 1)
    Appraisal.objects.filter(team="trainers", entry__name="郑讲师").update(year=YEAR - 2)
    here = url("appraisals")
    assert waiting(teams.city) == [f"{here}?year={YEAR - 1}&state=open", f"{here}?year={YEAR}&state=open"]
    Appraisal.objects.update(year=YEAR)
    shown = client_for(teams.city).get(here).context["listing"].page
    assert [row.team for row in shown] == ["system_admins"] * 2 + ["trainers"] * 2 + ["reviewers"] * 2


def test_whoever_declares_is_led_to_what_is_missing(teams: Teams) -> None:
    row = sheet(teams)
    county = client_for(teams.province.actor(teams.province.counties[0]))
    page = county.get(url("appraisal", row.pk))
    missing = [line.key for line in page.context["undeclared"]]
    assert "training.attended" not in missing, "that is worked out"
    assert f'href="{url("appraisal-declare", row.pk, missing[0])}" class="button is-primary' in text(
        page
    ) or (f'class="button is-primary" href="{url("appraisal-declare", row.pk, missing[0])}"' in text(page))
    county.post(url("appraisal-declare", row.pk, missing[0]), {"number": "1", "words": "已更新"})
    again = [line.key for line in county.get(url("appraisal", row.pk)).context["undeclared"]]
    assert again == missing[1:]


def test_presses_of_others_change_nothing(teams: Teams) -> None:
    row = sheet(teams)
    county = client_for(teams.province.actor(teams.province.counties[0]))
    before = everything_written()
    for name in ("appraisal-confirm", "appraisal-recommend", "appraisal-take-back"):
        county.post(url(name, row.pk))
    county.post(url("appraisal-find", row.pk, "courses.new_courses"), {"courses-new_courses-verdict": "met"})
    stranger = client_for(teams.province.actor(teams.province.cities[1]))
    assert stranger.post(url("appraisal-confirm", row.pk)).status_code == 404
    assert everything_written() == before


def test_evidence_is_given_back_to_those_who_see_the_sheet(teams: Teams) -> None:
    row, part = sheet(teams), "courses.new_courses"
    county = client_for(teams.province.actor(teams.province.counties[0]))
    pdf = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    sent = {"number": "1", "file": SimpleUploadedFile("证明.pdf", pdf)}
    assert county.post(url("appraisal-declare", row.pk, part), sent).status_code == 302
    address = url("appraisal-evidence", row.pk, Declared.objects.get().pk)
    assert b"".join(client_for(teams.province.admin).get(address).streaming_content) == pdf
    assert client_for(teams.province.actor(teams.province.cities[1])).get(address).status_code == 404
    foreign = sheet(teams, "周体系")
    assert (
        client_for(teams.city)
        .get(url("appraisal-evidence", foreign.pk, Declared.objects.get().pk))
        .status_code
        == 404
    )


def test_the_list_takes_the_same_queries_for_one_and_for_many(teams: Teams) -> None:
    sheet(teams)
    city = client_for(teams.city)
    assert queries_of(city, url("appraisals")) == queries_of(city, url("appraisals"), {"q": "吴体系"})
    exported = city.get(url("appraisals") + "?export=xlsx")
    assert b"".join(exported.streaming_content).startswith(b"PK")
