"""The panels of a call."""

from collections import Counter
from dataclasses import dataclass

from lianxue.programmes.enums import FilingState
from lianxue.programmes.models import Call, Filing, Panel
from lianxue.programmes.models.definition import Level, Stage


@dataclass(frozen=True)
class PanelStanding:
    """A level at which a panel scores: the panel, if it was drawn, and how many filings lie there."""

    stage: Stage
    level: Level
    panel: Panel | None
    waiting: int


def panels_of(call: Call) -> list[PanelStanding]:
    """Return every level of a call that has a panel, in the order of the definition."""
    there = {(one.stage, one.level): one for one in Panel.objects.filter(call=call)}
    lying = Filing.objects.filter(call=call, state=FilingState.SUBMITTED).values_list("stage", "position")
    counted = Counter(lying)
    return [
        PanelStanding(stage, level, there.get((stage.key, level.key)), counted[stage.key, at])
        for stage in call.definition.filed_stages()
        for at, level in enumerate(stage.levels)
        if level.panel is not None
    ]
