"""Who may do what with a yearly selection, in which state; and that a refusal changes nothing."""

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, Network, small_network
from tests.factories.selections import make_selection

from lianxue.distribution.enums import Award, SelectionState
from lianxue.distribution.flows.selection import CERTIFICATE_FLOW, SELECTION_FLOW
from lianxue.distribution.models import Candidate, Certificate, Selection
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.selections.decide_selection import (
    decide_selection,
    withdraw_certificate,
)
from lianxue.distribution.operations.selections.mark_candidates import Mark, follow_ranking, mark_candidates
from lianxue.distribution.operations.selections.publish_selection import publish_selection
from lianxue.distribution.operations.selections.rank_candidates import rank_candidates
from lianxue.distribution.operations.selections.save_selection import (
    begin_selection,
    discard_selection,
    save_selection,
)
from lianxue.distribution.rules.selections import SEES_CANDIDATE, SEES_CERTIFICATE, SEES_SELECTION
from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, Unmet, WrongState
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

# verb: state -> who succeeds. States that are not named are wrong for everybody.
TABLE: dict[str, dict[str, str]] = {
    "save_selection": {"draft": "O"},
    "discard_selection": {"draft": "O"},
    "publish_selection": {"draft": "O"},
    "rank_candidates": {"published": "O", "ranked": "O"},
    "mark_candidates": {"ranked": "O"},
    "decide_selection": {"ranked": "O"},
}


@pytest.fixture
def network() -> Network:
    return small_network()


def _act(verb: str, actor: Actor, row: Selection) -> None:
    match verb:
        case "save_selection":
            save_selection(actor=actor, at=AT, selection=row, weights={"point-photos": 7}, places=3)
        case "discard_selection":
            discard_selection(actor=actor, at=AT, selection=row)
        case "publish_selection":
            publish_selection(actor=actor, at=AT, selection=row)
        case "rank_candidates":
            rank_candidates(actor=actor, at=AT, selection=row)
        case "mark_candidates":
            first = row.candidates.order_by("pk").first()
            mark_candidates(actor=actor, at=AT, selection=row, marks=[Mark(first.pk, True)] if first else [])
        case _:
            decide_selection(actor=actor, at=AT, selection=row)


def test_the_tables_name_every_verb() -> None:
    assert tuple(TABLE) == SELECTION_FLOW.verbs
    assert CERTIFICATE_FLOW.verbs == ("withdraw_certificate",)


@pytest.mark.parametrize("state", SelectionState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(network: Network, state: str, verb: str) -> None:
    row = make_selection(network, state=SelectionState(state))
    if state == "ranked":  # everybody has the same place, so choosing one of them departs from nothing
        Candidate.objects.filter(pk=row.candidates.order_by("pk")[0].pk).update(chosen=True)
    actors = everybody(network)
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], row)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                target = SELECTION_FLOW.steps[verb].target or state
                left = Selection.objects.filter(pk=row.pk).first()
                assert (left.state if left else "discarded") == (
                    "discarded" if verb == "discard_selection" else target
                )
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_certificates_are_withdrawn_by_the_office_and_once(network: Network, is_withdrawn: bool) -> None:
    certificate = Certificate.objects.get(
        candidate__selection=make_selection(network, state=SelectionState.DECIDED)
    )
    if is_withdrawn:
        withdraw_certificate(actor=network.office_admin, at=AT, certificate=certificate, reason="有误")
    actors, before = everybody(network), None
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                withdraw_certificate(actor=actors[letter], at=AT, certificate=certificate, reason="材料不实")
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            transaction.set_rollback(True)
        assert outcome is (WrongState if is_withdrawn else None if letter == "O" else NotAllowed), letter


def test_only_the_office_begins_and_each_award_once_a_year(network: Network) -> None:
    actors = everybody(network)
    before = everything_written()
    for letter in EVERYBODY.replace("O", ""):
        with pytest.raises(NotAllowed):
            begin_selection(actor=actors[letter], at=AT, year=2026, award="point")
    for year, award in ((2027, "point"), (2020, "point"), (2026, "singer")):
        with pytest.raises(Invalid):
            begin_selection(actor=network.office_admin, at=AT, year=year, award=award)
    assert everything_written() == before
    begin_selection(actor=network.office_admin, at=AT, year=2026, award="point")
    with pytest.raises(Conflict):
        begin_selection(actor=network.office_admin, at=AT, year=2026, award="point")
    begin_selection(actor=network.office_admin, at=AT, year=2025, award="point")
    assert Selection.objects.count() == 2


