"""Whose data one sees, personal data in full, and new first passwords."""

from datetime import date, timedelta

import pytest
from tests.factories.orgs import AT, PLATFORM, Network, make_person, small_network

from lianxue.accounts.models import Person
from lianxue.accounts.operations import change_contact
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.orgs.enums import Role
from lianxue.orgs.errors import NotTheirAdministrator
from lianxue.orgs.models import Actor, Organisation, Post
from lianxue.orgs.operations import appoint, end_post, renew_password, reveal_personal_data
from lianxue.orgs.queries import find_people, people_in_charge, posts_in_charge, posts_shown

TODAY = date(2026, 3, 2)
PHONE = "+8613812345678"


@pytest.fixture
def network(db: None) -> Network:
    made = small_network()
    for organisation in (made.office, *made.colleges, *made.points):
        made.actor(organisation)
    made.actor(made.points[0], Role.DESK_CLERK)
    assert made.supplier_clerk
    return made


def person_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def give_phone(actor: Actor) -> Person:
    person = person_of(actor)
    return change_contact(actor=actor, at=AT, person=person, email="", phone="138 1234 5678")


def test_administrator_answers_for_posts_beneath_and_nobody_else_does(network: Network) -> None:
    def codes(actor: Actor) -> set[str]:
        return {post.organisation.code for post in posts_in_charge(actor)}

    college = network.actor(network.colleges[0])
    assert codes(college) == {"college-1", "point-1", "point-2", "care-1"}
    assert codes(network.actor(network.points[0])) == {"point-1"}
    assert len(posts_in_charge(network.office_admin)) == Post.objects.count()
    for actor in (network.actor(network.points[0], Role.DESK_CLERK), network.supplier_clerk, Actor.visitor()):
        assert codes(actor) == set()
    tiers = {post.organisation.code: post.tier for post in posts_in_charge(network.office_admin)}  # type: ignore[attr-defined]
    assert (tiers["office"], tiers["college-1"], tiers["point-1"], tiers["supplier-1"]) == (1, 2, 3, None)


def test_people_rule_and_its_rows_agree(network: Network) -> None:
    rule = people_in_charge(TODAY)
    everybody = list(Person.objects.order_by("pk"))
    for actor in (network.office_admin, network.actor(network.colleges[0]), network.actor(network.points[0])):
        shown = list(Person.objects.filter(rule.rows(actor)).order_by("pk"))
        assert shown == [person for person in everybody if rule.holds(actor, person)]
        assert shown


def test_people_are_found_by_name_account_and_whole_telephone_number(network: Network) -> None:
    point = network.actor(network.points[0])
    give_phone(point)
    rows = posts_in_charge(network.office_admin)
    for text in ("13812345678", "+86 138-1234-5678", point.person_name, point.person_name.upper()):
        assert [post.person_id for post in find_people(rows, text)] == [point.person_id], text
    assert not find_people(rows, "1381234567").exists()


def test_page_of_an_organisation_shows_its_people_to_those_within_and_above(network: Network) -> None:
    point, college = network.points[0], network.colleges[0]
    clerk = network.actor(point, Role.DESK_CLERK)

    def shown(actor: Actor, organisation: Organisation) -> list[str]:
        return sorted(str(post.role) for post in posts_shown(actor, organisation, TODAY))

    both = ["desk_clerk", "tier_admin"]
    assert shown(network.actor(point), point) == both
    assert shown(clerk, point) == both
    assert shown(network.actor(college), point) == both
    assert shown(network.office_admin, point) == both
    network.actor(college, Role.DESK_CLERK)
    assert shown(network.actor(point), college) == ["tier_admin"]
    assert shown(network.actor(college), college) == both


def test_personal_data_in_full_for_whoever_answers_for_the_person_and_says_why(network: Network) -> None:
    point = network.actor(network.points[0])
    person = give_phone(point)
    for actor in (network.actor(network.colleges[0]), network.office_admin):
        assert (
            reveal_personal_data(actor=actor, at=AT, person=person, field="phone", reason="送书联系") == PHONE
        )
        entry = AuditEntry.objects.latest("id")
        assert (entry.verb, entry.note, entry.after) == (
            "orgs.reveal_personal_data",
            "送书联系",
            {"field": "phone"},
        )
        assert (entry.subject_id, entry.person_id) == (str(person.pk), actor.person_id)
    with pytest.raises(Invalid):
        reveal_personal_data(actor=network.office_admin, at=AT, person=person, field="phone", reason=" ")
    assert reveal_personal_data(actor=point, at=AT, person=person, field="phone", reason="") == PHONE


def test_neighbours_clerks_and_former_administrators_see_nothing(network: Network) -> None:
    point = network.actor(network.points[0])
    person = give_phone(point)
    for actor in (
        network.actor(network.colleges[1]),
        network.actor(network.points[1]),
        network.actor(network.points[0], Role.DESK_CLERK),
        network.actor(network.office, Role.AUDITOR),
        network.supplier_clerk,
        Actor.visitor(),
    ):
        with pytest.raises(NotAllowed):
            reveal_personal_data(actor=actor, at=AT, person=person, field="phone", reason="想看")
    end_post(actor=PLATFORM, at=AT, post=Post.objects.get(pk=point.post_id), reason="退休")
    with pytest.raises(NotAllowed):
        reveal_personal_data(
            actor=network.actor(network.colleges[0]), at=AT, person=person, field="phone", reason="想看"
        )
    assert AuditEntry.objects.filter(verb="orgs.reveal_personal_data", outcome=Outcome.REFUSED).count() == 7


def test_first_password_is_renewed_by_whoever_fills_every_post(network: Network) -> None:
    college, point = network.actor(network.colleges[0]), network.actor(network.points[0])
    person = person_of(point)
    renew_password(actor=college, at=AT, person=person, password="Kbtm-7392-wpxq")
    person.refresh_from_db()
    assert person.must_change_password
    assert person.check_password("Kbtm-7392-wpxq")
    assert "Kbtm" not in str(list(AuditEntry.objects.values_list("before", "after", "note")))


def test_password_opens_all_posts_so_one_of_many_is_not_enough(network: Network) -> None:
    college, point = network.actor(network.colleges[0]), network.actor(network.points[0])
    person = person_of(point)
    second = appoint(
        actor=PLATFORM,
        at=AT,
        person=person,
        organisation=network.office,
        role=Role.RESOURCE_REVIEWER,
        starts_on=TODAY + timedelta(days=30),
    )
    with pytest.raises(NotTheirAdministrator):
        renew_password(actor=college, at=AT, person=person, password="Kbtm-7392-wpxq")
    end_post(actor=network.office_admin, at=AT, post=second, reason="取消")
    renew_password(actor=college, at=AT, person=person, password="Kbtm-7392-wpxq")


def test_nobody_else_renews_passwords(network: Network) -> None:
    person = person_of(network.actor(network.points[0]))
    stray = make_person("stray")
    for actor in (
        network.office_admin,
        network.actor(network.colleges[1]),
        network.actor(network.points[0]),
        network.actor(network.points[0], Role.DESK_CLERK),
        Actor.visitor(),
    ):
        for target in (person, stray):
            before = target.password
            with pytest.raises(NotTheirAdministrator):
                renew_password(actor=actor, at=AT, person=target, password="Kbtm-7392-wpxq")
            target.refresh_from_db()
            assert target.password == before
