"""What a visitor finds: a lively year, people to be, and work left for each of them."""

from collections import Counter

import pytest
from django.test import Client, override_settings
from tests.factories.distribution_demand import opened_round
from tests.factories.orgs import small_network

from lianxue.demo.build.demonstration import COUNTERS
from lianxue.demo.play.unmet import short_titles
from lianxue.demo.public import demonstration_people, load_demonstration
from lianxue.distribution.models import OnlineUse, Stocktake
from lianxue.distribution.public import (
    BatchState,
    Claim,
    ClaimState,
    DemandBatch,
    DemandRequest,
    DemandState,
    Feedback,
    FeedbackState,
    Loan,
    LoanState,
    Round,
    RoundState,
    Shipment,
    ShipmentState,
    Transfer,
    check_ledger,
    retention_violations,
)
from lianxue.documents.public import Letter
from lianxue.kernel.clock import now, today
from lianxue.orgs.public import Actor
from lianxue.resources.public import Contribution, ContributionState
from lianxue.web import urls
from lianxue.workforce.models import TrainingSession

# Addresses are read once a process: here, before one test switches DEMO on.
assert urls.urlpatterns


@pytest.mark.slow
@pytest.mark.django_db
@override_settings(DEMO=True)
def test_the_demonstration_is_in_the_middle_of_a_lively_year(client: Client) -> None:
    load_demonstration(colleges=2)
    by_demand = Round.objects.filter(kind="demand").order_by("opened_at")
    assert list(by_demand.values_list("state", flat=True)) == [
        RoundState.CLOSED,
        RoundState.ALLOCATED,
        RoundState.OPEN,
    ]
    assert set(Contribution.objects.values_list("state", flat=True)) == set(ContributionState.values)
    overdue = Loan.objects.filter(state=LoanState.ON_LOAN, due_on__lt=today())
    assert overdue.exists()
    shipments = Counter(Shipment.objects.filter(round__state="allocated").values_list("state", flat=True))
    assert set(shipments) == set(ShipmentState.values)
    requests = set(DemandRequest.objects.filter(batch__round__state="open").values_list("state", flat=True))
    assert requests == {DemandState.DRAFT, DemandState.SUBMITTED}
    # Whoever ends the demand as the office has something to share out.
    assert DemandBatch.objects.filter(round__state="open", state=BatchState.SUBMITTED).exists()
    assert set(Feedback.objects.values_list("state", flat=True)) == {
        FeedbackState.WAITING,
        FeedbackState.SHOWN,
    }
    counts = Stocktake.objects.filter(state="counted").values_list("counted_by__username", "point__code")
    assert dict(counts) == COUNTERS
    assert OnlineUse.objects.exists()
    claims = set(Claim.objects.values_list("state", flat=True))  # few in so small a network
    assert claims >= {ClaimState.ANSWERED, ClaimState.SETTLED}
    assert set(Transfer.objects.values_list("state", flat=True)) == {"sent", "requested"}
    assert check_ledger().is_sound
    assert retention_violations() == 0
    # One training of the office is over, one goes on today: whoever enters can say that they are there.
    office = TrainingSession.objects.filter(organiser__code="SH-GO")
    assert sorted(office.values_list("state", flat=True)) == ["held", "planned"]
    running = office.get(state="planned")
    assert running.starts_at < now() < running.ends_at
    assert running.attendances.get(person__username="waitan").state == "expected"
    assert running.attendances.filter(state="attended").exists()
    letter = Letter.objects.get(addressee_organisation__code="SH-CC-310101")
    assert letter.full_number == f"沪学指办示例〔{letter.dated_on.year}〕1号"
    assert {"office", "waitan", "desk", "auditor"} <= {person.username for person in demonstration_people()}


@pytest.mark.django_db
def test_what_fell_short_is_known_when_the_next_round_is_prepared() -> None:
    made = opened_round(small_network(), {"太极拳": 2, "手机摄影": 50})
    made.ask(made.network.points[0], [5, 3])
    made.allocate()
    assert short_titles(made.round) == {made.titles[0].entry_id}


def test_nobody_is_entered_with_one_click_outside_a_demonstration(client: Client) -> None:
    assert not Actor.visitor().person_id
    assert client.get("/demonstration/roles/").status_code == 404
    assert client.post("/demonstration/sign-in/", {"username": "office"}).status_code == 404
