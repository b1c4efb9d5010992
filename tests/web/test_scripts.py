"""What the scripts add to pages that work without them."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Request, expect
from tests.browser import Visit
from tests.factories.orgs import small_network
from tests.journeys.cast import entered

pytestmark = pytest.mark.browser


def test_everything_is_reached_without_scripts(visit: Visit) -> None:
    page = visit("/design/", width=360, language="en", script=False)

    page.get_by_text("Menu", exact=True).click()
    page.get_by_text("Text size", exact=True).last.click()
    page.get_by_role("button", name="Largest text").click()

    assert page.locator("html").get_attribute("data-text-size") == "largest"
    assert page.url.endswith("/design/")
    page.locator("#chart_bar").get_by_text("The numbers as a table").click()
    expect(page.locator("#chart_bar table")).to_be_visible()


def test_a_double_click_sends_once(visit: Visit) -> None:
    page = visit("/design/", language="en")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    with page.expect_navigation():
        page.locator("#action_buttons").get_by_role("button", name="Submit").dblclick()
    page.wait_for_load_state("networkidle")

    assert len(sent) == 1
    assert "request_key=" in (sent[0].post_data or "")
    assert "line=7" in (sent[0].post_data or "")


def test_a_step_that_cannot_be_undone_asks_first(visit: Visit) -> None:
    page = visit("/design/", language="en")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    press = page.locator("#action_buttons").get_by_role("button", name="Send back")

    press.click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Send this back to the point?")
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_have_count(0)
    expect(press).to_be_focused()
    assert sent == []

    press.click()
    with page.expect_navigation():
        question.get_by_role("button", name="Send back").click()
    assert len(sent) == 1


def test_what_is_typed_survives_a_reload_but_not_the_tab(visit: Visit) -> None:
    page = visit("/design/", language="en")
    form = page.locator("#form form")
    form.get_by_label("Title").fill("剪纸")
    form.get_by_label("Disc").check()
    form.get_by_label("Description").fill("两句话")
    expect(form.locator(".draft-note")).to_contain_text("Draft kept")

    page.reload()
    assert form.get_by_label("Title").input_value() == "剪纸"
    assert form.get_by_label("Disc").is_checked()
    expect(form.locator(".draft-note")).to_contain_text("put back")

    other = page.context.new_page()
    other.goto("/design/")
    assert other.locator("#form form").get_by_label("Title").input_value() == ""


def test_a_large_photograph_is_shown_and_made_smaller(visit: Visit) -> None:
    page = visit("/design/", language="en")
    picture = io.BytesIO()
    Image.effect_noise((3000, 2400), 80).convert("RGB").save(picture, "PNG")
    box = page.locator("#form").get_by_label("Photograph of the cover")

    box.set_input_files({"name": "shelf.png", "mimeType": "image/png", "buffer": picture.getvalue()})

    expect(page.locator("#form .photo-preview canvas")).to_be_visible()
    expect(page.locator("#form .photo-preview")).to_contain_text("made smaller")
    name, kind, size = box.evaluate("e => [e.files[0].name, e.files[0].type, e.files[0].size]")
    assert (name, kind) == ("shelf.jpg", "image/jpeg")
    assert size < len(picture.getvalue())


def test_ticks_are_counted_and_chosen_all_at_once(visit: Visit) -> None:
    page = visit("/design/", language="en")
    part = page.locator("#selection")

    part.locator("tbody input").nth(1).check()
    expect(part.locator(".selection-count")).to_have_text("1 selected")
    part.locator("tbody input").nth(3).click(modifiers=["Shift"])
    expect(part.locator(".selection-count")).to_have_text("3 selected")
    part.locator("[data-select-all]").check()
    expect(part.locator(".selection-count")).to_have_text("5 selected")


def test_escape_shuts_a_menu_and_a_slash_goes_to_the_search(visit: Visit) -> None:
    page = visit("/design/", language="en")
    page.locator(".header-row > .header-tools").get_by_text("Text size").click()
    expect(page.locator(".header-row > .header-tools details[open]")).to_have_count(1)

    page.keyboard.press("Escape")
    expect(page.locator(".header-row > .header-tools details[open]")).to_have_count(0)

    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#filters").get_by_label("Words")).to_be_focused()


def test_conditions_are_cleared_only_where_there_are_any(visit: Visit) -> None:
    network = small_network()
    address = reverse("orgs:people")
    page = entered(visit, network.office_admin, address, language="en")
    clear = page.locator("form.filters").get_by_text("Clear")
    expect(clear).to_be_hidden()

    page.locator("form.filters input[type=search], form.filters input[type=text]").first.fill("nobody")
    expect(clear).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("nobody"))
    clear.click()

    expect(page).to_have_url(re.compile(f"{address}$"))
    expect(clear).to_be_hidden()
