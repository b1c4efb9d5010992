"""Delegated authority: who fills which post, from when, and when it is over (S1-40, S0-13)."""

from datetime import date, timedelta

import pytest
from tests.factories.orgs import (
    AT,
    PLATFORM,
    Network,
    make_actor,
    make_organisation,
    make_person,
    small_network,
)

from lianxue.accounts.models import Person
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.orgs.enums import Chain, OrganisationKind, Role
from lianxue.orgs.errors import (
    BadTerm,
    NoReason,
    NoSuchPost,
    NotDirectlyBelow,
    OwnAppointment,
    PostEnded,
    PostHeld,
    RoleDoesNotFit,
)
from lianxue.orgs.models import Actor, Organisation, Post
from lianxue.orgs.operations import appoint, appoint_new_person, choose_post, end_post
from lianxue.orgs.queries import actor_for, posts_in_force

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


def place(network: Network, name: str) -> Organisation:
    return {
        "office": network.office,
        "college": network.colleges[0],
        "other college": network.colleges[1],
        "point": network.points[0],
        "other point": network.points[3],
        "supplier": network.supplier,
    }[name]


ADMIN, DESK, REVIEW = Role.TIER_ADMIN, Role.DESK_CLERK, Role.RESOURCE_REVIEWER
AUDIT, SUPPLY, OPERATE, EXPERT = Role.AUDITOR, Role.SUPPLIER_CLERK, Role.SYSTEM_OPERATOR, Role.EXPERT

# Whose administrator may fill what: (organisation of the actor, organisation of the post) -> roles.
ALLOWED: dict[tuple[str, str], set[Role]] = {
    ("office", "office"): {DESK, REVIEW, AUDIT, EXPERT},
    ("office", "college"): {ADMIN},
    ("office", "other college"): {ADMIN},
    ("office", "supplier"): {SUPPLY},
    ("college", "college"): {DESK, EXPERT},  # panels sit where filings come together
    ("college", "point"): {ADMIN},
    ("other college", "other college"): {DESK, EXPERT},
    ("other college", "other point"): {ADMIN},
    ("point", "point"): {DESK},
    ("other point", "other point"): {DESK},
}
PLACES = ("office", "college", "other college", "point", "other point", "supplier")


@pytest.mark.parametrize("own", ["office", "college", "other college", "point", "other point"])
def test_matrix_of_authority(network: Network, own: str) -> None:
    actor = network.actor(place(network, own))
    for number, (target, role) in enumerate((p, r) for p in PLACES for r in Role):
        person = make_person(f"person{number}")
        entries = AuditEntry.objects.count()
        if role in ALLOWED.get((own, target), set()):
            post = appoint(
                actor=actor,
                at=AT,
                person=person,
                organisation=place(network, target),
                role=role,
                starts_on=TODAY,
            )
            assert (post.appointed_by_id, post.role) == (actor.person_id, role)
            assert AuditEntry.objects.count() == entries + 1
        else:
            with pytest.raises(NotDirectlyBelow):
                appoint(
                    actor=actor,
                    at=AT,
                    person=person,
                    organisation=place(network, target),
                    role=role,
                    starts_on=TODAY,
                )
            assert not person.posts.exists()
            assert AuditEntry.objects.filter(outcome=Outcome.REFUSED).latest("id").verb == "orgs.appoint"


@pytest.mark.parametrize("role", [DESK, REVIEW, AUDIT, OPERATE])
def test_only_administrators_appoint(network: Network, role: Role) -> None:
    actor = network.actor(network.office, role)
    for target in PLACES:
        for filled in Role:
            with pytest.raises(NotDirectlyBelow):
                appoint(
                    actor=actor,
                    at=AT,
                    person=make_person(f"{target}-{filled}".replace(" ", "-")),
                    organisation=place(network, target),
                    role=filled,
                    starts_on=TODAY,
                )
    assert not Post.objects.filter(starts_on=TODAY).exists()


def test_authority_of_a_deeper_network_is_one_step_too(network: Network) -> None:
    """Province, city, county, school: depth is data, the rule stays (S1-40: 省-市-县-校 逐级授权)."""
    province = make_organisation("province", OrganisationKind.OTHER)
    city = make_organisation("city", OrganisationKind.OTHER, province)
    county = make_organisation("county", OrganisationKind.OTHER, city)
    school = make_organisation("school", OrganisationKind.COMMUNITY_SCHOOL, county)
    chain = [province, city, county, school]
    for i, own in enumerate(chain):
        actor = make_actor(own)
        assert actor.tier == i + 1
        for j, target in enumerate(chain):
            person = make_person(f"p{i}{j}")
            if j == i + 1:
                appoint(actor=actor, at=AT, person=person, organisation=target, role=ADMIN, starts_on=TODAY)
            else:
                with pytest.raises(NotDirectlyBelow):
                    appoint(
                        actor=actor, at=AT, person=person, organisation=target, role=ADMIN, starts_on=TODAY
                    )


