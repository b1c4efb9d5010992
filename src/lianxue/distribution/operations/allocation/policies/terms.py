"""What the office sets for a way of sharing out. There are no defaults: a term that is empty rests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text

WHOLE = 100
MOST_COPIES = 99_999


@dataclass(frozen=True)
class Terms:
    """``cap``: most copies of a title for one point; ``minimum``: fewest copies that are worth sending.

    ``district_shares``: percent of each title's copies for the points of one college, by its id. Those get no more
    than that; what they do not ask for goes to all others.
    """

    cap: int | None = None
    minimum: int | None = None
    district_shares: Mapping[int, int] = field(default_factory=dict)

    @property
    def as_json(self) -> dict[str, Any]:
        """Return the terms as they are kept; what rests is left out."""
        kept: dict[str, Any] = {}
        if self.cap is not None:
            kept["cap"] = self.cap
        if self.minimum is not None:
            kept["minimum"] = self.minimum
        if self.district_shares:
            kept["district_shares"] = {
                str(key): self.district_shares[key] for key in sorted(self.district_shares)
            }
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Terms":
        """Return the terms that were kept."""
        shares = {int(key): int(percent) for key, percent in kept.get("district_shares", {}).items()}
        return cls(kept.get("cap"), kept.get("minimum"), shares)

    def faults(self, college_ids: Collection[int]) -> dict[str, Text]:
        """Return what is wrong, by field; ``college_ids`` are those that take part in the round."""
        found: dict[str, Text] = {}
        for name, number in (("cap", self.cap), ("minimum", self.minimum)):
            if number is not None and not 1 <= number <= MOST_COPIES:
                found[name] = _("Please give a whole number from 1, or leave it empty.")
        if self.cap is not None and self.minimum is not None and self.minimum > self.cap:
            found.setdefault("minimum", _("The minimum is more than the most that a point can get."))
        if any(not 1 <= percent <= WHOLE for percent in self.district_shares.values()):
            found["district_shares"] = _("Please give whole percentages from 1 to 100, or leave them empty.")
        elif sum(self.district_shares.values()) > WHOLE:
            found["district_shares"] = _("The shares come to more than 100 percent together.")
        elif not set(self.district_shares) <= set(college_ids):
            found["district_shares"] = _("One of these does not take part in the round.")
        return found


NO_TERMS = Terms()
