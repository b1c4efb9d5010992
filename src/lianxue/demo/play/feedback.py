"""Readers say what they think of the titles at their point; the point shows most of it (S0-47)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    Audience,
    leave_feedback,
    open_point_door,
    show_feedback,
    titles_to_judge,
)
from lianxue.orgs.public import Actor, Organisation

STARS, WEIGHTS = (5, 4, 3, 2, 1), (40, 35, 15, 7, 3)
MOST_READERS = 7


def say_what_they_think(
    player: Player, points: Sequence[Organisation], *, at: datetime, left: Collection[str]
) -> None:
    """Let readers of ``points`` leave stars and words; those of ``left`` are not looked at yet."""
    for number, point in enumerate(points, 1):
        door = open_point_door(actor=player.cast.actor(point), at=at, point=point)
        entries = list(titles_to_judge(point.pk)[:20])
        said = []
        for reader in range(player.chance.randint(2, MOST_READERS) if entries else 0):
            stars = player.chance.choices(STARS, WEIGHTS)[0]
            row = leave_feedback(
                actor=Actor.visitor(),
                at=at + timedelta(hours=reader * 5, minutes=point.pk % 60),
                door=door,
                entry_id=player.chance.choice(entries).pk,
                stars=stars,
                words=player.chance.choice(player.remarks.said[stars]) if player.happens(0.7) else "",
                audience=Audience.TEACHER if player.happens(0.15) else Audience.LEARNER,
            )
            said.append(row.pk)
        if said and point.code not in left:
            show_feedback(
                actor=player.cast.actor(point), at=at + timedelta(days=2), feedback_ids=said[: len(said) - 1]
            )
        player.step("Feedback", number, len(points))