def test_nobody_appoints_themselves(network: Network) -> None:
    actor = network.actor(network.office)
    with pytest.raises(OwnAppointment):
        appoint(
            actor=actor,
            at=AT,
            person=Person.objects.get(pk=actor.person_id),
            organisation=network.office,
            role=AUDIT,
            starts_on=TODAY,
        )
    assert Post.objects.filter(role=AUDIT).count() == 0


def test_suppliers_have_clerks_and_nobody_else_has(network: Network) -> None:
    person = make_person("somebody")
    for organisation, role in ((network.office, SUPPLY), (network.supplier, ADMIN), (network.supplier, DESK)):
        with pytest.raises(RoleDoesNotFit):
            appoint(
                actor=PLATFORM, at=AT, person=person, organisation=organisation, role=role, starts_on=TODAY
            )


def test_same_post_in_terms_that_overlap_is_held_already(network: Network) -> None:
    person, point, actor = make_person("somebody"), network.points[0], network.actor(network.colleges[0])

    def give(starts_on: date, ends_on: date | None = None) -> Post:
        return appoint(
            actor=actor,
            at=AT,
            person=person,
            organisation=point,
            role=ADMIN,
            starts_on=starts_on,
            ends_on=ends_on,
        )

    give(TODAY, TODAY + 10 * DAY)
    for starts_on, ends_on in (
        (TODAY, None),
        (TODAY + 10 * DAY, None),
        (TODAY - 5 * DAY, TODAY),
        (TODAY - 5 * DAY, None),
        (TODAY + DAY, TODAY + 2 * DAY),
    ):
        with pytest.raises(PostHeld):
            give(starts_on, ends_on)
    give(TODAY - 5 * DAY, TODAY - DAY)
    following = give(TODAY + 11 * DAY)
    with pytest.raises(PostHeld):
        give(TODAY + 20 * DAY, TODAY + 30 * DAY)
    end_post(actor=actor, at=AT, post=following, reason="调岗")
    give(TODAY + 20 * DAY)
    with pytest.raises(BadTerm):
        give(TODAY, TODAY - DAY)


def test_term_decides_when_a_post_is_in_force(network: Network) -> None:
    person = make_person("somebody")
    post = appoint(
        actor=PLATFORM,
        at=AT,
        person=person,
        organisation=network.points[0],
        role=ADMIN,
        starts_on=TODAY,
        ends_on=TODAY + DAY,
    )
    for day, held in ((TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True), (TODAY + 2 * DAY, False)):
        assert posts_in_force(person.pk, day).exists() is held
        assert post.is_in_force(day) is held


def test_ended_post_loses_its_authority_at_once(network: Network) -> None:
    college = network.actor(network.colleges[0])
    point = network.actor(network.points[0])
    post = Post.objects.get(pk=point.post_id)
    ended = end_post(actor=college, at=AT, post=post, reason=" 退休 ")
    assert (ended.ended_at, ended.ends_on, ended.ended_reason) == (AT, TODAY, "退休")
    assert not posts_in_force(point.person_id or 0, TODAY).exists()
    assert not ended.is_in_force(TODAY)
    entry = AuditEntry.objects.get(verb="orgs.end_post")
    assert entry.before == {"ends_on": None, "ended_at": None, "ended_reason": ""}
    assert entry.after == {"ends_on": "2026-03-02", "ended_at": AT.isoformat(), "ended_reason": "退休"}
    with pytest.raises(PostEnded):
        end_post(actor=college, at=AT, post=post, reason="退休")


def test_post_of_somebody_whose_organisation_is_closed_is_not_in_force(network: Network) -> None:
    point = network.actor(network.points[0])
    Organisation.objects.filter(pk=network.points[0].pk).update(is_active=False)
    assert not posts_in_force(point.person_id or 0, TODAY).exists()


def test_post_can_be_given_a_last_day_and_then_ended_earlier(network: Network) -> None:
    college = network.actor(network.colleges[0])
    post = Post.objects.get(pk=network.actor(network.points[0]).post_id)
    for wrong in (TODAY - DAY, post.starts_on - DAY):
        with pytest.raises(BadTerm):
            end_post(actor=college, at=AT, post=post, reason="调岗", ends_on=wrong)
    end_post(actor=college, at=AT, post=post, reason="调岗", ends_on=TODAY + 30 * DAY)
    with pytest.raises(BadTerm):
        end_post(actor=college, at=AT, post=post, reason="调岗", ends_on=TODAY + 31 * DAY)
    assert posts_in_force(post.person_id, TODAY + 30 * DAY).exists()
    assert not posts_in_force(post.person_id, TODAY + 31 * DAY).exists()
    end_post(actor=college, at=AT, post=post, reason="提前离岗")
    assert not posts_in_force(post.person_id, TODAY).exists()