def test_there_is_no_weight_and_no_number_of_places_by_itself(network: Network) -> None:
    row = begin_selection(actor=network.office_admin, at=AT, year=2026, award="point")
    assert (row.weights, row.places) == ({}, None)
    with pytest.raises(Unmet):
        publish_selection(actor=network.office_admin, at=AT, selection=row)


@pytest.mark.parametrize(
    ("weights", "places", "field"),
    [
        ({"point-lent": -1}, None, "weight-point-lent"),
        ({"point-lent": 1001}, None, "weight-point-lent"),
        ({"provider-lent": 5}, None, "weight-provider-lent"),
        ({"point-lent": 5}, 0, "places"),
        ({"point-lent": 5}, 10_000, "places"),
    ],
)
def test_weights_are_whole_numbers_of_known_criteria(
    network: Network, weights: dict[str, int], places: int | None, field: str
) -> None:
    row = make_selection(network)
    before = everything_written()
    with pytest.raises(Invalid) as refused:
        save_selection(actor=network.office_admin, at=AT, selection=row, weights=weights, places=places)
    assert list(refused.value.fields) == [field]
    assert everything_written() == before


# state -> who reads the weights, and who reads the figures of a candidate of the first point.
READERS = {
    "draft": ("ORU", ""),
    "published": ("PDNVCFORU", ""),
    "ranked": ("PDNVCFORU", "ORU"),
    "decided": ("PDNVCFORU", "PCORU"),
}


@pytest.mark.parametrize("state", READERS)
def test_published_weights_are_read_by_everybody_concerned(network: Network, state: str) -> None:
    row = make_selection(network, state=SelectionState(state))
    candidate = Candidate.objects.filter(selection=row, organisation=network.points[0]).first()
    weights, figures = READERS[state]
    for letter, actor in everybody(network).items():
        assert SEES_SELECTION.holds(actor, row) is (letter in weights), letter
        found = visible(Selection.objects.all(), SEES_SELECTION, actor)
        assert found.exists() is (letter in weights), letter
        if candidate is not None:
            assert SEES_CANDIDATE.holds(actor, candidate) is (letter in figures), letter
            of_point = visible(Candidate.objects.filter(pk=candidate.pk), SEES_CANDIDATE, actor)
            assert of_point.exists() is (letter in figures), letter
    assert (candidate is None) is (not figures)


def test_a_certificate_is_printed_by_its_holder_and_those_above(network: Network) -> None:
    row = make_selection(network, state=SelectionState.DECIDED)
    certificate = Certificate.objects.select_related("candidate__selection").get()
    assert certificate.candidate.organisation == network.points[0]
    assert row.candidates.count() == len(network.points)
    for letter, actor in everybody(network).items():
        prints = letter in "PCORU"
        assert SEES_CERTIFICATE.holds(actor, certificate) is prints, letter
        assert visible(Certificate.objects.all(), SEES_CERTIFICATE, actor).exists() is prints, letter


def test_marks_of_somebody_elses_candidate_are_not_found(network: Network) -> None:
    row = make_selection(network, state=SelectionState.RANKED)
    network.actor(network.points[0])
    other = make_selection(network, Award.ADMINISTRATOR, SelectionState.RANKED)
    before = everything_written()
    with pytest.raises(NotFound):
        mark_candidates(
            actor=network.office_admin,
            at=AT,
            selection=row,
            marks=[Mark(other.candidates.order_by("pk")[0].pk, True)],
        )
    with pytest.raises(Unmet):  # how many are chosen was not said
        follow_ranking(actor=network.office_admin, at=AT, selection=row)
    assert everything_written() == before


def test_ranking_anew_counts_anew_and_forgets_marks(network: Network) -> None:
    row = make_selection(network, state=SelectionState.RANKED)
    Candidate.objects.filter(selection=row).update(chosen=True, reason="旧")
    stocked = delivered_round(network, (3,))
    lend(actor=stocked.admin, at=AT, point=stocked.point, entry=stocked.entry, borrower_name="王小明")
    rank_candidates(actor=network.office_admin, at=AT, selection=row)
    rows = row.candidates.order_by("place", "organisation__code").values_list("place", "score", "chosen")
    assert [(place, str(score), chosen) for place, score, chosen in rows] == [
        (1, "60.00", None),
        *[(2, "0.00", None)] * 5,
    ]
