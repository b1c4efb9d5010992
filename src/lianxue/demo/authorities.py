"""A tree of authorities that call, file and decide: who stands where, and who acts for each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from lianxue.accounts.public import create_person
from lianxue.demo.accounts import SampleAccount, read_accounts
from lianxue.demo.names import PersonNames
from lianxue.orgs.public import Actor, Chain, Organisation, Role, actor_for, appoint


@dataclass
class Authorities:
    """The organisations of one chain by code, superiors first, with the code of the one directly above each.

    Whoever acts for one is registered when first asked, and appointed from directly above (S1-40).
    """

    chain: Chain
    organisations: Mapping[str, Organisation]
    above: Mapping[str, str]
    at: datetime
    names: PersonNames
    _actors: dict[str, Actor] = field(default_factory=dict)
    _experts: list[Actor] = field(default_factory=list)

    @cached_property
    def office(self) -> Organisation:
        """Return the organisation at the top."""
        return next(one for one in self.organisations.values() if one.code not in self.above)

    @cached_property
    def _beneath(self) -> dict[str, list[Organisation]]:
        beneath: dict[str, list[Organisation]] = defaultdict(list)
        for code, superior in self.above.items():
            beneath[superior].append(self.organisations[code])
        return beneath

    def beneath(self, organisation: Organisation) -> list[Organisation]:
        """Return the organisations directly below one, in the order of their codes."""
        return sorted(self._beneath[organisation.code], key=lambda one: one.code)

    @property
    def second_level(self) -> list[Organisation]:
        """Return the cities of a province, or the districts of a city."""
        return self.beneath(self.office)

    @cached_property
    def third_level(self) -> list[Organisation]:
        """Return the counties of a province, or the streets and towns of a city."""
        return [one for above in self.second_level for one in self.beneath(above)]

    def superior(self, organisation: Organisation) -> Organisation:
        """Return the organisation directly above one."""
        return self.organisations[self.above[organisation.code]]

    @cached_property
    def by_id(self) -> dict[int, Organisation]:
        """Return the organisations by their row."""
        return {one.pk: one for one in self.organisations.values()}

    def actor(self, organisation: Organisation) -> Actor:
        """Return whoever acts for an organisation."""
        code = organisation.code
        if code not in self._actors:
            by = self.actor(self.superior(organisation)) if code in self.above else Actor.platform()
            account = _one_click(code, Role.TIER_ADMIN) or self._made_up(code.lower())
            self._actors[code] = self._appoint(account, organisation, Role.TIER_ADMIN, by)
        return self._actors[code]

    def experts(self, number: int) -> list[Actor]:
        """Return ``number`` experts of the office; the one who can be entered with one click comes first."""
        while len(self._experts) < number:
            turn = len(self._experts) + 1
            made_up = self._made_up(f"{self.office.code.lower()}-expert-{turn}")
            account = (_one_click(self.office.code, Role.EXPERT) if turn == 1 else None) or made_up
            self._experts.append(self._appoint(account, self.office, Role.EXPERT, self.actor(self.office)))
        return self._experts[:number]

    @property
    def known_experts(self) -> list[Actor]:
        """Return the experts who were appointed so far."""
        return self._experts

    def _made_up(self, username: str) -> SampleAccount:
        return SampleAccount(username=username, full_name=self.names.worker(), posts=(), try_zh="", try_en="")

    def _appoint(self, account: SampleAccount, organisation: Organisation, role: Role, by: Actor) -> Actor:
        person = create_person(
            actor=Actor.platform(), at=self.at, username=account.username, full_name=account.full_name
        )
        post = appoint(
            actor=by,
            at=self.at,
            person=person,
            organisation=organisation,
            role=role,
            starts_on=self.at.date(),
        )
        return actor_for(person, post)


def _one_click(code: str, role: Role) -> SampleAccount | None:
    """Return the account that can be entered with one click and holds this post, if there is one."""
    for account in read_accounts():
        if any((post.organisation, post.role) == (code, role) for post in account.posts):
            return account
    return None
