"""Rounds from their preparation to their allocation, made through the same operations as on the pages."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.apps import apps

from lianxue.distribution.models import Allocation, DemandBatch, DemandRequest, PointDoor, Round, RoundTitle
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.allocation.policies import NO_TERMS, Terms
from lianxue.distribution.operations.allocation.propose_allocation import propose_allocation
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.demand.submit_batch import submit_batch
from lianxue.distribution.operations.demand.submit_demand import submit_demand
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.create_round import create_round
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.distribution.operations.rounds.round_titles import Offer
from lianxue.distribution.operations.rounds.start_allocating import start_allocating
from lianxue.kernel.errors import Refused
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.orgs.public import Organisation
from tests.factories.orgs import AT, Network
from tests.factories.resources import make_entry

NO_DAYS = RoundDays()
_numbers = itertools.count(1)


@dataclass
class DemandRound:
    """A round with its titles; verbs take the acting organisation and act as its administrator."""

    network: Network
    round: Round
    titles: list[RoundTitle]
    at: datetime = AT

    def save(
        self, point: Organisation, copies: Sequence[int], *, at: datetime | None = None
    ) -> DemandRequest:
        """Write down what a point asks for: so many copies of each title in order."""
        return save_demand(
            actor=self.network.actor(point),
            at=at or self.at,
            round=self.round,
            quantities={title.pk: n for title, n in zip(self.titles, copies, strict=False)},
        )

    def ask(self, point: Organisation, copies: Sequence[int], *, at: datetime | None = None) -> DemandRequest:
        """Write down and submit what a point asks for; nothing but zeros says that it needs nothing."""
        self.save(point, copies, at=at)
        return submit_demand(
            actor=self.network.actor(point), at=at or self.at, round=self.round, needs_nothing=not any(copies)
        )

    def batch(self, college: Organisation) -> DemandBatch:
        """Return the batch of a college."""
        return DemandBatch.objects.select_related("round", "college").get(round=self.round, college=college)

    def pass_on(self, *colleges: Organisation) -> None:
        """Submit the batches of these colleges, or of all."""
        for college in colleges or (*self.network.colleges, self.network.elder_university):
            submit_batch(actor=self.network.actor(college), at=self.at, batch=self.batch(college))

    def end_demand(self) -> None:
        """Submit all batches and end the demand."""
        self.pass_on()
        self.round = start_allocating(actor=self.network.office_admin, at=self.at, round=self.round)

    def propose(self, policy: str = "proportional", terms: Terms = NO_TERMS) -> Allocation:
        """Propose an allocation."""
        return propose_allocation(
            actor=self.network.office_admin, at=self.at, round=self.round, policy=policy, terms=terms
        )

    def allocate(self) -> Allocation:
        """End the demand, propose and decide."""
        self.end_demand()
        return self.allocate_as("proportional")

    def allocate_as(self, policy: str, terms: Terms = NO_TERMS) -> Allocation:
        """Propose by a policy and decide."""
        proposal = self.propose(policy, terms)
        decided = commit_allocation(actor=self.network.office_admin, at=self.at, allocation=proposal)
        self.round.refresh_from_db()
        return decided

    def door(self, point: Organisation) -> PointDoor:
        """Return the public door of a point."""
        return open_point_door(actor=self.network.actor(point), at=self.at, point=point)


def prepared_round(
    network: Network,
    copies: Mapping[str, int] | Sequence[int] = (10, 10, 10),
    *,
    days: RoundDays = NO_DAYS,
    at: datetime = AT,
) -> DemandRound:
    """Make a round that is still being prepared; ``copies`` are those available of each title, by title or in order."""
    wanted = (
        copies if isinstance(copies, Mapping) else {f"选订资源{n}": c for n, c in enumerate(copies, start=1)}
    )
    office = network.office_admin
    round_ = create_round(actor=office, at=at, name=f"第{next(_numbers)}次配送", year=at.year, days=days)
    offers = [Offer(make_entry(title).pk, network.supplier.pk, count) for title, count in wanted.items()]
    if offers:
        add_titles(actor=office, at=at, round=round_, offers=offers)
    return DemandRound(network, round_, list(round_.titles.order_by("pk")), at)


def opened_round(
    network: Network,
    copies: Mapping[str, int] | Sequence[int] = (10, 10, 10),
    *,
    days: RoundDays = NO_DAYS,
    at: datetime = AT,
) -> DemandRound:
    """Make a round that is open for demand."""
    made = prepared_round(network, copies, days=days, at=at)
    made.round = open_round(actor=network.office_admin, at=at, round=made.round)
    return made


def everything() -> dict[str, list[dict[str, object]]]:
    """Return every row of distribution, to show that a refused act changed nothing."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("distribution").get_models()
    }


@contextmanager
def refused(kind: type[Refused], *, verb: str) -> Iterator[None]:
    """Expect exactly this refusal, written into the audit trail once, and not one row of distribution changed."""
    before, refusals = everything(), AuditEntry.objects.filter(outcome=Outcome.REFUSED).count()
    with pytest.raises(Refused) as caught:
        yield
    assert type(caught.value) is kind, caught.value
    assert str(caught.value)
    assert everything() == before
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.outcome) == (f"distribution.{verb}", Outcome.REFUSED)
    assert AuditEntry.objects.filter(outcome=Outcome.REFUSED).count() == refusals + 1
