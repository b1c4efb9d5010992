"""The demonstration network is the published one: 409 organisations, each in its place (S0-20…28)."""

from collections import Counter
from pathlib import Path

import pytest

from lianxue.demo.network import DATA, NetworkOrganisation, read_network
from lianxue.orgs.enums import Chain, OrganisationKind

PUBLISHED = {
    "guidance_office": 1,  # S0-27
    "community_college": 16,  # S0-21
    "elder_university": 4,  # S0-22
    "elder_group_office": 1,  # S0-23
    "community_school": 217,  # S0-24
    "elder_branch": 71,  # S0-25
    "care_learning_point": 99,  # S0-26
}
# Service teams and education administration are a network of their own.
CHAINS = set(Chain.values) - {Chain.RESOURCE_SERVICE, Chain.EDUCATION_ADMINISTRATION}
POINTS = {"community_school", "elder_branch", "care_learning_point"}


@pytest.fixture(scope="module")
def network() -> tuple[NetworkOrganisation, ...]:
    return read_network()


@pytest.fixture(scope="module")
def by_code(network: tuple[NetworkOrganisation, ...]) -> dict[str, NetworkOrganisation]:
    return {o.code: o for o in network}


def test_the_counts_are_the_published_ones(network: tuple[NetworkOrganisation, ...]) -> None:
    tiers = Counter(o.kind for o in network if "distribution" in o.superiors)
    assert tiers == PUBLISHED
    assert tiers.total() == 409  # S0-27: 1 + 21 + 387
    assert sum(tiers[kind] for kind in POINTS) == 387


def test_suppliers_stand_only_below_the_office_in_the_supply_chain(
    network: tuple[NetworkOrganisation, ...],
) -> None:
    suppliers = [o for o in network if o.kind == "supplier"]
    assert [o.name for o in suppliers[:2]] == ["上海教育软件发展有限公司", "上海教育音像出版社"]  # S0-09
    assert all(dict(o.superiors) == {"supply": "SH-GO"} for o in suppliers)


def test_codes_names_kinds_and_chains_are_known_and_unique(network: tuple[NetworkOrganisation, ...]) -> None:
    assert len({o.code for o in network}) == len(network)
    assert len({o.name for o in network}) == len(network)
    assert {o.kind for o in network} <= set(OrganisationKind.values)
    assert {chain for o in network for chain in o.superiors} == CHAINS
    assert max(len(o.code) for o in network) <= 40
    assert max(len(o.name) for o in network) <= 120


def test_every_chain_is_a_tree_with_the_superior_listed_first(
    network: tuple[NetworkOrganisation, ...],
) -> None:
    seen: dict[str, set[str]] = {chain: set() for chain in CHAINS}
    tops: dict[str, list[str]] = {chain: [] for chain in CHAINS}
    for o in network:
        for chain, superior in o.superiors.items():
            if superior is None:
                tops[chain].append(o.code)
            else:
                assert superior in seen[chain], (o.code, chain)
            seen[chain].add(o.code)
    assert tops == {
        "distribution": ["SH-GO"],
        "community_education": ["SH-GO"],
        "elder_education": ["SH-EG"],
        "care_learning": ["SH-EG"],
        "supply": ["SH-GO"],
    }


def test_who_reports_to_whom(by_code: dict[str, NetworkOrganisation]) -> None:
    reporting = Counter(
        (o.kind, by_code[above].kind) for o in by_code.values() if (above := o.superiors.get("distribution"))
    )
    assert reporting == {
        ("elder_group_office", "guidance_office"): 1,
        ("elder_university", "guidance_office"): 4,
        ("community_college", "guidance_office"): 16,
        ("community_school", "community_college"): 217,
        ("care_learning_point", "community_college"): 99,
        ("elder_branch", "elder_university"): 63,
        ("elder_branch", "elder_group_office"): 8,
    }


def test_each_point_stands_in_the_system_of_its_kind(by_code: dict[str, NetworkOrganisation]) -> None:
    systems = {
        "community_school": "community_education",
        "elder_branch": "elder_education",
        "care_learning_point": "care_learning",
    }
    for o in by_code.values():
        if o.kind in POINTS:
            assert set(o.superiors) == {"distribution", systems[o.kind]}
        if o.kind == "care_learning_point":
            assert o.superiors["care_learning"] == "SH-EG"


def test_schools_and_care_points_report_within_their_district(
    by_code: dict[str, NetworkOrganisation],
) -> None:
    for o in by_code.values():
        if o.kind in {"community_school", "care_learning_point"}:
            college = by_code[o.superiors["distribution"] or ""]
            assert college.division_code[:6] == o.division_code[:6]


def test_every_district_has_points_of_every_kind(network: tuple[NetworkOrganisation, ...]) -> None:
    districts = {o.division_code[:6] for o in network if o.kind == "community_college"}
    for kind in POINTS:
        assert {o.division_code[:6] for o in network if o.kind == kind} - {"310000"} == districts


def test_names_that_are_not_public_are_marked(network: tuple[NetworkOrganisation, ...]) -> None:
    assert {o.name_source for o in network} == {
        "S0",
        "public",
        "division",
        "inferred",
        "unconfirmed",
        "sample",
    }
    for o in network:
        assert o.is_sample == (o.name_source in {"inferred", "unconfirmed", "sample"}), o.code
        assert ("示例" in o.name) == (o.name_source == "sample"), o.code


def test_the_tables_read_the_same_twice() -> None:
    assert read_network() == read_network()


@pytest.mark.parametrize(
    ("table", "line", "complaint"),
    [
        ("organisations.csv", "SH-GO,again,guidance_office,310000000000,false,S0,,", "SH-GO stands twice"),
        ("chain_places.csv", "distribution,SH-XX,SH-GO", "unknown organisation SH-XX"),
        ("chain_places.csv", "supply,SH-CC-310101,SH-CC-999999", "SH-CC-310101 has no SH-CC-999999 above it"),
        ("chain_places.csv", "supply,SH-EG,SH-CC-310101", "SH-EG has no SH-CC-310101 above it in supply"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, table: str, line: str, complaint: str) -> None:
    for name in ("organisations.csv", "chain_places.csv"):
        text = (DATA / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text + (line + "\n" if name == table else ""), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_network(tmp_path)