def test_post_that_has_not_begun_can_be_ended(network: Network) -> None:
    college, person = network.actor(network.colleges[0]), make_person("somebody")
    post = appoint(
        actor=college,
        at=AT,
        person=person,
        organisation=network.points[0],
        role=ADMIN,
        starts_on=TODAY + 5 * DAY,
    )
    ended = end_post(actor=college, at=AT, post=post, reason="取消")
    assert ended.ends_on == TODAY + 5 * DAY
    assert not posts_in_force(person.pk, TODAY + 5 * DAY).exists()


def test_who_ends_a_post_is_who_could_fill_it_and_says_why(network: Network) -> None:
    post = Post.objects.get(pk=network.actor(network.points[0]).post_id)
    for actor in (
        network.actor(network.office),
        network.actor(network.colleges[1]),
        network.actor(network.points[1]),
        network.actor(network.points[0], DESK),
    ):
        with pytest.raises(NotDirectlyBelow):
            end_post(actor=actor, at=AT, post=post, reason="退休")
    with pytest.raises(NoReason):
        end_post(actor=network.actor(network.colleges[0]), at=AT, post=post, reason="  ")
    post.refresh_from_db()
    assert (post.ended_at, post.ends_on) == (None, None)


def test_nobody_ends_their_own_post(network: Network) -> None:
    actor = network.actor(network.office)
    person = Person.objects.get(pk=actor.person_id)
    post = appoint(
        actor=PLATFORM, at=AT, person=person, organisation=network.office, role=AUDIT, starts_on=TODAY
    )
    with pytest.raises(OwnAppointment):
        end_post(actor=actor, at=AT, post=post, reason="不想干了")


def test_new_person_is_registered_and_appointed_or_neither(network: Network) -> None:
    college = network.actor(network.colleges[0])

    def register(organisation: Organisation, username: str = "LiQiang") -> Post:
        return appoint_new_person(
            actor=college,
            at=AT,
            organisation=organisation,
            role=ADMIN,
            starts_on=TODAY,
            username=username,
            full_name="李强",
            first_password="Kbtm-7392-wpxq",
            phone="13812345678",
        )

    with pytest.raises(NotDirectlyBelow):
        register(network.points[3])
    assert not Person.objects.filter(username="LiQiang").exists()
    post = register(network.points[0])
    assert post.person.must_change_password
    assert post.person.check_password("Kbtm-7392-wpxq")
    assert post.person.masked_phone == "138****5678"
    verbs = AuditEntry.objects.filter(outcome=Outcome.DONE).order_by("-id").values_list("verb", flat=True)
    assert set(verbs[:2]) == {"accounts.create_person", "orgs.appoint"}


def test_one_person_several_posts_and_the_choice_between_them(network: Network) -> None:
    actor = network.actor(network.points[0])
    person = Person.objects.get(pk=actor.person_id)
    second = appoint(
        actor=PLATFORM, at=AT, person=person, organisation=network.points[3], role=DESK, starts_on=TODAY
    )
    assert choose_post(actor=actor, at=AT, post_id=second.pk) == second
    other = actor_for(person, second)
    assert (other.role, other.organisation_id, other.tier) == (DESK, network.points[3].pk, 3)
    assert actor.path.endswith(f"/{network.points[0].pk}/")


def test_posts_of_others_ended_and_coming_ones_cannot_be_chosen(network: Network) -> None:
    actor = network.actor(network.points[0])
    person = Person.objects.get(pk=actor.person_id)
    foreign = network.actor(network.points[1]).post_id
    coming = appoint(
        actor=PLATFORM, at=AT, person=person, organisation=network.points[3], role=DESK, starts_on=TODAY + DAY
    )
    ended = appoint(
        actor=PLATFORM, at=AT, person=person, organisation=network.points[4], role=DESK, starts_on=TODAY
    )
    end_post(actor=PLATFORM, at=AT, post=ended, reason="调岗")
    for post_id in (foreign, coming.pk, ended.pk, 10**9):
        with pytest.raises(NoSuchPost):
            choose_post(actor=actor, at=AT, post_id=post_id or 0)


def test_actor_outside_the_distribution_chain_has_no_tier(network: Network) -> None:
    clerk = network.supplier_clerk
    assert (clerk.tier, clerk.path) == (None, "")
    assert Chain.SUPPLY in {node.chain for node in network.supplier.places.all()}
    assert isinstance(clerk, Actor)
