"""The first office of a real installation."""

import argparse
import re

import pytest
from django.utils import translation

from lianxue.accounts.public import Person
from lianxue.orgs.public import Division, Organisation, Post
from lianxue.platform.commands.establish import _establish, first_password
from lianxue.platform.trouble import Trouble

OPTIONS = {
    "province": "31",
    "code": "SH-GO",
    "office": "上海市学习型社会建设服务指导中心办公室",
    "username": "admin",
    "name": "张三",
}


def establish(**changes: str) -> str:
    return _establish(argparse.Namespace(**{**OPTIONS, **changes}))


@pytest.mark.django_db
def test_an_office_with_one_administrator_who_must_choose_a_password() -> None:
    password = establish()
    office = Organisation.objects.get()
    post = Post.objects.get()
    person = Person.objects.get()
    assert (office.code, office.kind, office.division_id) == ("SH-GO", "guidance_office", "310000000000")
    assert (post.person, post.organisation, post.role) == (person, office, "tier_admin")
    assert person.must_change_password
    assert person.check_password(password)
    assert sorted(office.places.values_list("chain", "depth")) == [
        ("care_learning", 1),
        ("community_education", 1),
        ("distribution", 1),
        ("education_administration", 1),
        ("elder_education", 1),
        ("resource_service", 1),
        ("supply", 1),
    ]
    assert set(Division.objects.values_list("code", flat=True)) > {"310101000000"}
    with pytest.raises(Trouble, match="registered once"):
        establish(code="SH-2", username="other")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [({"province": "99"}, "No division code begins with 99"), ({"username": "a b"}, "account name")],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(changes: dict[str, str], words: str) -> None:
    with translation.override("en"), pytest.raises(Trouble, match=words):
        establish(**changes)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not Division.objects.exists()


def test_first_passwords_differ_and_can_be_read_out() -> None:
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[A-Z][a-km-np-z]{3}-[a-km-np-z]{4}-[2-9]{4}", word) for word in made)
