"""Made-up names of people, the same ones for the same seed."""

import random

from lianxue.demo.toml_rows import read_toml


class PersonNames:
    """A source of full names. A name hardly ever comes twice before the stock of some 1,600 runs low."""

    def __init__(self, seed: int) -> None:
        parts = read_toml("names.toml")
        self._surnames: str = parts["surnames"]
        self._elder: list[str] = parts["elder"].split()
        self._worker: list[str] = parts["worker"].split()
        self._random = random.Random(f"names {seed}")
        self._used: set[str] = set()

    def elder(self) -> str:
        """Return the name of a learner at retirement age."""
        return self._pick(self._elder)

    def worker(self) -> str:
        """Return the name of somebody who works for an organisation."""
        return self._pick(self._worker)

    def _pick(self, given_names: list[str]) -> str:
        name = self._draw(given_names)
        for _ in range(50):
            if name not in self._used:
                break
            name = self._draw(given_names)
        self._used.add(name)
        return name

    def _draw(self, given_names: list[str]) -> str:
        # The square of a uniform number favours the front of the list, as real frequencies do.
        position = int(self._random.random() ** 2 * len(self._surnames))
        return self._surnames[position] + self._random.choice(given_names)
