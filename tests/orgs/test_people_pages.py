"""The pages of people and posts: lists, appointments, first passwords, personal data in full."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.orgs import AT, PLATFORM, Network, client_for, make_actor, make_person, small_network
from tests.pages import bare

from lianxue.accounts.models import Person
from lianxue.accounts.operations import change_contact
from lianxue.kernel import clock
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.enums import Role
from lianxue.orgs.interfaces.web.first_password import first_password
from lianxue.orgs.interfaces.web.home import waiting
from lianxue.orgs.models import Actor, Post
from lianxue.orgs.operations import appoint, end_post


@pytest.fixture
def network(db: None) -> Network:
    made = small_network()
    for organisation in (*made.colleges, *made.points):
        made.actor(organisation)
    return made


@pytest.fixture
def college(network: Network) -> Client:
    return client_for(network.actor(network.colleges[0]))


def give_phone(actor: Actor) -> Person:
    person = Person.objects.get(pk=actor.person_id)
    return change_contact(actor=actor, at=AT, person=person, email="", phone="13812345678")


def listed(client: Client, query: str = "") -> list[str]:
    return [post.organisation.code for post in client.get(f"/people/{query}").context["listing"].page]


def test_list_shows_those_in_charge_by_state(network: Network, college: Client) -> None:
    point = network.actor(network.points[0])
    give_phone(point)
    assert listed(college) == ["care-1", "college-1", "point-1", "point-2"]
    assert listed(college, "?q=13812345678") == ["point-1"]
    assert listed(college, "?organisation=豫园") == ["point-2"]
    assert listed(college, "?role=desk_clerk") == []
    end_post(actor=PLATFORM, at=AT, post=Post.objects.get(pk=point.post_id), reason="退休")
    assert listed(college) == ["care-1", "college-1", "point-2"]
    assert listed(college, "?state=over") == ["point-1"]
    assert listed(college, "?state=coming") == []
    assert len(listed(college, "?state=all")) == 4


def test_list_costs_the_same_for_one_and_for_many(network: Network, college: Client) -> None:
    college.get("/people/")
    with CaptureQueriesContext(connection) as one:
        assert len(listed(college, "?organisation=豫园")) == 1
    for number in range(12):
        make_actor(network.points[1], Role.DESK_CLERK, name=f"clerk{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(listed(college, "?organisation=豫园")) == 13
    assert len(many) == len(one)


def test_export_masks_and_is_written_down(network: Network, college: Client) -> None:
    give_phone(network.actor(network.points[0]))
    response = college.get("/people/?export=xlsx&role=tier_admin")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(response))).active.values)  # type: ignore[union-attr, arg-type]
    assert [row[4] for row in rows] == ["电话", None, None, "138****5678", None]
    assert [row[3] for row in rows] == ["岗位", "三级管理员", "二级管理员", "三级管理员", "三级管理员"]
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.after) == (
        "orgs.export_people",
        {"rows": 4, "query": "export=xlsx&role=tier_admin"},
    )


def test_strangers_and_nobody_look_the_same(network: Network, college: Client) -> None:
    foreign = network.actor(network.points[3])
    missing = Person.objects.latest("pk").pk + 1000
    answers = [college.get(f"/people/{pk}/") for pk in (foreign.person_id, missing, 10**30)]
    answers += [college.post(f"/people/{foreign.person_id}/{act}/") for act in ("reveal", "renew-password")]
    posts = [college.get(f"/posts/{pk}/end/") for pk in (foreign.post_id, Post.objects.latest("pk").pk + 9)]
    assert {answer.status_code for answer in (*answers, *posts)} == {404}
    assert len({bare(answer) for answer in answers}) == 1
    assert len({bare(answer) for answer in posts}) == 1


def test_appointing_somebody_with_an_account(network: Network, college: Client) -> None:
    person = make_person("LiQiang", "李强")
    assert "没有这个账号" in college.get("/people/appoint/?account=liqiang").content.decode()
    page = college.get("/people/appoint/?account=LiQiang")
    assert "李强" in page.content.decode()
    keys = [key for key, _label in page.context["form"].fields["post"].choices]
    point = network.points[0]
    assert set(keys) == {
        f"{network.colleges[0].pk}:desk_clerk",
        f"{network.colleges[0].pk}:expert",
        *(f"{organisation.pk}:tier_admin" for organisation in network.points[:3]),
    }
    given = {"post": f"{point.pk}:tier_admin", "starts_on": "2026-03-02", "request_key": "k"}
    for _ in range(2):
        response = college.post("/people/appoint/?account=LiQiang", given)
        assert (response.status_code, response["Location"]) == (302, f"/network/{point.pk}/")
    assert Post.objects.get(person=person).starts_on == date(2026, 3, 2)
    again = college.post("/people/appoint/?account=LiQiang", given | {"request_key": "other"})
    assert again.status_code == 422
    assert "此人已担任这个岗位" in again.content.decode()
    foreign = college.post(
        "/people/appoint/?account=LiQiang", given | {"post": f"{network.points[3].pk}:tier_admin"}
    )
    assert foreign.status_code == 422
    assert Post.objects.filter(person=person).count() == 1


NEW = {
    "full_name": "李强",
    "username": "LiQiang",
    "phone": "13812345678",
    "starts_on": "2026-03-02",
    "request_key": "key-of-this-form",
}


def test_new_person_gets_a_first_password_shown_once(network: Network, college: Client) -> None:
    given = NEW | {"post": f"{network.points[0].pk}:tier_admin"}
    first = college.post("/people/register/", given).content.decode()
    password = first_password("key-of-this-form")
    assert password in first
    double_click = college.post("/people/register/", given).content.decode()
    assert password in double_click
    person = Person.objects.get(username="LiQiang")
    assert person.check_password(password)
    assert person.posts.count() == 1
    person.must_change_password = False
    person.save()
    later = college.post("/people/register/", given).content.decode()
    assert password not in later
    assert "不能再次显示" in later
    assert password not in str(list(AuditEntry.objects.values_list("before", "after", "note")))


def test_first_passwords_are_strong_and_differ() -> None:
    from lianxue.accounts.rules import character_classes

    made = {first_password(f"key{number}") for number in range(50)}
    assert len(made) == 50
    assert all(len(password) == 14 and character_classes(password) == 4 for password in made)
    assert not any(set("il1o0") & set(password.lower()) for password in made)


def test_faults_of_a_new_person_stand_beside_their_fields(network: Network, college: Client) -> None:
    given = NEW | {"post": f"{network.points[0].pk}:tier_admin"}
    for name, value, text in (
        ("username", "has space", "账号为 3 到 60 位"),
        ("phone", "123", "这不是有效的电话号码"),
        ("ends_on", "2026-03-01", "任期的结束早于开始"),
        ("post", f"{network.points[3].pk}:tier_admin", ""),
    ):
        response = college.post("/people/register/", given | {name: value})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [name]
        assert text in response.content.decode()
    assert not Person.objects.filter(full_name="李强").exists()


def test_ending_a_post_at_once_ends_the_rights_of_who_is_signed_in(network: Network, college: Client) -> None:
    point = network.actor(network.points[0])
    holder = client_for(point)
    assert holder.get("/people/").status_code == 200
    address = f"/posts/{point.post_id}/end/"
    assert college.post(address, {"when": "now"}).status_code == 422
    assert college.post(address, {"when": "day", "reason": "调岗"}).status_code == 422
    assert holder.get("/people/").status_code == 200
    response = college.post(address, {"when": "now", "reason": "退休", "ends_on": "2031-01-01"})
    assert (response.status_code, response["Location"]) == (302, "/people/")
    assert holder.get("/people/").status_code == 404
    assert holder.get("/profile/").status_code == 200
    over = college.post(address, {"when": "now", "reason": "退休"})
    assert "这个任职已经结束" in over.content.decode()


def test_last_day_can_lie_ahead(network: Network, college: Client) -> None:
    point = network.actor(network.points[0])
    day = clock.today() + timedelta(days=10)
    response = college.post(
        f"/posts/{point.post_id}/end/", {"when": "day", "reason": "调岗", "ends_on": day.isoformat()}
    )
    assert response.status_code == 302
    assert Post.objects.get(pk=point.post_id).ends_on == day
    assert client_for(point).get("/people/").status_code == 200
    (line,) = waiting(network.actor(network.colleges[0]), clock.now())
    assert (line.count, line.due_on) == (1, day)
    assert waiting(point, clock.now()) == ()
    assert waiting(network.actor(network.colleges[1]), clock.now()) == ()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_telephone_in_full_once_and_with_a_reason(
    network: Network, college: Client, headers: dict[str, str]
) -> None:
    person = give_phone(network.actor(network.points[0]))
    page = college.get(f"/people/{person.pk}/").content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page
    address = f"/people/{person.pk}/reveal/"
    without = college.post(address, {"field": "phone", "reason": " "}, headers=headers)
    assert without.status_code == (200 if headers else 422)
    assert "13812345678" not in without.content.decode()
    shown = college.post(address, {"field": "phone", "reason": "送书联系"}, headers=headers)
    assert "+8613812345678" in shown.content.decode()
    assert ("<html" in shown.content.decode()) is not bool(headers)
    assert "no-store" in shown["Cache-Control"]
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.note) == ("orgs.reveal_personal_data", "送书联系")
    assert "13812345678" not in college.get(f"/people/{person.pk}/").content.decode()
    assert college.get(address).status_code == 405
    assert college.post(address, {"field": "password", "reason": "x"}).status_code == 404


def test_own_data_need_no_reason_and_no_post(network: Network) -> None:
    actor = make_actor(network.points[0], Role.DESK_CLERK)
    person = give_phone(actor)
    shown = client_for(actor).post(f"/people/{person.pk}/reveal/", {"field": "phone"})
    assert "+8613812345678" in shown.content.decode()


def test_new_first_password_for_somebody_who_forgot(network: Network, college: Client) -> None:
    point = network.actor(network.points[0])
    person = Person.objects.get(pk=point.person_id)
    person.set_password("correct-horse-7")
    person.save()
    holder = client_for(point)
    page = college.post(f"/people/{person.pk}/renew-password/", {"request_key": "k1"})
    assert first_password("k1") in page.content.decode()
    person.refresh_from_db()
    assert person.must_change_password
    assert person.check_password(first_password("k1"))
    assert holder.get("/profile/").status_code == 302  # all sessions have ended
    appoint(
        actor=PLATFORM,
        at=AT,
        person=person,
        organisation=network.office,
        role=Role.RESOURCE_REVIEWER,
        starts_on=date(2026, 1, 1),
    )
    refused = college.post(f"/people/{person.pk}/renew-password/", {"request_key": "k2"}, follow=True)
    assert "只有能任免此人全部岗位的管理员" in refused.content.decode()
    assert "重置初始密码" not in college.get(f"/people/{person.pk}/").content.decode()
