"""Administrative divisions: how deep the tree goes is data (省-市-县-乡), and zones count in no official number."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factories.orgs import AT, PLATFORM, small_network

from lianxue.kernel.errors import NotAllowed
from lianxue.orgs.models import Division, Organisation
from lianxue.orgs.operations import load_divisions
from lianxue.orgs.queries.network import counties_of, lying_in


def load(*provinces: str) -> None:
    load_divisions(actor=PLATFORM, at=AT, provinces=frozenset(provinces))


def count(level: int, kind: str | None = None, *, zones: bool = False) -> int:
    rows = Division.objects.filter(level=level, is_functional_zone=zones)
    return (rows if kind is None else rows.filter(kind=kind)).count()


@pytest.mark.django_db
def test_shanghai_has_districts_directly_below_the_city() -> None:
    load("31")
    city = Division.objects.get(level=1)
    assert (city.code, city.name, city.parent) == ("310000000000", "上海市", None)
    assert count(2) == 16
    assert set(Division.objects.filter(level=2).values_list("parent_id", flat=True)) == {city.code}
    assert (count(3, "街道"), count(3, "镇"), count(3, "乡")) == (107, 106, 2)
    assert (count(3), count(3, zones=True)) == (215, 19)
    assert not Division.objects.filter(level=4).exists()
    assert not Division.objects.filter(name="市辖区").exists()
    assert Division.objects.get(name="外滩街道").parent == Division.objects.get(name="黄浦区")


@pytest.mark.django_db
def test_zhejiang_and_jiangsu_have_four_levels() -> None:
    load("33")
    assert [count(level) for level in (1, 2, 3)] == [1, 11, 90]
    assert (count(4, "街道"), count(4, "镇"), count(4, "乡"), count(4, zones=True)) == (488, 618, 258, 23)
    assert Division.objects.filter(level=4).count() == 1387
    load("32")
    jiangsu = Division.objects.filter(code__startswith="32")
    assert jiangsu.filter(level=2).count() == 13
    assert jiangsu.filter(level=3, is_functional_zone=False).count() == 95
    assert jiangsu.filter(level=3, is_functional_zone=True).count() == 9
    assert jiangsu.filter(level=4).count() == 1487
    kinds = ("街道", "镇", "乡", "类似乡级单位")
    assert [jiangsu.filter(level=4, kind=kind).count() for kind in kinds] == [495, 691, 17, 284]
    assert Division.objects.get(code="320576000000").is_functional_zone


@pytest.mark.django_db
def test_every_division_hangs_on_one_level_above() -> None:
    load_divisions(actor=PLATFORM, at=AT)
    rows = Division.objects.select_related("parent")
    assert rows.filter(level=1).count() == 4
    for division in rows.filter(level__gt=1):
        assert division.parent is not None
        assert division.parent.level == division.level - 1


@pytest.mark.django_db
def test_loading_again_renames_and_doubles_nothing() -> None:
    load("31")
    Division.objects.filter(code="310101000000").update(name="旧名")
    before = Division.objects.count()
    load("31")
    assert Division.objects.count() == before
    assert Division.objects.get(code="310101000000").name == "黄浦区"


@pytest.mark.django_db
def test_only_the_platform_loads_them() -> None:
    network = small_network()
    with pytest.raises(NotAllowed):
        load_divisions(actor=network.office_admin, at=AT)
    assert not Division.objects.exists()


@pytest.mark.django_db
def test_another_file_may_go_to_any_depth(tmp_path: Path) -> None:
    source = tmp_path / "divisions.csv"
    source.write_text(
        "code,name,level,parent,kind\n"
        "990000000000,省,1,,省级\n990100000000,市,2,990000000000,地级\n990101000000,县,3,990100000000,县级\n"
        "990101100000,镇,4,990101000000,镇\n990101100001,村,5,990101100000,村\n",
        encoding="utf-8",
    )
    load_divisions(actor=PLATFORM, at=AT, source=source)
    assert list(Division.objects.values_list("level", flat=True)) == [1, 2, 3, 4, 5]


@pytest.fixture
def in_division(db: None) -> Callable[[str, str], Organisation]:
    load("31", "33")

    def make(code: str, division: str) -> Organisation:
        return Organisation.objects.create(code=code, name=code, kind="other", division_id=division)

    return make


def test_organisations_are_found_by_any_division_around_them(
    in_division: Callable[[str, str], Organisation],
) -> None:
    street = Division.objects.get(name="外滩街道", parent__name="黄浦区")
    a = in_division("a", street.code)
    b = in_division("b", "310101000000")
    c = in_division("c", "310110000000")
    d = in_division("d", "330106000000")
    every = Organisation.objects.order_by("code")
    assert list(lying_in(every, street)) == [a]
    assert list(lying_in(every, Division.objects.get(code="310101000000"))) == [a, b]
    assert list(lying_in(every, Division.objects.get(code="310000000000"))) == [a, b, c]
    assert list(lying_in(every, Division.objects.get(code="330100000000"))) == [d]
    assert [county.code[:6] for county in counties_of(every)] == ["310101", "310110", "330106"]
