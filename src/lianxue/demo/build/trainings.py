"""Trainings in Shanghai (S0-48): of the distribution network, and of the streets that build up their archives."""

from datetime import timedelta
from random import Random

from lianxue.demo.cast import Cast
from lianxue.demo.play import letters
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.play.service_teams import trainings
from lianxue.demo.year import Year
from lianxue.workforce.public import TrainingTopic

HALF_A_DAY = timedelta(hours=3)
CAME, SIGNED_SO_FAR = 0.9, 0.45
COLLEGE = "SH-CC-310101"


def train_network(cast: Cast, year: Year, *, seed: int, left: frozenset[str]) -> None:
    """One training of the office was held, one goes on today; whoever is ``left`` (by code) has still to sign in to it."""
    chance, office = Random(f"trainings {seed}"), cast.actor(cast.office)
    begins = year.working_day(-62)
    written = trainings.particulars(
        "distribution_held",
        TrainingTopic.DISTRIBUTION,
        begins,
        begins + HALF_A_DAY,
        audience=trainings.DIRECTLY_BELOW,
    )
    trainings.hold(office, written, chance=chance, share=CAME)
    written = trainings.particulars(
        "distribution_running",
        TrainingTopic.DISTRIBUTION,
        year.day(-1),
        year.day(2, hour=17),
        audience=trainings.ALL_BELOW,
    )
    session = trainings.announce(office, written, at=year.day(-9))
    people = frozenset(cast.actors[code].person_id or 0 for code in left if code in cast.actors)
    trainings.let_some_come(
        office, session, at=year.day(-1, hour=15), chance=chance, share=SIGNED_SO_FAR, left=people
    )
    letters.use_code(office, cast.office, at=year.day(-300))
    letters.send_notice(office, cast.organisations[COLLEGE], at=year.day(-9))
    begins = year.working_day(6)
    written = trainings.particulars(
        "distribution_district",
        TrainingTopic.DISTRIBUTION,
        begins,
        begins + HALF_A_DAY,
        audience=trainings.DIRECTLY_BELOW,
    )
    trainings.announce(cast.actors[COLLEGE], written, at=year.day(-2))


def train_streets(play: Play, year: Year) -> None:
    """Let the first district ask its streets to a training on archives."""
    district = play.tree.second_level[0]
    begins = year.working_day(5)
    written = trainings.particulars(
        "streets", TrainingTopic.OTHER, begins, begins + HALF_A_DAY, audience=trainings.DIRECTLY_BELOW
    )
    trainings.announce(play.tree.actor(district), written, at=year.day(-2))
