"""What a policy is given, what it gives back, and the register of all policies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry

Numbers = Mapping[str, int]


class Claim(NamedTuple):
    """What one point is to get of one title if there is enough; ``key`` names the demand line.

    ``needs`` are the copies that learners and teachers wished for there, ``had`` the copies that the point received in
    earlier rounds, ``learners`` how many it has stated (0: none stated).
    """

    key: int
    point_code: str
    agreed: int
    college_id: int = 0
    needs: int = 0
    had: int = 0
    learners: int = 0


class Share(NamedTuple):
    """What one claim gets in copies, in which group it shared, and its place in the order of that group (0: none)."""

    key: int
    quantity: int
    group: int
    place: int


@dataclass(frozen=True)
class Group:
    """Those who share ``packs`` packs among themselves, in the order of their points' codes.

    ``limits`` is what each can get at most, in packs. ``usual_learners`` stands in where no learners are stated.
    """

    claims: Sequence[Claim]
    limits: Sequence[int]
    packs: int
    pack: int = 1
    usual_learners: int = 1

    def learners_of(self, claim: Claim) -> int:
        """Return the learners with which a claim counts."""
        return claim.learners or self.usual_learners


@dataclass(frozen=True)
class Rest:
    """What everybody gets beyond the first share, in packs; places in an order; numbers that hold for the group."""

    packs: Sequence[int]
    facts: Numbers
    places: Sequence[int] = field(default_factory=tuple)


@dataclass(frozen=True)
class Policy:
    """A way of sharing out one title.

    When there is not enough for all, everybody first gets ``first`` packs (or the office's minimum); ``priority`` says
    who comes first when there is not enough even for that (small before large, equal ones by code). ``share_rest``
    shares out what is left then; ``explain_rest`` tells one point's part of it in sentences. ``looks_at`` names what of
    a claim the policy reads beside the demand. ``is_monotone``: more copies never take one from anybody, as long as
    no district has a share of its own.
    """

    key: str
    title: Text
    description: Text
    is_monotone: bool
    priority: Callable[[Group, Claim], float]
    priority_text: Text
    share_rest: Callable[[Group, Sequence[int], int], Rest]
    explain_rest: Callable[[Numbers], list[Text]]
    first: int = 0
    looks_at: tuple[str, ...] = ()


ALLOCATION_POLICIES: Registry[Policy] = Registry("allocation policies")
