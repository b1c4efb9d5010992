"""In a real browser: from the appointment of somebody new to the end of the post, and every page in large text."""

import re

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page, expect
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.orgs import PASSWORD, Network, client_for, small_network

from lianxue.accounts.models import Person
from lianxue.orgs.enums import Role
from lianxue.orgs.models import Actor

pytestmark = pytest.mark.browser


@pytest.fixture
def network(own_database: None, visit: Visit) -> Network:
    # While the browser runs, this thread has a connection of its own; it must not be one to the last test's database.
    connection.close()
    return small_network()


def give_password(actor: Actor) -> Person:
    person = Person.objects.get(pk=actor.person_id)
    person.set_password(PASSWORD)
    person.full_name = "周建国"
    person.save()
    return person


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def test_somebody_new_comes_and_goes(network: Network, visit: Visit) -> None:
    college = give_password(network.actor(network.colleges[0]))
    page = visit("/")
    sign_in(page, college.username, PASSWORD)
    page.get_by_role("link", name="人员", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="任命").click()
    page.get_by_label("姓名").fill("李强")
    page.get_by_label("账号").fill("LiQiang")
    page.get_by_label("电话").fill("138 1234 5678")
    page.get_by_label("任职", exact=True).select_option(label="外滩街道社区学校 · 三级管理员")
    page.get_by_role("button", name="登记并任命").dblclick()
    expect(page.get_by_role("heading", name="初始密码")).to_be_visible()
    password = re.search(r"[A-Z][a-z]{3}-\d{4}-[a-z]{4}", page.inner_text("main"))
    assert password is not None
    assert Person.objects.filter(username="LiQiang").count() == 1

    own = visit("/", width=360, text_size="larger")
    sign_in(own, "LiQiang", password[0])
    expect(own.get_by_text("这是初始密码")).to_be_visible()
    own.get_by_label("当前密码").fill(password[0])
    own.get_by_label("新密码", exact=True).fill("Garten-und-Haus-7")
    own.get_by_label(re.compile("新密码.+")).fill("Garten-und-Haus-7")
    own.get_by_role("main").get_by_role("button").click()
    own.goto("/people/")
    expect(own.get_by_role("heading", name="人员", exact=True)).to_be_visible()

    page.get_by_role("link", name="查看此人").click()
    page.get_by_text("查看完整电话号码").click()
    page.get_by_label("为什么需要查看？").fill("送书联系")
    page.get_by_role("button", name="显示").click()
    expect(page.get_by_text("+8613812345678")).to_be_visible()
    assert axe_faults(page) == []
    page.reload()
    expect(page.get_by_text("+8613812345678")).to_have_count(0)
    page.get_by_role("link", name="结束任职").click()
    page.get_by_label("原因").fill("调离")
    page.get_by_role("button", name="结束任职").click()
    expect(page.get_by_text("权限立即收回")).to_be_visible()
    own.reload()
    expect(own.get_by_role("heading", name="人员", exact=True)).to_have_count(0)
    own.goto("/profile/")
    expect(own.get_by_text("您目前没有任职")).to_be_visible()


@pytest.mark.parametrize(("width", "text_size"), [(1280, "normal"), (360, "largest")])
def test_every_page_can_be_used_by_everybody(
    network: Network, visit: Visit, width: int, text_size: str
) -> None:
    college, point = network.actor(network.colleges[0]), network.actor(network.points[0])
    auditor = network.actor(network.office, Role.AUDITOR)
    addresses = {
        college: [
            "/network/",
            f"/network/{network.colleges[0].pk}/",
            f"/network/{network.points[0].pk}/change/",
            "/network/register/",
            "/network/import/",
            "/people/",
            f"/people/{point.person_id}/",
            "/people/register/",
            "/people/appoint/?account=nobody",
            f"/posts/{point.post_id}/end/",
            "/profile/",
            "/profile/trail/",
            "/accounts/password/change/",
            "/accounts/2fa/",
        ],
        auditor: ["/audit/", "/audit/1/"],
    }
    for actor, pages in addresses.items():
        page = visit("/accounts/login/", width=width, text_size=text_size)
        session = client_for(actor).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
        for address in pages:
            page.goto(address)
            assert axe_faults(page) == [], address
            assert too_wide(page) == [], address
