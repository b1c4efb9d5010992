"""Pilot projects: a programme that is a definition file only, called by the guidance office of the network."""

from datetime import date, timedelta
from typing import Any

from lianxue.demo.authorities import Authorities
from lianxue.demo.cast import Cast
from lianxue.demo.names import PersonNames
from lianxue.demo.play.player import Step
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.year import Year
from lianxue.orgs.public import Chain, Organisation, OrganisationKind

CODE, STAGE = "pilot-projects", "application"
FILED, BEGUN, EXPERTS = 6, 3, 3
LASTS = timedelta(days=300)


def play_projects(cast: Cast, year: Year, *, seed: int, step: Step) -> None:
    """Open one call for pilot projects: some schools have filed, some are writing, experts can be drawn."""
    above = {code: superior for code, superior in cast.above.items() if superior}
    tree = Authorities(
        Chain.COMMUNITY_EDUCATION,
        cast.organisations,
        above,
        year.day(-330),
        PersonNames(seed + 17),
        dict(cast.actors),
    )
    play = Play(tree, seed, step)
    tree.experts(EXPERTS)
    call = play.open(
        CODE,
        title=f"{year.today.year}年度社区教育实验项目",
        at=year.day(-25),
        days={STAGE: year.window(-25, 12)},
        numbers={"panel_size": "3", "places": "4"},
    )
    units = [one for one in cast.organisations.values() if one.kind == OrganisationKind.COMMUNITY_SCHOOL]
    units = units[:: max(1, len(units) // (FILED + BEGUN))][: FILED + BEGUN]
    for number, unit in enumerate(units):
        answers = project_answers(play, unit, number, year.on(30))
        if number < FILED:
            play.file(call, STAGE, unit, answers, at=year.day(number - 15))
        else:
            some = ("project_title", "leader", "purpose")
            play.begin(call, STAGE, unit, {key: answers[key] for key in some}, at=year.day(-3))


def project_answers(play: Play, unit: Organisation, number: int, begins: date) -> dict[str, Any]:
    """Return the application for a project."""
    project = play.words["project"][number % len(play.words["project"])]
    leader = play.name()
    return {
        "project_title": project["title"],
        "leader": leader,
        "phone": play.mobile(),
        "begins_on": begins.isoformat(),
        "ends_on": (begins + LASTS).isoformat(),
        "purpose": project["purpose"],
        "plan": project["plan"],
        "members": [
            {"name": leader, "employer": unit.name, "task": "负责人"},
            *({"name": play.name(), "employer": unit.name, "task": "调查与记录"} for _ in range(2)),
        ],
        "budget": [
            {"item": "资料与印刷", "amount": str(1_000 * play.chance.randint(2, 6))},
            {"item": "专家指导", "amount": str(1_000 * play.chance.randint(2, 5))},
        ],
    }
