"""Streets on their way to be demonstration streets: filing, division of work, evidence, guidance, evaluation, summary."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from lianxue.demo.play.programmes.play import Play
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import (
    Call,
    Days,
    Decision,
    Filing,
    GuidanceWay,
    add_evidence,
    give_consent,
    log_guidance,
)

CODE = "demonstration-streets"
FILING, DIVISION, EVALUATION, SUMMARY = "filing", "division", "implementation", "summary"
EARLIER = ("first", "second", "third")
FOCUS = (
    "social_forces",
    "more_people",
    "elder_education",
    "training",
    "learning_teams",
    "brands",
    "distance_learning",
    "recorded_results",
)
OWN_SHARE, NEVER_SHARE = 0.08, 0.3
WAYS = (GuidanceWay.VISIT, GuidanceWay.MEETING, GuidanceWay.TRAINING, GuidanceWay.CALL)


def open_streets(
    play: Play, *, title: str, at: datetime, days: dict[str, Days], term_years: int, panel_size: int
) -> Call:
    """Let the city call for streets that want to become demonstration streets (S2-51)."""
    numbers = {"term_years": str(term_years), "panel_size": str(panel_size)}
    return play.open(CODE, title=title, at=at, days=days, numbers=numbers)


def filing_answers(play: Play, street: Organisation) -> dict[str, Any]:
    """Return the filing form of a street."""
    return {
        "street_name": street.name,
        "head_name": play.name(),
        "head_position": play.one_of(
            "positions", "heads" if street.name.endswith("街道") else "heads_of_towns"
        ),
        "head_phone": play.mobile(),
        "contact_name": play.name(),
        "contact_position": play.one_of("positions", "contacts"),
        "contact_phone": f"021-{62_000_000 + play.chance.randrange(1_000_000)}",
        "contact_mobile": play.mobile(),
        "contact_email": f"{street.code.lower()}@example.org",
        "contact_postcode": f"20{play.chance.randrange(10_000):04d}",
        "contact_address": f"{street.name}示例路{play.chance.randint(1, 400)}号",
        "earlier_rounds": _earlier(play),
        "plan": play.one_of("streets", "plans").replace("{street}", street.name),
        "key_items": _focus(play),
        "outcomes": play.one_of("streets", "outcomes"),
    }


def _earlier(play: Play) -> dict[str, Any]:
    """S2-62: which rounds it took part in; “never” stands alone."""
    if play.chance.random() < NEVER_SHARE:
        return {"keys": ["never"], "own": ""}
    return {"keys": sorted(play.chance.sample(EARLIER, k=play.chance.randint(1, 3)), key=EARLIER.index)}


def _focus(play: Play) -> dict[str, Any]:
    """S2-09: one or two of ten, or in the street's own words."""
    if play.chance.random() < OWN_SHARE:
        return {"keys": [], "own": play.one_of("streets", "own_focus")}
    return {"keys": play.chance.sample(FOCUS, k=play.chance.randint(1, 2)), "own": ""}


def division_answers(play: Play) -> dict[str, Any]:
    """Return who does what (S2-41)."""
    departments = play.chance.sample(list(play.words["positions"]["departments"]), k=4)
    rows = [
        {
            "department": one,
            "tasks": play.one_of("streets", "tasks"),
            "person": play.name(),
            "phone": play.mobile(),
        }
        for one in departments
    ]
    return {"departments": rows}


def evaluation_answers(play: Play) -> dict[str, Any]:
    """Return the application for the evaluation (S2-47)."""
    return {"results": play.one_of("streets", "results")}


def summary_answers(play: Play, street: Organisation) -> dict[str, Any]:
    """Return the summary (S2-48)."""
    return {"summary": play.one_of("streets", "summaries").replace("{street}", street.name)}


def agree_in_district(play: Play, filing: Filing, *, at: datetime) -> Filing:
    """Let the district agree (S2-65)."""
    return play.agree(filing, play.words["opinions"]["district"], at=at)


def agree_in_city(play: Play, filing: Filing, *, at: datetime) -> Filing:
    """Let the city agree (S2-66)."""
    return play.agree(filing, play.words["opinions"]["city"], at=at)


def send_back(play: Play, filing: Filing, *, at: datetime) -> Filing:
    """Let the desk where a filing lies return it, with what is to be mended."""
    return play.decide(filing, play.one_of("opinions", "return"), at=at, decision=Decision.RETURN)


def keep_evidence(
    play: Play, call: Call, street: Organisation, items: Sequence[str], *, at: datetime
) -> None:
    """Let a street keep a piece of evidence for each of these items (S2-46), one a day."""
    actor = play.tree.actor(street)
    for number, item in enumerate(items):
        title, words = play.words["evidence"][item]
        when = at + timedelta(days=number)
        add_evidence(
            actor=actor,
            at=when,
            call=call,
            unit=street,
            item=item,
            title=f"{street.name}{title}",
            words=words,
            dated_on=(when - timedelta(days=play.chance.randint(1, 60))).date(),
        )


def guide(play: Play, call: Call, street: Organisation, *, at: datetime, stage: str = EVALUATION) -> None:
    """Let the district guide a street and log it (S2-49)."""
    way = play.chance.choice(WAYS)
    district = play.tree.superior(street)
    log_guidance(
        actor=play.tree.actor(district),
        at=at,
        call=call,
        unit=street,
        given_on=(at - timedelta(days=1)).date(),
        words=play.one_of("guidance", way.value).replace("{street}", street.name),
        way=way.value,
        stage=stage,
    )


def let_file_late(
    play: Play, call: Call, stage: str, unit: Organisation, *, until_on: Any, at: datetime
) -> None:
    """Let the office give consent to a late filing."""
    give_consent(
        actor=play.tree.actor(play.tree.office),
        at=at,
        call=call,
        stage=stage,
        unit=unit,
        until_on=until_on,
        reason=play.one_of("opinions", "late"),
    )
