"""Registering organisations, giving them places, and changing what is known of them."""

from typing import Any

import pytest
from tests.factories.orgs import AT, PLATFORM, Network, make_organisation, small_network

from lianxue.kernel.errors import NotAllowed, Refused
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.enums import Chain, OrganisationKind, Role
from lianxue.orgs.errors import BadOrganisation, BadPlace, CodeTaken, CreditCodeTaken, NotAbove, PlaceTaken
from lianxue.orgs.models import Actor, ChainNode, Organisation, uscc_fault
from lianxue.orgs.operations import change_organisation, place_in_chain, register_organisation, usual_places
from lianxue.orgs.queries import children_of, places_of, points_below, superior_of, tier_of, with_tier

USCC = "91350100M000100Y43"


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


def register(actor: Actor, above: Organisation | None, code: str = "new", **more: Any) -> Organisation:
    given: dict[str, Any] = {
        "name": "新学校",
        "kind": OrganisationKind.COMMUNITY_SCHOOL,
        "places": {Chain.DISTRIBUTION: above},
    }
    return register_organisation(actor=actor, at=AT, code=code, **given | more)


def test_registered_below_its_superior_with_path_and_tier(network: Network) -> None:
    college = network.colleges[0]
    school = register(network.actor(college), college, name=" 新学校 ")
    node = ChainNode.objects.get(organisation=school)
    assert (school.name, node.depth, node.superior) == ("新学校", 3, college)
    assert node.path == f"/{network.office.pk}/{college.pk}/{school.pk}/"
    assert (tier_of(school.pk), superior_of(school.pk)) == (3, college)
    assert school in children_of(college.pk)
    entry = AuditEntry.objects.get(verb="orgs.register_organisation", subject_id=str(school.pk))
    assert entry.after is not None
    assert entry.after["places"] == {"distribution": "college-1"}


def test_who_may_register_where(network: Network) -> None:
    office, college, point = (
        network.actor(one) for one in (network.office, network.colleges[0], network.points[0])
    )
    register(office, network.office, "a")
    register(office, network.colleges[1], "b")
    register(college, network.colleges[0], "c")
    register(point, network.points[0], "d")
    elsewhere = make_organisation("elsewhere", OrganisationKind.GUIDANCE_OFFICE)
    for actor, above in (
        (college, network.colleges[1]),
        (college, network.office),
        (college, network.points[0]),
        (college, None),
        (office, None),
        (office, elsewhere),
        (network.actor(network.office, Role.AUDITOR), network.office),
        (network.actor(network.colleges[0], Role.DESK_CLERK), network.colleges[0]),
        (Actor.visitor(), network.office),
    ):
        with pytest.raises(NotAbove):
            register(actor, above, "e")
    with pytest.raises(NotAbove):
        register(college, None, "e", places={})
    with pytest.raises(NotAbove):  # one foreign place spoils it
        register(
            college,
            None,
            "e",
            places={Chain.DISTRIBUTION: network.colleges[0], Chain.SUPPLY: network.office},
        )
    assert not Organisation.objects.filter(code="e").exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "has space"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "x" * 41}, "code"),
        ({"name": "  "}, "name"),
        ({"name": "名" * 121}, "name"),
        ({"uscc": "91350100M000100Y44"}, "uscc"),
        ({"uscc": "12345"}, "uscc"),
        ({"latitude": 31.2}, "latitude"),
        ({"latitude": 91.0, "longitude": 121.0}, "latitude"),
        ({"telephone": "1" * 41}, "telephone"),
    ],
)
def test_faulty_data_is_named_by_field_and_nothing_kept(
    network: Network, given: dict[str, Any], field: str
) -> None:
    before = Organisation.objects.count()
    with pytest.raises(BadOrganisation) as refused:
        register(network.office_admin, network.office, **({"code": "new"} | given))
    assert list(refused.value.fields) == [field]
    assert Organisation.objects.count() == before


def test_code_and_credit_code_are_unique(network: Network) -> None:
    register(network.office_admin, network.office, "first", uscc=USCC.lower())
    with pytest.raises(CodeTaken):
        register(network.office_admin, network.office, "first")
    with pytest.raises(CreditCodeTaken):
        register(network.office_admin, network.office, "second", uscc=USCC)
    register(network.office_admin, network.office, "third")
    register(network.office_admin, network.office, "fourth")


def test_superior_must_stand_in_the_chain(network: Network) -> None:
    with pytest.raises(BadPlace):
        register(
            network.office_admin,
            None,
            places={Chain.DISTRIBUTION: network.office, Chain.CARE_LEARNING: network.office},
        )
    assert not Organisation.objects.filter(code="new").exists()


