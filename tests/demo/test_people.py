"""Accounts and made-up names of the demonstration."""

from collections import Counter

from lianxue.demo.accounts import read_accounts
from lianxue.demo.names import PersonNames
from lianxue.demo.network import read_network
from lianxue.orgs.enums import Role

# Which kind of organisation a role makes sense in.
SEATS = {
    "tier_admin": {
        "guidance_office",
        "community_college",
        "elder_university",
        "elder_group_office",
        "community_school",
        "elder_branch",
        "care_learning_point",
        "education_authority",
        "education_technology_centre",
        "subdistrict",
    },
    "desk_clerk": {"community_school", "elder_branch", "care_learning_point"},
    "resource_reviewer": {"guidance_office"},
    "supplier_clerk": {"supplier"},
    "auditor": {"guidance_office"},
    "system_operator": {"guidance_office"},
    "expert": {"education_authority"},
}
# The trees of the calls are not in a table: what their codes begin with tells the kind.
KINDS_OF_CALLS = {
    "ZJ": "education_technology_centre",
    "SH-EA": "education_authority",
    "SH-ST": "subdistrict",
}


def test_every_role_and_every_kind_of_organisation_can_be_tried() -> None:
    known = {o.code: o.kind for o in read_network()}
    posts = [post for account in read_accounts() for post in account.posts]
    kinds = {
        code: known.get(code)
        or next(kind for start, kind in KINDS_OF_CALLS.items() if code.startswith(start))
        for code in {post.organisation for post in posts}
    }
    assert {post.role for post in posts} == set(Role.values) == SEATS.keys()
    assert {kinds[post.organisation] for post in posts if post.role == "tier_admin"} == SEATS["tier_admin"]
    assert all(kinds[post.organisation] in SEATS[post.role] for post in posts)


def test_accounts_are_distinct_and_say_what_to_try() -> None:
    accounts = read_accounts()
    assert len(accounts) == 22
    assert len({a.username for a in accounts}) == len({a.full_name for a in accounts}) == 22
    assert Counter(len(a.posts) for a in accounts) == {1: 21, 2: 1}
    assert all(a.try_zh.endswith("。") and a.try_en.endswith(".") for a in accounts)


def test_the_same_seed_gives_the_same_names() -> None:
    first, second, other = PersonNames(7), PersonNames(7), PersonNames(8)
    names = [first.worker() for _ in range(20)] + [first.elder() for _ in range(20)]
    assert names == [second.worker() for _ in range(20)] + [second.elder() for _ in range(20)]
    assert names != [other.worker() for _ in range(20)] + [other.elder() for _ in range(20)]


def test_names_do_not_repeat_across_the_administrators_of_a_city() -> None:
    names = PersonNames(1)
    drawn = [names.worker() for _ in range(409)]
    assert len(set(drawn)) == 409
    assert all(2 <= len(name) <= 3 for name in drawn)
