"""A small programme that is called, filled in and decided, through the same operations as on the pages."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lianxue.orgs.models import Division, Organisation
from lianxue.orgs.public import Actor, Chain, OrganisationKind, Role, register_organisation
from lianxue.programmes.enums import Decision
from lianxue.programmes.models import Call, Filing
from lianxue.programmes.operations.calls.moving import open_call
from lianxue.programmes.operations.calls.prepare import Days, create_call, save_call
from lianxue.programmes.operations.desks.opinions import give_opinion
from lianxue.programmes.operations.filings.begin import begin_filing
from lianxue.programmes.operations.filings.save_answer import save_answer
from lianxue.programmes.operations.filings.submit import submit_filing
from lianxue.programmes.queries import definitions
from lianxue.programmes.queries.definitions import parse_definition
from tests.factories.orgs import AT, PLATFORM, make_actor

TRIAL = Path(__file__).parent / "trial_programme.yaml"
PHONE = "13812345678"


@contextmanager
def known_programme(source: str | None = None) -> Iterator[str]:
    """Make a programme known for a while: the trial one, or another text; give its code."""
    text = source or TRIAL.read_text(encoding="utf-8")
    definition = parse_definition(text, "trial")
    name = (definition.code, definition.version)
    digest = hashlib.sha256(text.encode()).hexdigest()
    definitions._current.kept[name] = definitions.Kept(definition, text, digest, TRIAL)
    try:
        yield definition.code
    finally:
        del definitions._current.kept[name]


@dataclass
class EducationNetwork:
    """A city's office, two districts below it, two streets below each."""

    office: Organisation
    districts: list[Organisation]
    streets: list[Organisation]
    _actors: dict[tuple[int, Role], Actor] = field(default_factory=dict)

    def actor(self, organisation: Organisation, role: Role = Role.TIER_ADMIN) -> Actor:
        """Return the one actor with ``role`` in ``organisation``, made on first use."""
        key = (organisation.pk, role)
        if key not in self._actors:
            self._actors[key] = make_actor(organisation, role)
        return self._actors[key]

    def above(self, street: Organisation) -> Organisation:
        """Return the district of a street."""
        return self.districts[self.streets.index(street) // 2]


def education_network() -> EducationNetwork:
    """Make the network described at ``EducationNetwork``."""

    def make(
        code: str, name: str, kind: OrganisationKind, above: Organisation | None, division: str
    ) -> Organisation:
        level = {6: 1, 8: 2, 10: 3}[len(division)]
        place, _new = Division.objects.get_or_create(
            code=division.ljust(12, "0"), defaults={"name": name[:6], "level": level}
        )
        return register_organisation(
            actor=PLATFORM,
            at=AT,
            code=code,
            name=name,
            kind=kind,
            division=place,
            places={Chain.EDUCATION_ADMINISTRATION: above},
        )

    office = make("edu-city", "上海市教育委员会", OrganisationKind.EDUCATION_AUTHORITY, None, "310000")
    districts = [
        make("edu-d1", "黄浦区教育局", OrganisationKind.EDUCATION_AUTHORITY, office, "31010100"),
        make("edu-d2", "徐汇区教育局", OrganisationKind.EDUCATION_AUTHORITY, office, "31010400"),
    ]
    streets = [
        make("edu-s1", "外滩街道", OrganisationKind.SUBDISTRICT, districts[0], "3101010130"),
        make("edu-s2", "南京东路街道", OrganisationKind.SUBDISTRICT, districts[0], "3101010020"),
        make("edu-s3", "天平路街道", OrganisationKind.SUBDISTRICT, districts[1], "3101040030"),
        make("edu-s4", "湖南路街道", OrganisationKind.SUBDISTRICT, districts[1], "3101040070"),
    ]
    return EducationNetwork(office, districts, streets)


@dataclass
class TrialCall:
    """An open call of the trial programme; verbs act as the administrator of the organisation that is named."""

    network: EducationNetwork
    call: Call
    at: datetime = AT

    def filing(self, street: Organisation, stage: str = "filing") -> Filing:
        """Begin a filing."""
        return begin_filing(
            actor=self.network.actor(street), at=self.at, call=self.call, stage=stage, unit=street
        )

    def fill(self, filing: Filing, answers: Mapping[str, Any] | None = None) -> Filing:
        """Answer every question rightly, with ``answers`` in the place of some."""
        given = {**right_answers(filing.unit), **(answers or {})}
        if filing.stage == "summary":
            given = {"words": "总结。", **(answers or {})}
        actor = self.network.actor(filing.unit)
        for key, value in given.items():
            mark = int(filing.marks.get(key, 0))
            filing = save_answer(actor=actor, at=self.at, filing=filing, key=key, value=value, mark=mark)
        return filing

    def submit(self, filing: Filing) -> Filing:
        """Hand a filing in."""
        return submit_filing(actor=self.network.actor(filing.unit), at=self.at, filing=filing)

    def opinion(self, filing: Filing, decision: Decision = Decision.APPROVE, comment: str = "") -> Filing:
        """Give the opinion of whoever sits at the desk."""
        filing.refresh_from_db()
        assert filing.desk is not None
        words = comment or ("" if decision == Decision.APPROVE else "请补充。")
        return give_opinion(
            actor=self.network.actor(filing.desk), at=self.at, filing=filing, decision=decision, comment=words
        )

    def submitted(self, street: Organisation) -> Filing:
        """Return a filing of ``street`` that was handed in."""
        return self.submit(self.fill(self.filing(street)))

    def approved(self, street: Organisation) -> Filing:
        """Return a filing of ``street`` that both levels approved."""
        return self.opinion(self.opinion(self.submitted(street)))


def right_answers(unit: Organisation) -> dict[str, Any]:
    """Return answers to every question of the trial form, without a fault."""
    return {
        "head_name": "王栟",
        "head_phone": PHONE,
        "past": {"keys": ["first"], "own": ""},
        "plan": "目标、计划与分工。",
        "people": [
            {"_id": "r1", "area": unit.division_id, "name": "李甪", "account": "LiLu", "mobile": PHONE},
        ],
    }


def trial_call(network: EducationNetwork | None = None, *, at: datetime = AT) -> TrialCall:
    """Open a call of the trial programme, which must be known (``known_programme``)."""
    network = network or education_network()
    office = network.actor(network.office)
    call = create_call(actor=office, at=at, code="trial", title="2026年试行", year=2026)
    call = save_call(
        actor=office,
        at=at,
        call=call,
        version=call.version,
        title=call.title,
        year=call.year,
        official_number="沪教委终〔2026〕3号",
        days={"filing": Days(date(2026, 1, 1), date(2026, 3, 31)), "summary": Days(date(2026, 3, 1))},
        numbers={"term_years": "3"},
    )
    return TrialCall(network, open_call(actor=office, at=at, call=call), at)