def test_organisation_stands_in_several_chains(network: Network) -> None:
    office, college, school = network.office, network.colleges[0], network.points[0]
    chain = Chain.COMMUNITY_EDUCATION
    for organisation, above in ((office, None), (college, office), (school, college)):
        place_in_chain(actor=PLATFORM, at=AT, organisation=organisation, chain=chain, superior=above)
    places = {place.chain: place for place in places_of(school)}
    assert list(places) == [Chain.DISTRIBUTION, chain]
    assert places[chain].superiors == (office, college)
    assert places[chain].depth == 3
    with pytest.raises(PlaceTaken):
        place_in_chain(actor=PLATFORM, at=AT, organisation=school, chain=chain, superior=office)
    with pytest.raises(NotAbove):
        place_in_chain(
            actor=network.actor(college), at=AT, organisation=network.points[3], chain=chain, superior=college
        )
    place_in_chain(
        actor=network.actor(college), at=AT, organisation=network.points[1], chain=chain, superior=college
    )


def test_usual_places_follow_the_kind(network: Network) -> None:
    office, college = network.office, network.colleges[0]
    kind = OrganisationKind
    assert usual_places(kind.SUPPLIER, office) == {Chain.SUPPLY: office}
    assert usual_places(kind.COMMUNITY_SCHOOL, college) == {Chain.DISTRIBUTION: college}
    for organisation, above in ((office, None), (college, office)):
        place_in_chain(
            actor=PLATFORM,
            at=AT,
            organisation=organisation,
            chain=Chain.COMMUNITY_EDUCATION,
            superior=above,
        )
    assert usual_places(kind.COMMUNITY_SCHOOL, college) == {
        Chain.DISTRIBUTION: college,
        Chain.COMMUNITY_EDUCATION: college,
    }
    assert usual_places(kind.CARE_LEARNING_POINT, college) == {Chain.DISTRIBUTION: college}


def test_authorities_and_technology_centres_stand_in_the_tree_of_their_kind(network: Network) -> None:
    kind = OrganisationKind
    trees = {
        Chain.EDUCATION_ADMINISTRATION: (
            kind.EDUCATION_AUTHORITY,
            kind.EDUCATION_AUTHORITY,
            kind.SUBDISTRICT,
        ),
        Chain.RESOURCE_SERVICE: (
            kind.EDUCATION_TECHNOLOGY_CENTRE,
            kind.EDUCATION_TECHNOLOGY_CENTRE,
            kind.SCHOOL,
        ),
    }
    for chain, (top, *beneath) in trees.items():
        office = make_organisation(f"top-{chain}", top, chain=chain)
        for one in beneath:
            assert usual_places(one, office) == {chain: office}
    # Below an office of the tiers it stands in the tiers, as before.
    assert usual_places(kind.SCHOOL, network.office) == {Chain.DISTRIBUTION: network.office}


def test_points_are_those_with_nobody_beneath(network: Network) -> None:
    actor = network.actor(network.colleges[0])
    assert list(points_below(actor.path)) == [network.points[2], network.points[0], network.points[1]]
    rows = {row.code: row for row in with_tier(Organisation.objects.all())}
    assert [(rows[c].tier, rows[c].superior_name) for c in ("office", "college-1", "supplier-1")] == [  # type: ignore[attr-defined]
        (1, None),
        (2, "市学指办"),
        (None, None),
    ]


def test_change_by_its_own_administrator_and_those_above_only(network: Network) -> None:
    school = network.points[0]

    def change(actor: Actor, **more: Any) -> Organisation:
        given: dict[str, Any] = {
            "name": "外滩街道社区学校",
            "division": None,
            "uscc": "",
            "address": "山东南路",
            "telephone": "021-63210000",
            "latitude": 31.23,
            "longitude": 121.49,
        }
        return change_organisation(actor=actor, at=AT, organisation=school, **given | more)

    for actor in (
        network.actor(network.colleges[1]),
        network.actor(network.points[1]),
        network.actor(school, Role.DESK_CLERK),
        network.actor(network.office, Role.AUDITOR),
        Actor.visitor(),
    ):
        with pytest.raises(NotAllowed):
            change(actor)
    school.refresh_from_db()
    assert school.address == ""
    for actor in (network.actor(school), network.actor(network.colleges[0]), network.office_admin):
        assert change(actor, address=actor.organisation_name).address == actor.organisation_name
    entry = AuditEntry.objects.filter(verb="orgs.change_organisation", outcome="done").latest("id")
    assert (entry.before, entry.after) == ({"address": "黄浦区社区学院"}, {"address": "市学指办"})
    with pytest.raises(BadOrganisation):
        change(network.actor(school), name="")


@pytest.mark.parametrize(
    ("code", "is_right"),
    [
        (USCC, True),
        ("12310000425006133D", False),
        ("N2330100MF00000001", False),
        ("9135010OM000100Y43", False),
        (USCC.lower(), False),
        ("", False),
    ],
)
def test_credit_code_has_a_check_character(code: str, is_right: bool) -> None:
    assert (uscc_fault(code) is None) is is_right


def test_sent_twice_registers_once(network: Network) -> None:
    first = register(network.office_admin, network.office, request_key="k")
    again = register(network.office_admin, network.office, request_key="k")
    assert first == again
    with pytest.raises(Refused):
        register(network.office_admin, network.office, request_key="other")
