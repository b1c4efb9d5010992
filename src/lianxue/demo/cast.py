"""Who plays: every organisation of the network and the person who acts for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lianxue.orgs.public import Actor, Organisation, OrganisationKind

COLLEGES = frozenset(
    {
        OrganisationKind.COMMUNITY_COLLEGE,
        OrganisationKind.ELDER_UNIVERSITY,
        OrganisationKind.ELDER_GROUP_OFFICE,
    }
)
POINTS = frozenset(
    {OrganisationKind.COMMUNITY_SCHOOL, OrganisationKind.ELDER_BRANCH, OrganisationKind.CARE_LEARNING_POINT}
)


@dataclass(frozen=True)
class Cast:
    """Organisations by code, who acts for each, and the code of the organisation directly above each."""

    organisations: Mapping[str, Organisation]
    actors: Mapping[str, Actor]
    above: Mapping[str, str]
    reviewer: Actor

    def _of_kind(self, kinds: Iterable[str]) -> list[Organisation]:
        wanted = set(kinds)
        return [found for found in self.organisations.values() if found.kind in wanted]

    @cached_property
    def office(self) -> Organisation:
        """Return the guidance office."""
        return self._of_kind([OrganisationKind.GUIDANCE_OFFICE])[0]

    @cached_property
    def colleges(self) -> list[Organisation]:
        """Return all organisations of level 2, in the order of their codes."""
        return sorted(self._of_kind(COLLEGES), key=lambda one: one.code)

    @cached_property
    def points(self) -> list[Organisation]:
        """Return all organisations of level 3, in the order of their codes."""
        return sorted(self._of_kind(POINTS), key=lambda one: one.code)

    @cached_property
    def suppliers(self) -> list[Organisation]:
        """Return all suppliers, in the order of their codes."""
        return sorted(self._of_kind([OrganisationKind.SUPPLIER]), key=lambda one: one.code)

    def actor(self, organisation: Organisation) -> Actor:
        """Return the person who acts for an organisation."""
        return self.actors[organisation.code]

    def college_of(self, point: Organisation) -> Organisation:
        """Return the organisation directly above a point."""
        return self.organisations[self.above[point.code]]
