"""Rules of place: on any network the list shows what the page would, and both agree with a walk up the tree."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.orgs import small_network
from tests.orgs.trees import is_above, make_organisations, parents, plant

from lianxue.kernel.rules import Rule, visible
from lianxue.orgs.enums import Chain, Role
from lianxue.orgs.models import Actor, ChainNode, Organisation
from lianxue.orgs.queries import acting_as
from lianxue.orgs.rules import (
    IN_SIGHT,
    above,
    below,
    directly_below,
    has_role,
    own,
    own_or_below,
    own_or_beneath,
)

D, S = Chain.DISTRIBUTION, Chain.SUPPLY

Truth = Callable[[Organisation, Organisation], bool]

RULES: list[tuple[Rule[Actor], Truth]] = [
    (own(""), lambda me, it: me == it),
    (below(""), lambda me, it: is_above(me, it, D)),
    (own_or_below(""), lambda me, it: me == it or is_above(me, it, D)),
    (
        directly_below(""),
        lambda me, it: ChainNode.objects.filter(chain=D, organisation=it, superior=me).exists(),
    ),
    (
        directly_below("", S),
        lambda me, it: ChainNode.objects.filter(chain=S, organisation=it, superior=me).exists(),
    ),
    (own_or_beneath(""), lambda me, it: me == it or is_above(me, it, D) or is_above(me, it, S)),
    (above(""), lambda me, it: is_above(it, me, D) or is_above(it, me, S)),
    (
        IN_SIGHT,
        lambda me, it: (
            me == it or any(is_above(me, it, chain) or is_above(it, me, chain) for chain in (D, S))
        ),
    ),
]


def actor_of(organisation: Organisation, role: Role = Role.TIER_ADMIN) -> Actor:
    place = ChainNode.objects.filter(chain=D, organisation=organisation).first()
    return Actor(
        person_id=1,
        person_name="王芳",
        post_id=1,
        role=role,
        organisation_id=organisation.pk,
        tier=place.depth if place else None,
        path=place.path if place else "",
    )


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(distribution=parents, supply=parents, who=st.integers(0, 11))
def test_list_and_page_agree_on_any_network(
    db: None, distribution: list[int], supply: list[int], who: int
) -> None:
    ChainNode.objects.all().delete()
    Organisation.objects.all().delete()
    everyone = make_organisations(12)
    plant(distribution, D, everyone)
    plant(supply, S, list(reversed(everyone)))
    me = everyone[who]
    actor = actor_of(me)
    for seen_by, truth in RULES:
        wanted = [it for it in everyone if truth(me, it)]
        assert [it for it in everyone if seen_by.holds(actor, it)] == wanted, seen_by.name
        rows = visible(Organisation.objects.order_by("pk"), seen_by, actor)
        assert list(rows) == wanted, seen_by.name


@pytest.mark.django_db
def test_whoever_has_no_place_sees_nothing() -> None:
    network = small_network()
    for actor in (Actor.visitor(), Actor.platform(), Actor(person_id=5, person_name="王芳")):
        for seen_by, _truth in RULES:
            assert not visible(Organisation.objects.all(), seen_by, actor).exists(), seen_by.name
            assert not seen_by.holds(actor, network.office), seen_by.name


@pytest.mark.django_db
def test_rules_follow_a_path_of_fields() -> None:
    network = small_network()
    first, second = network.colleges
    node = ChainNode.objects.get(chain=D, organisation=network.points[0])
    for path in ("organisation", "superior"):
        assert own_or_below(path).holds(actor_of(first), node)
        assert not own_or_below(path).holds(actor_of(second), node)
        assert node in visible(ChainNode.objects.all(), own_or_below(path), actor_of(first))
        assert node not in visible(ChainNode.objects.all(), own_or_below(path), actor_of(second))
    top = ChainNode.objects.get(chain=D, organisation=network.office)
    assert not own_or_below("superior").holds(actor_of(network.office), top)


@pytest.mark.django_db
def test_role_and_tier() -> None:
    network = small_network()
    office, college = actor_of(network.office), actor_of(network.colleges[0])
    clerk = actor_of(network.office, Role.DESK_CLERK)
    rule = has_role(Role.TIER_ADMIN, Role.AUDITOR, tier=1)
    assert [rule.holds(actor, None) for actor in (office, college, clerk)] == [True, False, False]
    assert has_role(Role.TIER_ADMIN).holds(college, None)


@pytest.mark.django_db
def test_access_by_post() -> None:
    network = small_network()

    class Request:
        def __init__(self, actor: Actor) -> None:
            self.actor = actor

    office, college, point = (
        Request(actor_of(organisation))
        for organisation in (network.office, network.colleges[0], network.points[0])
    )
    requests = (office, college, point)
    assert [acting_as(Role.TIER_ADMIN, tier=2).allows(r) for r in requests] == [False, True, False]
    assert [acting_as(Role.TIER_ADMIN, below_tier=1).allows(r) for r in requests] == [False, True, True]
    assert [acting_as(Role.AUDITOR).allows(r) for r in requests] == [False] * 3
    either = acting_as(Role.AUDITOR) | acting_as(Role.TIER_ADMIN, tier=1)
    assert [either.allows(r) for r in requests] == [True, False, False]
    assert either.name == "auditor or tier_admin of tier 1"
