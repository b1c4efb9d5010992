"""Points write their yearly effect report (S0-30, S0-53)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from lianxue.demo.play.player import Player
from lianxue.distribution.public import save_effect_report, submit_effect_report


def write_reports(
    player: Player,
    *,
    year: int,
    at: datetime,
    share: float,
    draft_share: float = 0.0,
    waiting: Collection[str] = (),
) -> None:
    """Let ``share`` of the points submit the report of ``year``, and ``draft_share`` begin it.

    Those whose codes are in ``waiting`` have not begun.
    """
    points = player.cast.points
    for number, point in enumerate(points, 1):
        lot = player.chance.random()
        if lot < share + draft_share and point.code not in waiting:
            actor, when = player.cast.actor(point), at + timedelta(minutes=11 * number)
            text = player.chance.choice(player.remarks.effect_reports)
            report = save_effect_report(
                actor=actor,
                at=when,
                point=point,
                year=year,
                version=0,
                texts={
                    "recipients": text.recipients,
                    "forms": text.forms,
                    "effects": text.effects,
                    "suggestions": text.suggestions,
                },
            )
            if lot < share:
                submit_effect_report(
                    actor=actor, at=when + timedelta(minutes=30), report=report, version=report.version
                )
        player.step("Effect reports", number, len(points))
