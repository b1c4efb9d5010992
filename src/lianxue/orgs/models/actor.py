"""The one who acts: a person under one post, a visitor, or the platform itself."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.enums import Role

_TIER_LABELS: dict[int | None, Promise] = {
    1: _("Level-1 administrator"),
    2: _("Level-2 administrator"),
    3: _("Level-3 administrator"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, where, and with what authority; passed to every operation.

    ``tier`` is the depth in the distribution chain (1 = office) or None outside it; ``path`` is the place in that
    chain, ``/1/17/``.
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
    remote_address: str | None = None
    is_platform: bool = False

    @property
    def label(self) -> str:
        return self.person_name

    @property
    def organisation_label(self) -> str:
        return self.organisation_name

    @property
    def role_label(self) -> str:
        """Return the role in words; administrators are named by their tier (S0-13: 一级管理员 …)."""
        if self.role is None:
            return ""
        if self.role == Role.TIER_ADMIN and self.tier in _TIER_LABELS:
            return str(_TIER_LABELS[self.tier])
        return str(self.role.label)

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
    """A request on which the middleware has put the actor."""

    actor: Actor
