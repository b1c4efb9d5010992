"""Points state how many learners and teachers they have."""

import random
from datetime import datetime, timedelta

from lianxue.demo.play.player import Player
from lianxue.distribution.public import state_learners
from lianxue.orgs.public import OrganisationKind

# Fewest and most learners of a point, by its kind, in this made-up world.
LEARNERS = {
    OrganisationKind.COMMUNITY_SCHOOL: (280, 1800),
    OrganisationKind.ELDER_BRANCH: (320, 2400),
    OrganisationKind.CARE_LEARNING_POINT: (24, 140),
}
LEARNERS_TO_A_TEACHER = 28


def state_learners_of_all(player: Player, *, year: int, at: datetime) -> None:
    """Let every point state its learners and teachers of ``year``."""
    for number, point in enumerate(player.cast.points, 1):
        # By the point, not by what was played before: the same point has about as many each year.
        size = random.Random(f"learners {player.seed} {point.code}")
        fewest, most = LEARNERS[OrganisationKind(point.kind)]
        learners = int(size.triangular(fewest, most, (2 * fewest + most) / 3))
        change = random.Random(f"learners {player.seed} {point.code} {year}").uniform(0.94, 1.06)
        state_learners(
            actor=player.cast.actor(point),
            at=at + timedelta(minutes=5 * number),
            point=point,
            year=year,
            learners=int(learners * change),
            teachers=max(1, learners // LEARNERS_TO_A_TEACHER),
        )
        player.step("Learners", number, len(player.cast.points))
