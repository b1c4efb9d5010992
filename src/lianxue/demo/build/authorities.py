"""Zhejiang's technology centres and Shanghai's education authorities, from the table of divisions."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from lianxue.demo.authorities import Authorities
from lianxue.demo.names import PersonNames
from lianxue.orgs.public import (
    Actor,
    Chain,
    Division,
    Organisation,
    OrganisationKind,
    OrganisationRow,
    import_organisations,
    load_divisions,
    register_organisation,
)

ZHEJIANG, SHANGHAI = "33", "31"
PROVINCE, SECOND, THIRD = 1, 2, 3  # levels of divisions; Shanghai's districts stand directly below the city
STREETS = ("街道", "镇", "乡")
SCHOOLS_IN = "330106"  # 省-市-县-校: the county whose schools are there too
SCHOOLS = ("第一小学（示例）", "第二小学（示例）", "初级中学（示例）")
# What the source documents name and division tables confirm stands as it is; technology centres of cities and counties
# carry the usual name, but whether each is called so was not checked: they are marked as samples.
CENTRE, AUTHORITY = "教育技术中心", "教育局"


def build_resource_service(*, at: datetime, seed: int, cities: int | None = None) -> Authorities:
    """Register the province's centre, those of its cities and counties, and schools in one county (S1-40).

    ``cities`` keeps only so many cities (None: all 11 with their 90 counties).
    """
    load_divisions(actor=Actor.platform(), at=at, provinces=frozenset({ZHEJIANG}))
    office = _register_office(
        "ZJ",
        "浙江省教育技术中心",
        OrganisationKind.EDUCATION_TECHNOLOGY_CENTRE,
        Chain.RESOURCE_SERVICE,
        ZHEJIANG,
        at=at,
    )
    rows = list(_centres(office, cities))
    return _imported(office, Chain.RESOURCE_SERVICE, rows, at=at, names=PersonNames(seed + 33))


def build_education(
    *, at: datetime, seed: int, districts: int | None = None, streets: int | None = None
) -> Authorities:
    """Register the city's education authority, those of its districts, and every street and town (S2-03, S2-51).

    ``districts`` keeps only so many districts, ``streets`` only so many streets in each (None: all).
    """
    load_divisions(actor=Actor.platform(), at=at, provinces=frozenset({SHANGHAI}))
    office = _register_office(
        "SH-EA",
        "上海市教育委员会",
        OrganisationKind.EDUCATION_AUTHORITY,
        Chain.EDUCATION_ADMINISTRATION,
        SHANGHAI,
        at=at,
    )
    rows = list(_streets(office, districts, streets))
    return _imported(office, Chain.EDUCATION_ADMINISTRATION, rows, at=at, names=PersonNames(seed + 31))


def _register_office(
    code: str, name: str, kind: OrganisationKind, chain: Chain, province: str, *, at: datetime
) -> Organisation:
    return register_organisation(
        actor=Actor.platform(),
        at=at,
        code=code,
        name=name,
        kind=kind,
        places={chain: None},
        division=Division.objects.get(code=province.ljust(12, "0")),
    )


def _divisions(province: str, level: int) -> list[Division]:
    rows = Division.objects.filter(code__startswith=province, level=level, is_functional_zone=False)
    return list(rows.order_by("code"))


def _centres(office: Organisation, cities: int | None) -> Iterator[OrganisationRow]:
    kind = OrganisationKind.EDUCATION_TECHNOLOGY_CENTRE
    shown = _divisions(ZHEJIANG, SECOND)[:cities]
    codes = {city.code: f"ZJ-{city.code[:4]}" for city in shown}
    for city in shown:
        yield _row(codes[city.code], f"{city.name}{CENTRE}", kind, office.code, city, is_sample=True)
    counties = [one for one in _divisions(ZHEJIANG, THIRD) if one.parent_id in codes]
    for one in counties:
        code = f"ZJ-{one.code[:6]}"
        yield _row(code, f"{one.name}{CENTRE}", kind, codes[one.parent_id or ""], one, is_sample=True)
        if one.code.startswith(SCHOOLS_IN):
            for number, name in enumerate(SCHOOLS, 1):
                school = f"{one.name}{name}"
                yield _row(f"{code}-{number}", school, OrganisationKind.SCHOOL, code, one, is_sample=True)


def _streets(office: Organisation, districts: int | None, streets: int | None) -> Iterator[OrganisationRow]:
    for district in _divisions(SHANGHAI, SECOND)[:districts]:
        code = f"SH-EA-{district.code[:6]}"
        authority = OrganisationKind.EDUCATION_AUTHORITY
        yield _row(code, f"{district.name}{AUTHORITY}", authority, office.code, district)
        rows = Division.objects.filter(parent=district, kind__in=STREETS).order_by("code")
        for street in rows[:streets]:
            place = f"SH-ST-{street.code[:9]}"
            yield _row(place, street.name, OrganisationKind.SUBDISTRICT, code, street)


def _row(
    code: str,
    name: str,
    kind: OrganisationKind,
    superior: str,
    division: Division,
    *,
    is_sample: bool = False,
) -> OrganisationRow:
    return OrganisationRow(
        number=0,
        code=code,
        name=name,
        kind=kind,
        superior=superior,
        division=division.code,
        is_sample=is_sample,
    )


def _imported(
    office: Organisation,
    chain: Chain,
    rows: Sequence[OrganisationRow],
    *,
    at: datetime,
    names: PersonNames,
) -> Authorities:
    import_organisations(actor=Actor.platform(), at=at, rows=rows)
    made = Organisation.objects.in_bulk([row.code for row in rows], field_name="code")
    organisations = {office.code: office, **{row.code: made[row.code] for row in rows}}
    return Authorities(chain, organisations, {row.code: row.superior for row in rows}, at, names)
