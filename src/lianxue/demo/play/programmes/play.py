"""What every step of a played call needs: the authorities, chance, what people write; and filing and deciding."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from lianxue.demo.authorities import Authorities
from lianxue.demo.play.player import Step, no_step
from lianxue.demo.toml_rows import read_toml
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import (
    Call,
    Days,
    Decision,
    Filing,
    Written,
    begin_filing,
    close_call,
    create_call,
    give_opinion,
    open_call,
    save_answers,
    save_call,
    submit_filing,
)

FIRST_MOBILE = 13_900_000_000  # numbers of the right shape that are made up


@lru_cache(maxsize=1)
def read_words() -> dict[str, Any]:
    """Read what people write into forms, opinions and logs."""
    return read_toml("programmes.toml")


@dataclass
class Play:
    """Plays by ``seed``: the same seed plays the same call."""

    tree: Authorities
    seed: int
    step: Step = no_step
    chance: random.Random = field(init=False)
    words: dict[str, Any] = field(default_factory=read_words)
    _mobiles: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(f"calls {self.tree.chain} {self.seed}")

    def one_of(self, *path: str) -> str:
        """Return one of the sentences that stand at ``path`` in the table."""
        found: Any = self.words
        for name in path:
            found = found[name]
        return str(self.chance.choice(found))

    def name(self) -> str:
        """Return a made-up name."""
        return self.tree.names.worker()

    def mobile(self) -> str:
        """Return the next made-up mobile number."""
        self._mobiles += 1
        return str(FIRST_MOBILE + self._mobiles)

    def open(
        self,
        code: str,
        *,
        title: str,
        at: datetime,
        days: Mapping[str, Days],
        numbers: Mapping[str, str],
        official_number: str = "",
        year: int | None = None,
    ) -> Call:
        """Let the office prepare a call, of the year of ``at`` if none is given, and open it."""
        row = self.prepare(
            code, title=title, at=at, days=days, numbers=numbers, official_number=official_number, year=year
        )
        return open_call(actor=self.tree.actor(self.tree.office), at=at, call=row)

    def prepare(
        self,
        code: str,
        *,
        title: str,
        at: datetime,
        days: Mapping[str, Days],
        numbers: Mapping[str, str],
        official_number: str = "",
        year: int | None = None,
    ) -> Call:
        """Let the office prepare a call, of the year of ``at`` if none is given."""
        office = self.tree.actor(self.tree.office)
        row = create_call(actor=office, at=at, code=code, title=title, year=year or at.year)
        return save_call(
            actor=office,
            at=at,
            call=row,
            version=row.version,
            title=row.title,
            year=row.year,
            official_number=official_number,
            days=days,
            numbers=numbers,
        )

    def close(self, call: Call, *, at: datetime) -> Call:
        """Let the office close a call."""
        return close_call(actor=self.tree.actor(self.tree.office), at=at, call=call)

    def begin(
        self, call: Call, stage: str, unit: Organisation, answers: Mapping[str, Any], *, at: datetime
    ) -> Filing:
        """Let a unit begin a form and write into it."""
        actor = self.tree.actor(unit)
        filing = begin_filing(actor=actor, at=at, call=call, stage=stage, unit=unit)
        return self.write(filing, answers, at=at)

    def write(self, filing: Filing, answers: Mapping[str, Any], *, at: datetime) -> Filing:
        """Let a unit write answers into its form."""
        written = {key: Written(value, int(filing.marks.get(key, 0))) for key, value in answers.items()}
        actor = self.tree.actor(filing.unit)
        return save_answers(actor=actor, at=at, filing=filing, written=written).filing

    def hand_in(self, filing: Filing, *, at: datetime) -> Filing:
        """Let a unit hand its form in."""
        return submit_filing(actor=self.tree.actor(filing.unit), at=at, filing=filing)

    def file(
        self, call: Call, stage: str, unit: Organisation, answers: Mapping[str, Any], *, at: datetime
    ) -> Filing:
        """Let a unit fill a form in and hand it in."""
        return self.hand_in(self.begin(call, stage, unit, answers, at=at), at=at)

    def decide(
        self, filing: Filing, words: str, *, at: datetime, decision: Decision = Decision.APPROVE
    ) -> Filing:
        """Let whoever sits at the desk where a filing lies give an opinion."""
        desk = self.tree.by_id[filing.desk_id or 0]
        return give_opinion(
            actor=self.tree.actor(desk), at=at, filing=filing, decision=decision, comment=words
        )

    def agree(self, filing: Filing, *wordings: Sequence[str], at: datetime) -> Filing:
        """Let one desk after the other agree, each in words of its own."""
        for words in wordings:
            filing = self.decide(filing, self.chance.choice(list(words)), at=at)
        return filing
