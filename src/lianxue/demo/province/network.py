"""The network of the made-up province: the cities, counties and towns of a real one, with points that do not exist."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle, islice

from lianxue.accounts.public import create_person
from lianxue.demo.names import PersonNames
from lianxue.orgs.public import (
    Actor,
    Chain,
    Division,
    Organisation,
    OrganisationKind,
    OrganisationRow,
    Role,
    actor_for,
    appoint,
    import_organisations,
    load_divisions,
    register_organisation,
)

Step = Callable[[str, int, int], None]
PROVINCE = "32"
CITY, COUNTY, TOWN = 2, 3, 4  # levels of divisions
SUPPLIERS = 4


@dataclass
class ProvinceNetwork:
    """Its organisations level by level; ``actor`` appoints who acts for one when first asked."""

    office: Organisation
    cities: list[Organisation]
    counties: list[Organisation]
    points: list[Organisation]
    suppliers: list[Organisation]
    at: datetime
    names: PersonNames
    _actors: dict[int, Actor] = field(default_factory=dict)

    def some_points(self, count: int) -> list[Organisation]:
        """Return at most ``count`` points from all over the province."""
        return self.points[:: max(1, len(self.points) // count)][:count]

    def actor(self, organisation: Organisation) -> Actor:
        """Return the person who acts for an organisation."""
        if organisation.pk not in self._actors:
            supplies = organisation.kind == OrganisationKind.SUPPLIER
            platform = Actor.platform()
            person = create_person(
                actor=platform, at=self.at, username=organisation.code.lower(), full_name=self.names.worker()
            )
            post = appoint(
                actor=platform,
                at=self.at,
                person=person,
                organisation=organisation,
                role=Role.SUPPLIER_CLERK if supplies else Role.TIER_ADMIN,
                starts_on=self.at.date(),
            )
            self._actors[organisation.pk] = actor_for(person, post)
        return self._actors[organisation.pk]


def build_province(*, points: int, at: datetime, seed: int, step: Step) -> ProvinceNetwork:
    """Register the office, every city and county, ``points`` points spread evenly over the counties, and suppliers."""
    load_divisions(actor=Actor.platform(), at=at, provinces=frozenset({PROVINCE}))
    divisions = list(Division.objects.order_by("code"))
    office = _register(
        "P-OFFICE", "示例省学习型社会建设指导中心", OrganisationKind.GUIDANCE_OFFICE, None, at=at
    )
    cities = {one.code: _college(at, one, office) for one in divisions if one.level == CITY}
    counties = {
        one.code: _college(at, one, cities[one.parent_id])
        for one in divisions
        if one.level == COUNTY and one.parent_id in cities
    }
    towns: dict[str, list[Division]] = defaultdict(list)
    for one in divisions:
        if one.level == TOWN and one.parent_id in counties:
            towns[one.parent_id].append(one)
    import_organisations(actor=Actor.platform(), at=at, rows=list(islice(_points(counties, towns), points)))
    made = list(Organisation.objects.filter(kind=OrganisationKind.COMMUNITY_SCHOOL).order_by("code"))
    step("Organisations", len(made), points)
    suppliers = [
        _register(f"P-SUP{n}", f"第{n}资源供应单位（示例）", OrganisationKind.SUPPLIER, office, at=at)
        for n in range(1, SUPPLIERS + 1)
    ]
    return ProvinceNetwork(
        office, list(cities.values()), list(counties.values()), made, suppliers, at, PersonNames(seed)
    )


def _points(counties: dict[str, Organisation], towns: dict[str, list[Division]]) -> Iterator[OrganisationRow]:
    """Yield the points as rows of the table by which a province registers them."""
    for number, (town, turn) in enumerate(_places(counties, towns), 1):
        yield OrganisationRow(
            number=number,
            code=f"P{number:05d}",
            name=f"{town.name}第{turn}社区学习点（示例）",
            kind=OrganisationKind.COMMUNITY_SCHOOL,
            superior=counties[(town.parent_id or "") if town.level == TOWN else town.code].code,
            division=town.code,
            is_sample=True,
        )


def _places(
    counties: dict[str, Organisation], towns: dict[str, list[Division]]
) -> Iterator[tuple[Division, int]]:
    """Yield towns county by county in turn, each with how often it came up before."""
    turns: dict[str, int] = defaultdict(int)
    own = {code: cycle(towns[code] or list(Division.objects.filter(code=code))) for code in counties}
    for code in cycle(counties):
        town = next(own[code])
        turns[town.code] += 1
        yield town, turns[town.code]


def _college(at: datetime, division: Division, above: Organisation) -> Organisation:
    name = f"{division.name}社区教育学院（示例）"
    return _register(
        f"P{division.code[:6]}", name, OrganisationKind.COMMUNITY_COLLEGE, above, division, at=at
    )


def _register(
    code: str,
    name: str,
    kind: OrganisationKind,
    above: Organisation | None,
    division: Division | None = None,
    *,
    at: datetime,
) -> Organisation:
    tree = Chain.SUPPLY if kind == OrganisationKind.SUPPLIER else Chain.DISTRIBUTION
    places: dict[Chain, Organisation | None] = {tree: above}
    if above is None:
        places[Chain.SUPPLY] = None
    return register_organisation(
        actor=Actor.platform(),
        at=at,
        code=code,
        name=name,
        kind=kind,
        places=places,
        division=division,
        is_sample=True,
    )
