"""What approvals make: rosters on any day, certificates that anybody can check."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from tests.factories.orgs import AT, client_for
from tests.factories.programmes import PHONE, TRIAL, TrialCall, known_programme, trial_call

from lianxue.kernel.errors import Conflict, Invalid, Unmet
from lianxue.programmes.errors import NotComplete, WordsMissing
from lianxue.programmes.models import Award, ChangeNotice, Filing, RosterEntry
from lianxue.programmes.operations.notices.change_notice import (
    begin_notice,
    decide_notice,
    save_notice,
    submit_notice,
)
from lianxue.programmes.queries.products import roster_on

LATER = date(2026, 6, 1)


def changed(trial: TrialCall, filing: Filing, rows: list[dict[str, str]]) -> ChangeNotice:
    """Hand in a notice that the people are now ``rows`` from 1 June on."""
    unit = trial.network.actor(filing.unit)
    notice = begin_notice(actor=unit, at=AT, filing=filing, effective_on=LATER)
    notice = save_notice(
        actor=unit, at=AT, notice=notice, version=notice.version, answers={"people": rows}, reason="调动"
    )
    return submit_notice(actor=unit, at=AT, notice=notice)


def test_a_change_notice_ends_and_begins_entries_on_its_day(trial: TrialCall) -> None:
    filing = trial.approved(trial.network.streets[0])
    kept = filing.answers["people"][0]
    new = {"_id": "r2", "area": filing.unit.division_id or "", "name": "赵垟", "account": "ZhaoYang"}
    notice = changed(trial, filing, [kept, new])
    office = trial.network.actor(trial.network.office)
    decide_notice(actor=office, at=AT, notice=notice, accept=True)
    filing.refresh_from_db()
    assert (filing.revision_number, filing.approved.number if filing.approved else 0) == (2, 2)
    names = {day: [row.name for row in roster_on(office, day)] for day in (LATER - timedelta(days=1), LATER)}
    assert names == {LATER - timedelta(days=1): ["李甪"], LATER: ["李甪", "赵垟"]}
    second = changed(trial, filing, [filing.answers["people"][1]])
    decide_notice(actor=office, at=AT, notice=second, accept=True)
    assert [row.name for row in roster_on(office, LATER)] == ["赵垟"]
    assert [row.name for row in roster_on(office, LATER - timedelta(days=1))] == ["李甪"]


def test_whoever_stays_goes_on_though_their_number_was_sealed_anew(trial: TrialCall) -> None:
    filing = trial.approved(trial.network.streets[0])
    before = RosterEntry.objects.get()
    area = filing.unit.division_id or ""
    same = {"_id": "r1", "area": area, "name": "李甪", "account": "LiLu", "mobile": PHONE}
    notice = changed(trial, filing, [same, {**same, "_id": "r2", "name": "赵垟", "account": "ZhaoYang"}])
    decide_notice(actor=trial.network.actor(trial.network.office), at=AT, notice=notice, accept=True)
    assert list(RosterEntry.objects.order_by("pk").values_list("name", "starts_on", "ends_on")) == [
        ("李甪", before.starts_on, None),
        ("赵垟", LATER, None),
    ]


def test_a_notice_is_checked_like_a_filing_and_declined_with_words(trial: TrialCall) -> None:
    filing = trial.approved(trial.network.streets[0])
    unit, office = trial.network.actor(filing.unit), trial.network.actor(trial.network.office)
    notice = begin_notice(actor=unit, at=AT, filing=filing, effective_on=LATER)
    assert begin_notice(actor=unit, at=AT, filing=filing, effective_on=LATER).pk == notice.pk
    with pytest.raises(Unmet):
        submit_notice(actor=unit, at=AT, notice=notice)
    notice = save_notice(actor=unit, at=AT, notice=notice, version=0, reason="调动")
    with pytest.raises(Invalid):
        submit_notice(actor=unit, at=AT, notice=notice)
    with pytest.raises(Conflict):
        save_notice(actor=unit, at=AT, notice=notice, version=0, reason="又改")
    notice = save_notice(actor=unit, at=AT, notice=notice, version=1, answers={"people": []})
    with pytest.raises(NotComplete):
        submit_notice(actor=unit, at=AT, notice=notice)
    rows = [{"_id": "r9", "area": filing.unit.division_id, "name": "钱某"}]
    notice = save_notice(actor=unit, at=AT, notice=notice, version=2, answers={"people": rows})
    notice = submit_notice(actor=unit, at=AT, notice=notice)
    with pytest.raises(WordsMissing):
        decide_notice(actor=office, at=AT, notice=notice, accept=False)
    decide_notice(actor=office, at=AT, notice=notice, accept=False, comment="未附任命文件")
    assert list(RosterEntry.objects.values_list("name", "ends_on")) == [("李甪", None)]


def test_the_roster_page_masks_numbers_and_shows_the_own_part(trial: TrialCall) -> None:
    for street in trial.network.streets[:3:2]:
        trial.approved(street)
    office = client_for(trial.network.actor(trial.network.office))
    page = office.get(reverse("programmes:rosters"), {"on": "2026-05-01"})
    assert len(page.context["rows"]) == 2
    assert PHONE not in page.content.decode()
    assert "138****5678" in page.content.decode()
    assert len(office.get(reverse("programmes:rosters"), {"on": "2020-05-01"}).context["rows"]) == 0
    district = client_for(trial.network.actor(trial.network.districts[0]))
    assert len(district.get(reverse("programmes:rosters"), {"on": "2026-05-01"}).context["rows"]) == 1


def test_a_certificate_is_printed_proved_and_withdrawn(trial: TrialCall) -> None:
    trial.approved(trial.network.streets[0])
    award = Award.objects.get()
    own = client_for(trial.network.actor(trial.network.streets[0]))
    assert own.get(reverse("programmes:award-file", args=[award.pk])).content.startswith(b"%PDF")
    stranger = Client()
    proof = reverse("programmes:award-proof", args=[award.token])
    assert "外滩街道" in stranger.get(proof).content.decode()
    assert stranger.get(reverse("programmes:award-check"), {"number": award.number}).status_code == 200
    forged = stranger.get(reverse("programmes:award-proof", args=["x" * 32]))
    assert forged.status_code == 404
    assert own.get(reverse("programmes:award-withdraw", args=[award.pk])).status_code == 404
    office = client_for(trial.network.actor(trial.network.office))
    assert (
        office.post(reverse("programmes:award-withdraw", args=[award.pk]), {"reason": ""}).status_code == 422
    )
    office.post(reverse("programmes:award-withdraw", args=[award.pk]), {"reason": "材料不实"})
    page = stranger.get(proof).content.decode()
    assert "外滩街道" not in page
    assert award.number in page
    assert own.get(reverse("programmes:award-file", args=[award.pk])).status_code == 404


@pytest.fixture
def commended(db: None) -> Iterator[TrialCall]:
    """Return a call whose approval confers an award on everybody in the grid of people."""
    status = "{kind: status, key: trial_status, title: 试行单位}"
    award = "{kind: award, key: trial_people_award, title: 优秀, grid: people, name_column: name}"
    text = TRIAL.read_text(encoding="utf-8").replace(status, award).replace("most: 2", "most: 9")
    with known_programme(text):
        yield trial_call()


def of_one_name(trial: TrialCall) -> Filing:
    """Return an approved filing with two people of one name and one of another."""
    street = trial.network.streets[0]
    names = {"r1": "王芳", "r2": "王芳", "r3": "李甪"}
    rows = [{"_id": key, "area": street.division_id, "name": name} for key, name in names.items()]
    filing = trial.submit(trial.fill(trial.filing(street), {"people": rows}))
    return trial.opinion(trial.opinion(filing))


def test_two_people_of_one_name_have_an_award_each(commended: TrialCall) -> None:
    filing = of_one_name(commended)
    awards = list(Award.objects.filter(filing=filing).order_by("row"))
    assert [(one.row, one.holder) for one in awards] == [("r1", "王芳"), ("r2", "王芳"), ("r3", "李甪")]
    assert len({one.number for one in awards}) == len({one.token for one in awards}) == 3
    office = client_for(commended.network.actor(commended.network.office))
    stranger = Client()
    first, second = awards[:2]
    office.post(reverse("programmes:award-withdraw", args=[first.pk]), {"reason": "材料不实"})
    assert "王芳" not in stranger.get(reverse("programmes:award-proof", args=[first.token])).content.decode()
    assert "王芳" in stranger.get(reverse("programmes:award-proof", args=[second.token])).content.decode()
    assert office.get(reverse("programmes:award-file", args=[first.pk])).status_code == 404
    assert office.get(reverse("programmes:award-file", args=[second.pk])).content.startswith(b"%PDF")


def test_awards_conferred_by_name_find_their_row(commended: TrialCall) -> None:
    filing = of_one_name(commended)
    rows = Award.objects.filter(filing=filing)
    rows.get(row="r2").delete()  # by name there was one for both
    rows.filter(row="r1").update(row="old1")
    rows.filter(row="r3").update(row="old3", holder="已改名")
    unnamed = rows.get(holder="已改名")
    import_module("lianxue.programmes.migrations.0004_award_of_a_row").give_rows(apps, None)
    assert set(rows.values_list("row", "holder")) == {("r1", "王芳"), (f"award{unnamed.pk}", "已改名")}


def test_an_award_of_the_unit_is_of_no_row(trial: TrialCall) -> None:
    trial.approved(trial.network.streets[0])
    before = list(Award.objects.values_list("row", "holder"))
    import_module("lianxue.programmes.migrations.0004_award_of_a_row").give_rows(apps, None)
    assert before == list(Award.objects.values_list("row", "holder")) == [("", "外滩街道")]


def test_a_very_long_name_is_on_the_roster_as_far_as_there_is_room(trial: TrialCall) -> None:
    street = trial.network.streets[0]
    long = "阿" * 150
    rows = [{"_id": "r1", "area": street.division_id, "name": long, "account": "LiLu", "mobile": PHONE}]
    filing = trial.submit(trial.fill(trial.filing(street), {"people": rows}))
    trial.opinion(trial.opinion(filing))
    entry = RosterEntry.objects.get()
    assert (entry.name, entry.values["name"]) == (long[:60], long)
