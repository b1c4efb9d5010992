"""Rosters of the three service teams, indicators published for a year, appraisals in every state."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lianxue.accounts.public import Person
from lianxue.orgs.models import Division
from lianxue.orgs.public import Actor, Role
from lianxue.programmes.models import Call, DefinitionRevision, Filing, FilingRevision, RosterEntry, Window
from lianxue.workforce.enums import AppraisalState, PartVerdict, Rounding, Team
from lianxue.workforce.models import Appraisal, IndicatorSet
from lianxue.workforce.operations.appraisal.appraise import confirm_appraisal, find_part, recommend
from lianxue.workforce.operations.appraisal.begin import begin_appraisals
from lianxue.workforce.operations.indicators.publish import OfficeNumbers, publish_indicators
from lianxue.workforce.queries.appraisal import sheet_of
from tests.factories.orgs import AT, make_person
from tests.factories.workforce import Province, small_province

YEAR = AT.year
KEY = "service-team-indicators 2021.1"
AREAS = {
    "330000000000": 1,
    "330100000000": 2,
    "330200000000": 2,
    "330102000000": 3,
    "330106000000": 3,
    "330212000000": 3,
}

# The grids of 附件1 and 附件3 that the appraisal reads and fills, without scans: these are tried in programmes.
ROSTER = """
code: trial-service-roster
version: "1"
title: 名单
source: trial
office: {chain: resource_service, depth: 1}
units: {chain: resource_service, depth: 2}
stages:
  - key: roster
    title: 名单
    form: roster
    levels: [{key: province, title: 省, seat: office}]
forms:
  roster:
    title: 名单
    sections:
      - key: system_admins
        title: 体系管理员
        columns: [{key: name, title: 姓名}]
"""
COLUMNS = {
    "administrators": ("area", "name", "employer", "professional_title", "position", "mobile", "remark"),
    "trainers": (
        "area",
        "name",
        "school_stage",
        "subject",
        "school",
        "professional_title",
        "mobile",
        "case_url",
    ),
    "reviewers": (
        "area",
        "name",
        "school_stage",
        "subject",
        "school",
        "professional_title",
        "mobile",
        "remark",
    ),
}
RECOMMENDATION = """
code: service-team-recommendation
version: "trial"
title: 推荐表
source: trial
office: {chain: resource_service, depth: 1}
units: {chain: resource_service, depth: 2}
stages:
  - key: recommendation
    title: 推优
    form: recommendation
    levels: [{key: province, title: 省级审定, seat: office}]
    products:
      - {kind: award, key: administrators, title: 优秀体系管理员, grid: administrators, name_column: name}
      - {kind: award, key: trainers, title: 优秀省级培训师, grid: trainers, name_column: name}
      - {kind: award, key: reviewers, title: 优秀省级资源审核员, grid: reviewers, name_column: name}
forms:
  recommendation:
    title: 推荐表
    sections:
""" + "".join(
    f"      - key: {grid}\n        title: {grid}\n        columns:\n"
    + "".join(
        f"          - {{key: {column}, title: {column}{', personal: true' if column == 'mobile' else ''}}}\n"
        for column in columns
    )
    for grid, columns in COLUMNS.items()
)


@dataclass
class Teams:
    """A province whose first city has two administrators, two trainers and two reviewers on its rosters."""

    province: Province
    call: Call
    entries: dict[str, RosterEntry]

    @property
    def city(self) -> Actor:
        return self.province.actor(self.province.cities[0])

    def entry(self, name: str) -> RosterEntry:
        return self.entries[name]


def put_into_divisions(province: Province) -> None:
    """Give every organisation its division: the province, its cities, their counties."""
    parents = {2: "330000000000", 3: ""}
    for code, level in AREAS.items():
        above = f"{code[:4]}00000000" if level == 3 else parents.get(level)  # a county's city
        Division.objects.get_or_create(
            code=code, defaults={"name": f"区划{code[:6]}", "level": level, "parent_id": above or None}
        )
    places = [province.office, *province.cities, *province.counties]
    for organisation, code in zip(places, AREAS, strict=True):
        organisation.division_id = code
        organisation.save(update_fields=["division"])


def make_call(province: Province, source: str, *, stage: str, at: datetime = AT, year: int = YEAR) -> Call:
    """Open a call of the trial definition in ``source`` for the province."""
    code = source.split("code: ")[1].split("\n", maxsplit=1)[0]
    version = source.split('version: "')[1].split('"', maxsplit=1)[0]
    revision, _new = DefinitionRevision.objects.get_or_create(
        code=code, version=version, defaults={"digest": code[:64], "source": source, "kept_at": at}
    )
    call = Call.objects.create(
        office=province.office,
        revision=revision,
        title=code,
        year=year,
        state="open",
        created_at=at,
        opened_at=at,
    )
    Window.objects.create(call=call, stage=stage)
    return call


def make_teams(province: Province | None = None, *, at: datetime = AT, year: int = YEAR) -> Teams:
    """Put two people of each team on the first city's rosters; rows as an approval writes them."""
    province = province or small_province()
    put_into_divisions(province)
    call = make_call(province, ROSTER, stage="roster", at=at, year=year)
    filing = Filing.objects.create(
        call=call, stage="roster", unit=province.cities[0], since=at, created_at=at, revision_number=1
    )
    revision = FilingRevision.objects.create(
        filing=filing, number=1, answers={}, digest="0", code=f"trial-{filing.pk}", submitted_at=at
    )
    entries = {}
    areas = ["330100000000", "330102000000"]
    for team, names in {
        Team.SYSTEM_ADMINS: ("周体系", "吴体系"),
        Team.TRAINERS: ("郑讲师", "王讲师"),
        Team.REVIEWERS: ("冯审核", "陈审核"),
    }.items():
        for number, (name, area) in enumerate(zip(names, areas, strict=True)):
            values = {
                "area": area,
                "name": name,
                "mobile": f"1380000000{number}",
                "professional_title": "高级教师",
            }
            if team == Team.SYSTEM_ADMINS:
                values |= {"employer": "上城区教育技术中心", "position": "主任"}
            else:
                values |= {"school": "上城区第一小学", "school_stage": "小学", "subject": "语文"}
            if team == Team.REVIEWERS:
                values["account"] = f"Rev-{number}-{name}"
            entries[name] = RosterEntry.objects.create(
                call=call,
                filing=filing,
                revision=revision,
                roster=str(team),
                row=f"r{number}",
                name=name,
                area_id=area,
                values=values,
                starts_on=date(year, 1, 1),
            )
    return Teams(province, call, entries)


def account_for(teams: Teams, name: str) -> Actor:
    """Register an account for somebody on a roster; a reviewer's has the name that the roster says."""
    entry = teams.entry(name)
    username = str(entry.values.get("account") or f"account-{entry.pk}")
    person: Person = make_person(username, name)
    return Actor(person_id=person.pk, person_name=name)


def office_numbers(**changes: object) -> OfficeNumbers:
    """Return what an office gives: three working days, 90 % in time, 80 % positive, 50 % of each team, rounded down."""
    given: dict[str, object] = {
        "numbers": {
            "review_days": Decimal(3),
            "timely_share": Decimal(90),
            "positive_stars": Decimal(4),
            "positive_share": Decimal(80),
        },
        "ratios": dict.fromkeys(Team, Decimal(50)),
        "rounding": Rounding.DOWN,
    }
    return OfficeNumbers(**{**given, **changes})  # type: ignore[arg-type]  # tests change single ones


def publish(
    province: Province, *, at: datetime = AT, year: int = YEAR, reason: str = "", **changes: object
) -> IndicatorSet:
    """Publish the set of 2021 for ``year``."""
    return publish_indicators(
        actor=province.admin, at=at, key=KEY, year=year, given=office_numbers(**changes), reason=reason
    )


def make_appraisal(
    teams: Teams,
    name: str = "周体系",
    state: str = AppraisalState.OPEN,
    *,
    at: datetime = AT,
    year: int = YEAR,
) -> Appraisal:
    """Make an appraisal in ``state`` (or ``recommended``); its city found every part met."""
    if not IndicatorSet.objects.filter(office=teams.province.office, year=year).exists():
        publish(teams.province, at=at, year=year)
    begin_appraisals(actor=teams.city, at=at, year=year)
    row = Appraisal.objects.get(entry=teams.entry(name), year=year)
    if state == AppraisalState.OPEN or row.state != AppraisalState.OPEN:
        return row
    for line in sheet_of(row).lines():
        find_part(
            actor=teams.city, at=at, appraisal=row, part=line.key, verdict=PartVerdict.MET, reason="材料属实"
        )
    row = confirm_appraisal(actor=teams.city, at=at, appraisal=row)
    return recommend(actor=teams.city, at=at, appraisal=row) if state == "recommended" else row


def everybody(teams: Teams, name: str = "周体系") -> dict[str, Actor]:
    """Return all who could try something: those of the province, and M, the person of ``name``."""
    actors = teams.province.everybody()
    actors["M"] = account_for(teams, name)
    actors["A"] = teams.province.actor(teams.province.cities[0], Role.AUDITOR)
    return actors
