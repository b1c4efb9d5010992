"""What every step of a played round needs: the cast, chance, the sentences people write, the names they have."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from lianxue.demo.cast import Cast
from lianxue.demo.names import PersonNames
from lianxue.demo.remarks import Remarks, read_remarks

Step = Callable[[str, int, int], None]


def no_step(_title: str, _done: int, _total: int) -> None:
    """Show no progress."""


@dataclass
class Player:
    """Plays by ``seed``: the same seed plays the same round."""

    cast: Cast
    seed: int
    step: Step = no_step
    chance: random.Random = field(init=False)
    names: PersonNames = field(init=False)
    remarks: Remarks = field(default_factory=read_remarks)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"play {self.seed}")
        self.names = PersonNames(self.seed + 1)

    def happens(self, share: float) -> bool:
        """Decide by chance; true in ``share`` of all cases."""
        return self.chance.random() < share
