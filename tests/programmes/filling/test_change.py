"""Writing a change notice: saved answer by answer or as a whole, by two people, with rows pasted; with and without scripts."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.orgs import client_for
from tests.factories.programmes import PHONE, TrialCall, trial_call
from tests.journeys.cast import entered
from tests.programmes.filling.conftest import open_today
from tests.programmes.filling.pages import Line, form_of

from lianxue.kernel import clock
from lianxue.programmes.models import ChangeNotice
from lianxue.programmes.operations.filings.putting import Written
from lianxue.programmes.operations.notices.change_notice import begin_notice, discard_notice
from lianxue.programmes.operations.notices.save_answers import save_notice_answers

STARTS = date(2026, 4, 1)


def begun(trial: TrialCall) -> ChangeNotice:
    filing = trial.approved(trial.network.streets[0])
    unit = trial.network.actor(filing.unit)
    return begin_notice(actor=unit, at=clock.now(), filing=filing, effective_on=STARTS)


@pytest.fixture
def notice(trial: TrialCall) -> ChangeNotice:
    """Return a change notice that was just begun."""
    return begun(trial)


@pytest.fixture
def writer(trial: TrialCall, notice: ChangeNotice) -> Client:
    """Return the browser of whoever writes it."""
    return client_for(trial.network.actor(notice.filing.unit))


def page_of(notice: ChangeNotice) -> str:
    return reverse("programmes:change", args=[notice.pk])


def send(writer: Client, notice: ChangeNotice, page: dict[str, list[str]], **changes: str) -> HttpResponse:
    named = {key.replace("__", "."): value for key, value in changes.items()}
    return writer.post(page_of(notice), {**page, **named})  # type: ignore[return-value]  # narrower than the stubs tell


def save_one(writer: Client, notice: ChangeNotice, key: str, value: str, mark: int = 0) -> HttpResponse:
    """Save one answer as the script does."""
    address = reverse("programmes:change_answer", args=[notice.pk, key])
    return writer.post(address, {f"a.{key}": value, f"m.{key}": str(mark)})  # type: ignore[return-value]  # likewise


def test_answers_of_a_notice_are_saved_one_by_one(writer: Client, notice: ChangeNotice) -> None:
    assert 'data-outcome="saved"' in save_one(writer, notice, "head_name", "张垟").content.decode()
    assert save_one(writer, notice, "notice.reason", "人员调离").status_code == 200
    assert save_one(writer, notice, "notice.effective_on", "2026-05-01").status_code == 200
    notice.refresh_from_db()
    assert (notice.answers["head_name"], notice.reason, notice.effective_on) == (
        "张垟",
        "人员调离",
        date(2026, 5, 1),
    )
    assert set(notice.answers) == set(notice.filing.approved.answers)  # type: ignore[union-attr]  # it was approved
    assert notice.filing.answers["head_name"] == "王栟", "what is in force stays"
    assert PHONE not in str(notice.answers), "personal values stay sealed"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice.effective_on", ""),
        ("notice.effective_on", "1999-12-31"),
        ("notice.effective_on", "x"),
        ("notice.reason", "字" * 501),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_changes(
    writer: Client, notice: ChangeNotice, key: str, value: str
) -> None:
    answer = save_one(writer, notice, key, value)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    page = form_of(writer.get(page_of(notice)))
    whole = writer.post(page_of(notice), {**page, f"a.{key}": value, "a.head_name": "张垟"})
    assert whole.status_code == 422
    again = ChangeNotice.objects.get()
    assert (again.effective_on, again.reason, again.answers["head_name"]) == (STARTS, "", "王栟")


def test_two_people_change_different_answers_and_both_stay(
    trial: TrialCall, writer: Client, notice: ChangeNotice
) -> None:
    page = form_of(writer.get(page_of(notice)))
    assert save_one(writer, notice, "plan", "先写的").status_code == 200
    assert send(writer, notice, page, a__head_name="张垟").status_code == 302
    notice.refresh_from_db()
    assert (notice.answers["plan"], notice.answers["head_name"]) == ("先写的", "张垟")


def test_two_people_at_one_answer_see_both_texts_and_one_chooses(
    writer: Client, notice: ChangeNotice
) -> None:
    page = form_of(writer.get(page_of(notice)))
    assert save_one(writer, notice, "notice.reason", "先写的").status_code == 200
    clash = send(writer, notice, page, a__notice__reason="后写的", a__head_name="张垟")
    assert clash.status_code == 409
    text = clash.content.decode()
    assert "先写的" in text
    assert "后写的" in text
    notice.refresh_from_db()
    assert (notice.reason, notice.answers["head_name"]) == ("先写的", "张垟")
    chosen = send(writer, notice, form_of(clash), settle="mine:notice.reason:1")
    assert chosen.status_code == 302
    notice.refresh_from_db()
    assert notice.reason == "后写的"
    assert save_one(writer, notice, "notice.reason", "又一个", mark=0).status_code == 409


def test_rows_of_two_people_are_put_together(writer: Client, notice: ChangeNotice) -> None:
    page = form_of(writer.get(page_of(notice)))
    area = notice.filing.unit.division_id or ""
    other = {"o.people": ["r1", "r9"], "a.people.r9.area": area, "a.people.r9.name": "赵垟"}
    assert writer.post(page_of(notice), {**page, **other}).status_code == 302
    assert send(writer, notice, page, a__people__r1__name="周垟").status_code == 302
    notice.refresh_from_db()
    assert [row["name"] for row in notice.answers["people"]] == ["周垟", "赵垟"]


def test_rows_are_pasted_without_a_script(writer: Client, notice: ChangeNotice) -> None:
    page = form_of(writer.get(page_of(notice)))
    pasted = {"p.people": "姓名\t平台账号\n赵垟\tZhaoYang\n", "then": "paste:people"}
    answer = writer.post(page_of(notice), {**page, **pasted})
    assert answer["Location"].endswith("#q-people")
    notice.refresh_from_db()
    assert [row["name"] for row in notice.answers["people"]] == ["李甪", "赵垟"]
    broken = writer.post(page_of(notice), {**page, "p.people": '"赵', "then": "paste:people"})
    assert broken.status_code == 422
    assert writer.get(f"{page_of(notice)}?rows=people").content.decode().count('name="o.people"') > 5


def test_what_was_handed_in_or_thrown_away_is_not_written_any_more(
    trial: TrialCall, writer: Client, notice: ChangeNotice
) -> None:
    assert save_one(writer, notice, "proof", "1").status_code == 404
    assert save_one(writer, notice, "nothing", "1").status_code == 404
    ChangeNotice.objects.update(state="submitted")
    assert save_one(writer, notice, "plan", "晚了").status_code == 409
    ChangeNotice.objects.update(state="draft")
    stranger = client_for(trial.network.actor(trial.network.streets[1]))
    assert save_one(stranger, notice, "plan", "别人").status_code == 404
    discard_notice(actor=trial.network.actor(notice.filing.unit), at=clock.now(), notice=notice)
    assert save_one(writer, notice, "plan", "晚了").status_code == 404


def opened(visit: Visit, **look: object) -> tuple[TrialCall, ChangeNotice, Page]:
    """Begin a notice and open its form as the unit."""
    trial = open_today(trial_call())
    notice = begun(trial)
    return trial, notice, entered(visit, trial.network.actor(notice.filing.unit), page_of(notice), **look)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_notice_is_saved_while_it_is_written(visit: Visit, width: int) -> None:
    _trial, notice, page = opened(visit, width=width)
    page.get_by_label("调整原因").fill("人员调离")
    page.get_by_label("姓名").first.fill("张垟")
    expect(page.locator("[data-question='notice.reason'] .answer-saved")).to_be_visible()
    page.locator("[data-grid=people] tbody tr").first.get_by_label("姓名").fill("周垟")
    page.keyboard.press("Tab")
    expect(page.locator("#note-people .answer-saved")).to_be_visible()
    notice.refresh_from_db()
    assert (notice.reason, notice.answers["head_name"]) == ("人员调离", "张垟")
    assert notice.answers["people"][0]["name"] == "周垟"
    assert too_wide(page) == []
    assert axe_faults(page) == []


@pytest.mark.browser
def test_what_could_not_be_sent_is_there_after_a_reload(visit: Visit) -> None:
    trial, notice, page = opened(visit)
    line = Line(page)
    page.on("dialog", lambda dialog: dialog.accept())
    reason = page.get_by_label("调整原因")
    reason.fill("人员调离")
    reason.blur()
    expect(page.locator("[data-status]")).to_contain_text("尚未保存")
    assert ChangeNotice.objects.get().reason == ""
    line.is_cut = False
    page.reload()
    expect(page.locator("[data-question='notice.reason'] textarea")).to_have_value("人员调离")
    assert ChangeNotice.objects.get().reason == "人员调离"
    actor = trial.network.actor(notice.filing.unit)
    other = Written("同事写的", 0)
    save_notice_answers(actor=actor, at=clock.now(), notice=notice, written={"plan": other})
    plan = page.get_by_label("创建工作方案")
    plan.fill("我写的")
    plan.blur()
    expect(page.locator("#note-plan .clash")).to_contain_text("同事写的")
    page.locator("#note-plan [data-settle=theirs]").click()
    expect(plan).to_have_value("同事写的")
