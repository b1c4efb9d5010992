"""Filling in with a browser: each answer saved by itself, two people at once, pasting, the keyboard, a lost connection."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.programmes import TrialCall, trial_call
from tests.journeys.cast import entered
from tests.programmes.filling.conftest import open_today
from tests.programmes.filling.pages import Line, fill_url

from lianxue.kernel import clock
from lianxue.programmes.models import Filing
from lianxue.programmes.operations.filings.save_answer import save_answer

pytestmark = pytest.mark.browser


def opened(visit: Visit, **look: object) -> tuple[TrialCall, Filing, Page]:
    """Begin a filing and open its form as the unit."""
    trial = open_today(trial_call())
    filing = trial.filing(trial.network.streets[0])
    return trial, filing, entered(visit, trial.network.actor(filing.unit), fill_url(filing), **look)


def answers(filing: Filing) -> dict[str, object]:
    """Return what is saved."""
    filing.refresh_from_db()
    found: dict[str, object] = filing.answers
    return found


def test_answers_are_saved_one_by_one_on_a_phone(visit: Visit) -> None:
    _trial, filing, page = opened(visit, width=360)
    page.get_by_label("姓名").first.fill("王栟")
    page.get_by_label("联系电话").fill("12")
    expect(page.locator("#note-head_name .answer-saved")).to_be_visible()
    page.get_by_label("联系电话").blur()
    expect(page.locator("#note-head_phone .field-error")).to_be_visible()
    page.get_by_label("参加第一轮").check()
    page.get_by_label("从未参与").check()
    expect(page.get_by_label("参加第一轮")).not_to_be_checked()
    expect(page.locator("#note-past .answer-saved")).to_be_visible()
    assert answers(filing)["past"] == {"keys": ["never"], "own": ""}
    assert too_wide(page) == []
    assert axe_faults(page) == []


def test_two_people_at_once_see_both_texts(visit: Visit) -> None:
    trial, filing, page = opened(visit)
    actor = trial.network.actor(filing.unit)
    save_answer(actor=actor, at=clock.now(), filing=filing, key="plan", value="先写的", mark=0)
    plan = page.get_by_label("创建工作方案")
    plan.fill("后写的")
    plan.blur()
    clash = page.locator("#note-plan .clash")
    expect(clash).to_contain_text("先写的")
    expect(clash).to_contain_text("后写的")
    assert answers(filing)["plan"] == "先写的"
    clash.locator("[data-settle=mine]").click()
    expect(page.locator("#note-plan .answer-saved")).to_be_visible()
    assert answers(filing)["plan"] == "后写的"


def test_rows_that_somebody_else_added_come_in_while_one_goes_on_writing(visit: Visit) -> None:
    trial, filing, page = opened(visit)
    actor = trial.network.actor(filing.unit)
    name = page.locator("[data-grid=people] tbody tr").first.get_by_label("姓名")
    rows = [{"_id": "x1", "name": "先写的"}]
    save_answer(actor=actor, at=clock.now(), filing=filing, key="people", value=rows, mark=0)
    name.fill("后写的")
    page.keyboard.press("Tab")
    names = page.locator("[data-grid=people] tbody").get_by_label("姓名")
    expect(names).to_have_count(3)
    assert [one.input_value() for one in names.all()] == ["先写的", "后写的", ""]
    expect(page.locator("#note-people .answer-saved")).to_be_visible()
    expect(page.locator("[data-grid=people] tbody tr").nth(1).get_by_label("账号")).to_be_focused()
    assert [row["name"] for row in answers(filing)["people"]] == ["先写的", "后写的"]  # type: ignore[attr-defined]  # it is there; the stubs do not tell


def test_rows_are_pasted_from_a_spreadsheet_and_counted_while_typing(visit: Visit) -> None:
    _trial, filing, page = opened(visit)
    first = page.locator("[data-grid=people] tbody tr").first.locator("select").first
    first.evaluate(
        """(cell) => {
            const data = new DataTransfer();
            data.setData("text/plain", "外滩街道\\t李甪\\tLiLu\\t13812345678\\n外滩街道\\t\\"周\\n垟\\"\\tZhou\\t13812345679\\n");
            cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator("[data-area] [data-number]").first).to_have_text("2")
    expect(page.locator("#note-people .answer-saved")).to_be_visible()
    rows = answers(filing)["people"]
    assert [(row["name"], row["account"]) for row in rows] == [("李甪", "LiLu"), ("周 垟", "Zhou")]  # type: ignore[union-attr]  # narrower than the stubs tell


def test_rows_are_walked_by_keyboard(visit: Visit) -> None:
    _trial, filing, page = opened(visit)
    page.locator("[data-grid=people] tbody tr").first.get_by_label("姓名").fill("甲")
    page.keyboard.press("Enter")
    page.keyboard.type("乙")
    page.keyboard.press("Tab")
    expect(page.locator("#note-people .answer-saved")).to_be_visible()
    page.locator("[data-grid=people] tbody tr").nth(1).locator("[data-move=up]").press("Enter")
    expect(page.locator("[data-grid=people] tbody tr").first.get_by_label("姓名")).to_have_value("乙")
    with page.expect_response(lambda answer: "/answers/people/" in answer.url):
        pass
    assert [row["name"] for row in answers(filing)["people"]] == ["乙", "甲"]  # type: ignore[attr-defined]  # it is there; the stubs do not tell


def test_what_cannot_be_sent_is_kept_and_sent_again(visit: Visit) -> None:
    _trial, filing, page = opened(visit)
    line = Line(page)
    name = page.get_by_label("姓名").first
    name.fill("王栟")
    name.blur()
    expect(page.locator("[data-status]")).to_contain_text("尚未保存")
    assert answers(filing) == {}
    line.is_cut = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#note-head_name .answer-saved")).to_be_visible()
    assert answers(filing)["head_name"] == "王栟"


@pytest.mark.parametrize("text_size", ["normal", "largest"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_form_fits_every_screen(visit: Visit, width: int, text_size: str) -> None:
    trial, filing, page = opened(visit, width=width, text_size=text_size)
    trial.fill(filing)
    page.reload()
    assert too_wide(page) == []
    assert axe_faults(page) == []
