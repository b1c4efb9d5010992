"""The recommendation of the best (附件3, S1-82): filled in from the appraisal, completed, handed in, decided, told."""

from datetime import datetime

from lianxue.demo.play.programmes import rosters
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.play.service_teams.words import read_team_words
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import Call, Days, Filing, opened_answers
from lianxue.workforce.public import file_recommendations

CODE, STAGE = "service-team-recommendation", "recommendation"


def open_recommendations(play: Play, year: int, *, at: datetime, days: Days) -> Call:
    """Let the province call for the best of the service teams (S1-49, S1-50), with the ratio of the indicators."""
    return play.open(
        CODE,
        title=f"{year}年教育资源公共服务体系服务队伍优秀工作者推荐",
        at=at,
        days={STAGE: days},
        numbers={"recommendation_ratio": read_team_words()["numbers"]["ratio"]},
        year=year,
    )


def fill_in(play: Play, city: Organisation, year: int, *, at: datetime) -> Filing:
    """Let a city put everybody whom it recommends on its form."""
    return file_recommendations(actor=play.tree.actor(city), at=at, year=year)


def complete(play: Play, filing: Filing, *, at: datetime) -> Filing:
    """Let a city type what the appraisal does not know (the head, the schools of trainers) and hand in, stamped."""
    rows = [dict(row) for row in opened_answers(filing.form, filing.answers).get("trainers") or []]
    for row in rows:
        row["school"] = row["school"] or play.one_of("positions", "schools")
    filing = play.write(filing, {**rosters.head_answers(play), "trainers": rows}, at=at)
    filing = play.hand_in(filing, at=at)
    rosters.stamp(play, filing, at=at)
    return filing
