"""What office or college send without being asked (S0-42: 市级、区级配送资源), received like all else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.orgs import AT, Network, client_for, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.enums import RoundKind, RoundState, Route, ShipmentState
from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.flows.direct_round import DIRECT_ROUND_FLOW
from lianxue.distribution.models import Claim, Round, Shipment, StockBalance
from lianxue.distribution.operations.claims.answer import answer_claim
from lianxue.distribution.operations.direct.hand_out import Portion, hand_out
from lianxue.distribution.operations.direct.portions_sheet import PORTIONS_SHAPE
from lianxue.distribution.operations.direct.prepare import (
    choose_direct_titles,
    close_direct_round,
    create_direct_round,
)
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.shipping.dispatch import dispatch_shipments
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.distribution.queries.rounds import office_rounds, visible_rounds
from lianxue.kernel.errors import Invalid, NotAllowed, Refused, Unmet, WrongState
from lianxue.kernel.tables import blank_sheet
from lianxue.orgs.public import Actor, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _prepared(network: Network, sender: Organisation, *, route: Route = Route.DIRECT) -> Round:
    actor = network.actor(sender)
    row = create_direct_round(actor=actor, at=AT, name="读书月", year=2026, route=route)
    entries = [make_entry("社区读本").pk, make_entry("健康手册").pk]
    return choose_direct_titles(actor=actor, at=AT, round=row, add=entries)


def _portions(row: Round, *numbers: tuple[Organisation, int, int]) -> list[Portion]:
    first, second = row.titles.order_by("pk").values_list("pk", flat=True)
    return [
        Portion(point.pk, title_id, copies)
        for point, *both in numbers
        for title_id, copies in zip((first, second), both, strict=True)
    ]


def _sent_out(network: Network, sender: Organisation, *, route: Route = Route.DIRECT) -> Round:
    row = _prepared(network, sender, route=route)
    wanted = _portions(row, (network.points[0], 3, 0), (network.points[1], 2, 5))
    return hand_out(actor=network.actor(sender), at=AT, round=row, portions=wanted)


def test_a_college_sends_and_its_points_receive_like_always(network: Network) -> None:
    college = network.colleges[0]
    row = _sent_out(network, college)
    assert (row.kind, row.state, row.allocated_at) == (RoundKind.DIRECT, RoundState.ALLOCATED, AT)
    assert list(row.titles.order_by("pk").values_list("copies_available", "supplier")) == [
        (5, college.pk),
        (5, college.pk),
    ]
    parcels = list(Shipment.objects.order_by("code"))
    assert [(p.point, p.supplier, p.via, p.state) for p in parcels] == [
        (point, college, None, ShipmentState.PREPARING) for point in network.points[:2]
    ]
    assert [list(p.lines.values_list("quantity", flat=True)) for p in parcels] == [[3], [2, 5]]
    dispatch_shipments(actor=network.actor(college), at=AT, shipments=parcels)
    lot = parcels[0].lines.get()
    counts = [LotCount(lot.pk, 2, missing=1)]
    receive(actor=network.actor(network.points[0]), at=AT, shipment=parcels[0], counts=counts)
    claim = Claim.objects.get()
    answer_claim(actor=network.actor(college), at=AT, claim=claim, remedy="resend")
    assert check_ledger().is_sound
    here = StockBalance.objects.filter(lot=lot, place__organisation=network.points[0]).exclude(quantity=0)
    assert dict(here.values_list("place__kind", "quantity")) == {"display": 1, "shelf": 1, "lost": 1}


def test_what_the_office_sends_may_go_through_the_colleges(network: Network) -> None:
    _sent_out(network, network.office, route=Route.VIA_COLLEGE)
    assert set(Shipment.objects.values_list("via", flat=True)) == {network.colleges[0].pk}


def test_rounds_by_demand_and_these_are_never_mixed_up(network: Network) -> None:
    own = _sent_out(network, network.office)
    college = _prepared(network, network.colleges[0])
    for actor in (network.office_admin, network.actor(network.colleges[0]), network.actor(network.points[0])):
        assert list(visible_rounds(actor)) == []
    assert list(office_rounds(network.office_admin)) == []
    office = client_for(network.office_admin)
    assert office.get(f"/rounds/{own.pk}/").status_code == 404
    assert client_for(network.actor(network.points[0])).get("/demand/").status_code == 200
    with pytest.raises(NotAllowed):
        open_round(actor=network.actor(network.colleges[0]), at=AT, round=college)


# verb: state -> who succeeds, when the college C sends to its points.
TABLE: dict[str, dict[str, str]] = {
    "choose_direct_titles": {"draft": "C"},
    "hand_out": {"draft": "C"},
    "close_direct_round": {"allocated": "C"},
}


def _act(verb: str, actor: Actor, row: Round, network: Network) -> None:
    match verb:
        case "choose_direct_titles":
            choose_direct_titles(actor=actor, at=AT, round=row, remove=[row.titles.order_by("pk")[0].pk])
        case "hand_out":
            wanted = _portions(row, (network.points[0], 1, 1))
            hand_out(actor=actor, at=AT, round=row, portions=wanted)
        case _:
            close_direct_round(actor=actor, at=AT, round=row, reason="学校搬迁")


@pytest.mark.parametrize("state", DIRECT_ROUND_FLOW.states)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(network: Network, state: str, verb: str) -> None:
    assert tuple(TABLE) == DIRECT_ROUND_FLOW.verbs
    college = network.colleges[0]
    row = _prepared(network, college) if state == "draft" else _sent_out(network, college)
    if state == "closed":
        close_direct_round(actor=network.actor(college), at=AT, round=row, reason="提前结束")
    actors = everybody(network)
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], row, network)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


def test_only_who_has_points_below_begins(network: Network) -> None:
    people = everybody(network)
    for letter in EVERYBODY:
        with transaction.atomic():
            try:
                create_direct_round(actor=people[letter], at=AT, name="读书月", year=2026)
                began = True
            except NotAllowed:
                began = False
            transaction.set_rollback(True)
        assert began == (letter in "CFO"), letter


def test_copies_go_only_to_own_points_and_chosen_titles(network: Network) -> None:
    college = network.colleges[0]
    row, other = _prepared(network, college), _prepared(network, network.colleges[1])
    actor, first = network.actor(college), row.titles.order_by("pk")[0].pk
    before = everything_written()
    point, foreign = network.points[0].pk, network.points[3].pk
    for wanted in (
        [],
        [Portion(point, first, 0)],
        [Portion(foreign, first, 1)],
        [Portion(college.pk, first, 1)],
        [Portion(point, other.titles.order_by("pk")[0].pk, 1)],
        [Portion(point, first, 1), Portion(point, first, 2)],
        [Portion(point, first, 10_000)],
        [Portion(point, first, -1)],
    ):
        with pytest.raises(Invalid):
            hand_out(actor=actor, at=AT, round=row, portions=wanted)
    assert everything_written() == before


def test_without_titles_nothing_is_sent_and_closing_early_takes_a_reason(network: Network) -> None:
    actor = network.actor(network.colleges[0])
    empty = create_direct_round(actor=actor, at=AT, name="空", year=2026)
    with pytest.raises(Unmet):
        hand_out(actor=actor, at=AT, round=empty, portions=[])
    with pytest.raises(ReasonMissing):
        close_direct_round(actor=actor, at=AT, round=_sent_out(network, network.colleges[0]))
    with pytest.raises(Invalid):
        choose_direct_titles(actor=actor, at=AT, round=empty, add=[999_999])


def test_from_page_to_page(network: Network) -> None:
    browser, entry = client_for(network.actor(network.colleges[0])), make_entry("社区读本")
    browser.post("/shipments/direct/new/", {"name": "读书月", "year": "2026"})
    row = Round.objects.get()
    page = f"/shipments/direct/{row.pk}/"
    browser.post(f"{page}titles/", {"chosen": [entry.pk]})
    title = row.titles.get()
    assert "外滩街道社区学校" in browser.get(f"{page}numbers/").content.decode()
    boxes = {f"copies_{title.pk}_{point.pk}": "2" for point in network.points[:2]}
    assert browser.post(f"{page}numbers/", boxes | {f"copies_{title.pk}_x": "1"}).url == page
    assert [lines.get().quantity for lines in (s.lines for s in Shipment.objects.all())] == [2, 2]
    assert browser.post(f"{page}numbers/", boxes).status_code == 422
    paper = browser.get(f"/shipments/packing/{row.pk}/titles.pdf")
    assert paper.content[:5] == b"%PDF-"
    assert browser.get(f"/shipments/packing/{row.pk}/parcels.xlsx").content[:2] == b"PK"
    browser.post("/shipments/many/", {"which": "all", "act": "dispatch"})
    assert set(Shipment.objects.values_list("state", flat=True)) == {ShipmentState.DISPATCHED}
    assert browser.post(f"{page}close/", {"reason": ""}).status_code == 422
    assert browser.post(f"{page}close/", {"reason": "提前结束"}).url == page
    assert browser.get("/shipments/direct/?export=xlsx").status_code == 200
    assert client_for(network.actor(network.colleges[1])).get(page).status_code == 404


def test_the_same_number_for_all_and_numbers_from_a_table(network: Network) -> None:
    college = network.colleges[0]
    browser = client_for(network.actor(college))
    row = _prepared(network, college)
    titles = list(row.titles.order_by("pk").select_related("entry"))
    typed = {"same": "yes", f"each_{titles[0].pk}": "1", f"each_{titles[1].pk}": "x"}
    assert browser.post(f"/shipments/direct/{row.pk}/numbers/", typed).status_code == 422
    browser.post(f"/shipments/direct/{row.pk}/numbers/", typed | {f"each_{titles[1].pk}": ""})
    assert [s.lines.get().quantity for s in Shipment.objects.filter(round=row)] == [1, 1, 1]
    second = _prepared_again(network, college)
    assert browser.get(f"/shipments/direct/{second.pk}/numbers/blank/").content[:2] == b"PK"
    code = second.titles.get().entry.code

    def upload(*rows: tuple[str, str, int | None]) -> object:
        filled = [{"point": p, "point_name": "", "code": c, "title": "", "copies": n} for p, c, n in rows]
        sheet = SimpleUploadedFile("numbers.xlsx", blank_sheet(PORTIONS_SHAPE, filled))
        return browser.post(f"/shipments/direct/{second.pk}/numbers/import/", {"sheet": sheet}).status_code

    for wrong in (("point-9", code, 1), ("point-3", code, 1), ("point-1", "X-1", 1)):
        assert upload(wrong) == 422
    assert upload(("point-1", code, 1), ("point-1", code, 2)) == 422
    assert not Shipment.objects.filter(round=second).exists()
    assert upload(("point-1", code, 4), ("point-2", code, None)) == 302
    assert Shipment.objects.get(round=second).lines.get().quantity == 4


def _prepared_again(network: Network, sender: Organisation) -> Round:
    actor = network.actor(sender)
    row = create_direct_round(actor=actor, at=AT, name="第二次", year=2026)
    return choose_direct_titles(actor=actor, at=AT, round=row, add=[make_entry("防诈骗").pk])
