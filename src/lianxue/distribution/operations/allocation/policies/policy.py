"""What a policy is given, what it gives back, and the register of all policies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry


@dataclass(frozen=True)
class Claim:
    """What one point is to get of one title if there is enough; ``key`` names the demand line."""

    key: int
    point_code: str
    agreed: int


@dataclass(frozen=True)
class Share:
    """What one claim gets, and the numbers by which that can be checked with pencil and paper."""

    key: int
    quantity: int
    working: Mapping[str, int]


@dataclass(frozen=True)
class Policy:
    """A way of sharing out.

    ``share`` gives every claim its share of ``supply`` copies: never more than was agreed, never more than there are
    together, and the same whatever the order of the claims. ``explain`` turns the numbers of one share into sentences.
    """

    key: str
    title: Text
    description: Text
    share: Callable[[Sequence[Claim], int], list[Share]]
    explain: Callable[[Mapping[str, int]], list[Text]]


ALLOCATION_POLICIES: Registry[Policy] = Registry("allocation policies")
