"""The one who acts: a person under one post, a visitor, or the platform itself."""

from dataclasses import dataclass

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
