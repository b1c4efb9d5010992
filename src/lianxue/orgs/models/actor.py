"""The one who acts: a person under one post, a visitor, or the platform itself."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.orgs.enums import Role, role_label
from lianxue.orgs.models.post import Post


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, where, and with what authority; passed to every operation.

    ``tier`` is the depth in the distribution chain (1 = office) or None outside it; ``path`` is the place in that
    chain, ``/1/17/``. ``has_below`` tells whether active organisations stand directly beneath, ``has_points_below``
    whether one of them is a point: nothing active stands beneath it in turn.
    """

    person_id: int | None
    person_name: str
    post_id: int | None = None
    role: Role | None = None
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_kind: str = ""
    tier: int | None = None
    path: str = ""
    has_below: bool = False
    has_points_below: bool = False
    remote_address: str | None = None
    is_platform: bool = False

    @property
    def label(self) -> str:
        return self.person_name

    @property
    def organisation_label(self) -> str:
        return self.organisation_name

    @property
    def role_label(self) -> Text:
        """Return what the actor is called: 二级管理员, 窗口志愿者; empty without a post."""
        return role_label(self.role, self.tier) if self.role else ""

    @property
    def is_administrator(self) -> bool:
        """Tell whether the actor administers the own organisation."""
        return self.role == Role.TIER_ADMIN

    def in_parts(self) -> tuple[Hashable, tuple[int, ...]]:
        """Return what the words of a statement may depend on, and the numbers in it (``kernel.kept``)."""
        places = [int(part) for part in self.path.split("/") if part]
        own = (self.person_id, self.post_id, self.organisation_id)
        shape = (self.role, self.tier, self.has_below, self.has_points_below, self.is_platform)
        known = tuple(number is not None for number in own)
        return (*shape, *known, self.organisation_kind), (*(n for n in own if n is not None), *places)

    def with_parts(self, numbers: Sequence[int]) -> "Actor":
        """Return the same actor with other numbers, in the order of ``in_parts``."""
        left = iter(numbers)
        own = [
            None if number is None else next(left)
            for number in (self.person_id, self.post_id, self.organisation_id)
        ]
        places = [str(number) for number in left]
        path = f"/{'/'.join(places)}/" if places else ""
        return replace(self, person_id=own[0], post_id=own[1], organisation_id=own[2], path=path)

    @classmethod
    def visitor(cls, remote_address: str | None = None) -> "Actor":
        """Return somebody who has not signed in."""
        return cls(person_id=None, person_name=str(_("Visitor")), remote_address=remote_address)

    @classmethod
    def platform(cls) -> "Actor":
        """Return the platform itself: clocks, imports, first set-up."""
        return cls(person_id=None, person_name="Lianxue", is_platform=True)


class ActingRequest(HttpRequest):
    """A request on which the middleware has put the actor, and all posts that the person holds now."""

    actor: Actor
    posts: list[Post]
