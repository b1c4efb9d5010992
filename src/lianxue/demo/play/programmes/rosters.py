"""The roster of service teams: what a city fills in for itself and its counties, stamps, sends in, and changes later."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from lianxue.demo.pictures.papers import draw_stamped_paper
from lianxue.demo.pictures.typefaces import find_typefaces
from lianxue.demo.play.programmes.play import Play
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import (
    Call,
    ChangeNotice,
    Days,
    Filing,
    areas_of,
    begin_notice,
    decide_notice,
    opened_answers,
    save_notice,
    send_scan,
    submit_notice,
)

CODE, STAGE = "service-team-roster", "roster"
STAGES_OF_SCHOOL = ("preschool", "primary", "junior", "senior", "vocational")
KINDS = ("resources_lead", "platform_administrator", "teacher")
TEACHERS = ("reviewer", "shortlisted", "other")
FEWEST, MOST = 3, 5  # S1-44
TRAINED_SHARE = 0.4  # of the trainers who were trainers before, in this made-up province
Rows = list[dict[str, Any]]


def open_roster(play: Play, *, title: str, at: datetime, days: Days, official_number: str = "") -> Call:
    """Let the province call for the roster of the three teams (S1-20)."""
    return play.open(
        CODE, title=title, at=at, days={STAGE: days}, numbers={}, official_number=official_number
    )


def roster_answers(
    play: Play, city: Organisation, *, named: Mapping[str, str] = MappingProxyType({}), most: int = MOST
) -> dict[str, Any]:
    """Return a city's form: one administrator, one trainer, three to five reviewers for itself and each county.

    ``named`` are administrators whose names are known, by area; ``most`` bounds the reviewers of an area.
    """
    areas = areas_of(city)
    return {
        **head_answers(play),
        "administrators": [
            _administrator(play, code, name) | ({"name": named[code]} if code in named else {})
            for code, name in areas.items()
        ],
        "trainers": [_trainer(play, code) for code in areas],
        "reviewers": [
            _reviewer(play, code, name, turn)
            for code, name in areas.items()
            for turn in range(play.chance.randint(FEWEST, most))
        ],
    }


def head_answers(play: Play) -> dict[str, Any]:
    """Return the head of the form."""
    return {
        "contact_name": play.name(),
        "contact_phone": f"0571-{88_000_000 + play.chance.randrange(1_000_000)}",
        "contact_mobile": play.mobile(),
    }


def _administrator(play: Play, area: str, name: str) -> dict[str, Any]:
    return {
        "area": area,
        "name": play.name(),
        "employer": f"{name}教育技术中心",
        "professional_title": play.one_of("positions", "titles"),
        "position": play.one_of("positions", "posts"),
        "mobile": play.mobile(),
        "person_kind": play.chance.choice(KINDS),
    }


def _trainer(play: Play, area: str) -> dict[str, Any]:
    return {
        "area": area,
        "name": play.name(),
        "school_stage": play.chance.choice(STAGES_OF_SCHOOL),
        "subject": play.one_of("positions", "subjects"),
        "professional_title": play.one_of("positions", "titles"),
        "mobile": play.mobile(),
        "was_trainer": play.chance.random() < TRAINED_SHARE,
    }


def _reviewer(play: Play, area: str, name: str, turn: int) -> dict[str, Any]:
    return {
        "area": area,
        "name": play.name(),
        "school_stage": play.chance.choice(STAGES_OF_SCHOOL),
        "subject": play.one_of("positions", "subjects"),
        "school": f"{name}{play.one_of('positions', 'schools')}",
        # S1-86: capital and small letters are told apart; two accounts may differ by them alone.
        "account": f"{play.chance.choice(('ZJyun', 'zjYun', 'Zjyun'))}_{area[2:6]}{turn}",
        "mobile": play.mobile(),
        "professional_title": play.one_of("positions", "titles"),
        "teacher_kind": play.chance.choice(TEACHERS),
    }


def stamp(play: Play, filing: Filing, *, at: datetime) -> None:
    """Let the unit print what it handed in, stamp it, and send the scan."""
    revision = filing.revisions.get(number=filing.revision_number)
    paper = draw_stamped_paper(
        title=filing.form.title,
        unit=filing.unit.name,
        code=revision.code,
        faces=find_typefaces(settings.FONT_DIRS),
    )
    upload = ContentFile(paper, name="盖章扫描件.png")
    send_scan(actor=play.tree.actor(filing.unit), at=at, filing=filing, upload=upload)


def give_notice(
    play: Play, filing: Filing, *, from_on: date, at: datetime, hand_in: bool = True
) -> ChangeNotice:
    """Let a city replace one reviewer, in writing (S1-48)."""
    actor = play.tree.actor(filing.unit)
    notice = begin_notice(actor=actor, at=at, filing=filing, effective_on=from_on)
    rows = in_force(filing)
    gone = play.chance.randrange(len(rows))
    area = str(rows[gone]["area"])
    rows[gone] = _reviewer(play, area, areas_of(filing.unit)[area], 10 + notice.number)
    notice = save_notice(
        actor=actor,
        at=at,
        notice=notice,
        version=notice.version,
        answers={"reviewers": rows},
        reason=play.one_of("changes", "reasons"),
    )
    return submit_notice(actor=actor, at=at, notice=notice) if hand_in else notice


def in_force(filing: Filing) -> Rows:
    """Return the reviewers of what was approved, opened."""
    answers = filing.approved.answers if filing.approved else filing.answers
    rows: Rows = opened_answers(filing.form, answers)["reviewers"]
    return [dict(row) for row in rows]


def accept_notice(play: Play, notice: ChangeNotice, *, at: datetime) -> ChangeNotice:
    """Let the province accept a change notice."""
    return decide_notice(
        actor=play.tree.actor(play.tree.office), at=at, notice=notice, accept=True, comment="同意变更。"
    )


@lru_cache(maxsize=1)
def faults_to_make() -> Sequence[str]:
    """Return the faults that cities make and mend."""
    return ("too few reviewers", "the same account twice", "no mobile")


def spoil(answers: dict[str, Any], fault: str) -> dict[str, Any]:
    """Return answers with one fault that the form must find."""
    spoilt = {
        key: [dict(row) for row in rows] if isinstance(rows, list) else rows for key, rows in answers.items()
    }
    reviewers: Rows = spoilt["reviewers"]
    if fault == "too few reviewers":
        area = reviewers[0]["area"]
        kept = [row for row in reviewers if row["area"] == area][:1]
        spoilt["reviewers"] = kept + [row for row in reviewers if row["area"] != area]
    elif fault == "the same account twice":
        reviewers[1]["account"] = reviewers[0]["account"]
    else:
        spoilt["trainers"][0]["mobile"] = ""
    return spoilt
