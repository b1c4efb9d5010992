"""The office's side of a call on its pages."""

from datetime import date

from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.orgs import client_for
from tests.factories.programmes import TrialCall, education_network
from tests.factories.service_teams import make_teams

from lianxue.notices.models import Notice
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Role
from lianxue.programmes.models import Call, Filing, LateConsent


def test_a_call_is_prepared_and_opened_on_the_pages(db: None) -> None:
    network = education_network()
    office = client_for(network.actor(network.office))
    page = office.get(reverse("programmes:call-new"))
    assert "试行项目" in page.content.decode()
    sent = {"code": "trial", "year": "2026", "title": "", "official_number": "沪教委终〔2026〕3号"}
    answer = office.post(reverse("programmes:call-new"), sent)
    call = Call.objects.get()
    assert (answer.url, call.title, call.state) == (
        reverse("programmes:call-edit", args=[call.pk]),
        "2026年试行项目",
        "draft",
    )
    page = office.get(answer.url).content.decode()
    assert 'value="2026-03-31"' in page, "the published days are offered"
    edit = {
        "title": call.title,
        "year": "2026",
        "official_number": "",
        "version": call.version,
        "opens_on.filing": "2026-01-01",
        "closes_on.filing": "2025-12-31",
    }
    assert (
        "last day lies before the first"
        in office.post(answer.url, edit, headers={"Accept-Language": "en"}).content.decode()
        or not call.windows.filter(closes_on__isnull=False).exists()
    )
    office.post(answer.url, {**edit, "closes_on.filing": "2026-03-31", "numbers.term_years": "3"})
    call.refresh_from_db()
    assert call.numbers == {"term_years": "3"}
    assert call.windows.get(stage="filing").closes_on == date(2026, 3, 31)
    street = client_for(network.actor(network.streets[0]))
    assert street.get(reverse("programmes:call", args=[call.pk])).status_code == 404
    office.post(reverse("programmes:call-open", args=[call.pk]))
    assert street.get(reverse("programmes:call", args=[call.pk])).status_code == 200
    assert Notice.objects.count() == 1, (
        "whoever holds a post in a unit is told: one street here, and nobody else"
    )


def test_the_overview_counts_by_area_and_reminds_whoever_is_missing(trial: TrialCall) -> None:
    network = trial.network
    for street in network.streets:
        network.actor(street)
    trial.approved(network.streets[0])
    trial.submitted(network.streets[1])
    trial.filing(network.streets[2])
    office = client_for(network.actor(network.office))
    url = reverse("programmes:call-overview-stage", args=[trial.call.pk, "filing"])
    page = office.get(url)
    totals = page.context["totals"]
    assert (totals["units"], totals["handed_in"], totals["in_time"], totals["approved"]) == (4, 2, 2, 1)
    assert totals["counts"] == {
        "not_begun": 1,
        "draft": 1,
        "submitted": 1,
        "returned": 0,
        "approved": 1,
        "declined": 0,
    }
    assert [(area["one"].area, area["one"].handed_in) for area in page.context["areas"]] == [
        ("徐汇区教育局", 0),
        ("黄浦区教育局", 2),
    ]
    district = client_for(network.actor(network.districts[0]))
    assert district.get(url).context["totals"]["units"] == 2, "a district sees its own part"
    before = Notice.objects.count()
    office.post(reverse("programmes:call-remind", args=[trial.call.pk, "filing"]))
    assert Notice.objects.count() == before + 2
    office.post(reverse("programmes:call-remind", args=[trial.call.pk, "filing"]))
    assert Notice.objects.count() == before + 2, "once a day"
    export = b"".join(office.get(url, {"export": "xlsx"}).streaming_content)  # type: ignore[attr-defined]  # a streamed answer has it
    assert export.startswith(b"PK")


def test_areas_stand_on_the_map_where_there_are_outlines_of_them(trial: TrialCall) -> None:
    network = trial.network
    trial.submitted(network.streets[0])
    url = reverse("programmes:call-overview-stage", args=[trial.call.pk, "filing"])
    office = client_for(network.actor(network.office))
    shown = office.get(url).context["map"]
    assert shown["source"].endswith("shanghai-districts.json")
    assert [(one["code"], one["state"]) for one in shown["areas"]] == [
        ("310104", "nothing"),
        ("310101", "partly"),
    ]
    assert 'data-map="' in office.get(url).content.decode()
    Organisation.objects.filter(pk=network.districts[0].pk).update(division=network.streets[0].division)
    page = office.get(url)
    assert page.context["map"] is None, "one area is no map"
    assert "data-map" not in page.content.decode()
    assert client_for(network.actor(network.districts[0])).get(url).context["map"] is None


def test_cities_that_file_themselves_stand_on_the_map_of_their_province(db: None) -> None:
    teams = make_teams()
    call = teams.call
    client = client_for(teams.province.actor(teams.province.office))
    shown = client.get(reverse("programmes:call-overview", args=[call.pk])).context["map"]
    assert shown["source"].endswith("zhejiang-cities.json")
    assert {one["code"] for one in shown["areas"]} == {"330100", "330200"}
    assert [one["key"] for one in shown["legend"]] == ["not_begun", "draft"]
    city = client_for(teams.city)
    assert city.get(reverse("programmes:call-overview", args=[call.pk])).context["map"] is None


def test_the_overview_asks_as_often_for_one_unit_as_for_many(trial: TrialCall) -> None:
    network = trial.network
    office = client_for(network.actor(network.office))
    url = reverse("programmes:call-overview-stage", args=[trial.call.pk, "filing"])
    for street in network.streets:
        network.actor(street)
    few = queries_of(office, url)
    for street in network.streets:
        trial.submitted(street)
    assert queries_of(office, url) == few


def test_a_unit_is_let_be_late(trial: TrialCall) -> None:
    network = trial.network
    office = client_for(network.actor(network.office))
    url = reverse("programmes:call-consent", args=[trial.call.pk, "filing", network.streets[0].pk])
    assert office.post(url, {"until_on": "2020-01-01", "reason": "汛期"}).status_code == 422
    assert not LateConsent.objects.exists()
    answer = office.post(url, {"until_on": "2099-04-30", "reason": "汛期"})
    assert answer.status_code == 302
    assert LateConsent.objects.get().until_on == date(2099, 4, 30)
    assert not Filing.objects.exists()
    stranger = client_for(network.actor(network.districts[0]))
    assert stranger.get(url).status_code == 404


def test_whoever_only_reads_is_offered_no_page_of_those_who_act(trial: TrialCall) -> None:
    network, call = trial.network, trial.call
    approved = trial.approved(network.streets[0])
    trial.submit(trial.fill(trial.filing(approved.unit, "summary")))
    draw = reverse("programmes:panel-draw", args=[call.pk, "summary", "city"])
    late = reverse("programmes:call-consent", args=[call.pk, "filing", network.streets[1].pk])
    offered = []
    for role in (Role.TIER_ADMIN, Role.AUDITOR):
        client = client_for(network.actor(network.office, role))
        page = client.get(reverse("programmes:call", args=[call.pk])).content.decode()
        units = client.get(
            reverse("programmes:call-overview-stage", args=[call.pk, "filing"])
        ).content.decode()
        offered.append((draw in page, late in units))
    assert offered == [(True, True), (False, False)]
