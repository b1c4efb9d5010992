"""What programs read and write: the same rules, the same refusals, once for each key."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from tests.factories.api import Program, make_program
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.distribution_stock import StockedRound, delivered_round, dispatched_round, packed_round
from tests.factories.orgs import Network, small_network

from lianxue.distribution.models import Issue, Loan, Shipment, StockBalance
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel import clock
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    cache.clear()
    return small_network()


@pytest.fixture
def stocked(network: Network) -> StockedRound:
    return delivered_round(network, (4,), points=network.points[:2], at=clock.now())


@pytest.fixture
def desk(stocked: StockedRound) -> Program:
    return make_program(stocked.network.actor(stocked.point, Role.DESK_CLERK))


def answer(program: Program, method: str, path: str, body: Any, *, key: str | None = None) -> tuple[int, Any]:
    response = program.call(method, path, body, key=key)
    return response.status_code, json.loads(response.content)


def test_lend_read_return(stocked: StockedRound, desk: Program) -> None:
    sent = {
        "entry": stocked.entry.code,
        "borrower_name": "王小明",
        "quantity": 2,
        "borrower_phone": "13812345678",
    }
    status, loan = answer(desk, "post", "/loans", sent)
    assert status == 201
    assert (loan["borrower_name"], loan["quantity"], loan["state"], loan["title"]) == (
        "王小明",
        2,
        "on_loan",
        stocked.entry.title,
    )
    assert "138" not in json.dumps(loan)
    assert desk.get(f"/loans/{loan['id']}") == loan
    entry = AuditEntry.objects.get(verb="distribution.lend")
    assert entry.person_id == desk.token.post.person_id
    status, back = answer(desk, "post", f"/loans/{loan['id']}/return", {})
    assert (status, back["state"], back["returned_on"]) == (200, "returned", clock.today().isoformat())
    status, told = answer(desk, "post", f"/loans/{loan['id']}/return", {})
    assert (status, told["code"]) == (409, "wrong_state")
    assert check_ledger().is_sound


def test_refusals_are_those_of_the_pages(stocked: StockedRound, desk: Program) -> None:
    right = {"entry": stocked.entry.code, "borrower_name": "王小明"}
    status, told = answer(desk, "post", "/loans", {**right, "quantity": 99})
    assert (status, told["code"]) == (422, "not_enough_copies")
    status, told = answer(desk, "post", "/loans", {**right, "borrower_name": " "})
    assert (status, set(told["fields"])) == (422, {"borrower_name"})
    status, told = answer(desk, "post", "/loans", {**right, "entry": "nothing"})
    assert (status, told["code"]) == (404, "not_found")
    status, told = answer(desk, "post", "/loans", {"entry": stocked.entry.code})
    assert (status, told["code"], set(told["fields"])) == (422, "invalid", {"body.given.borrower_name"})
    for wrong in ({**right, "borrower_name": "a\0b"}, {**right, "quantity": 10**30}):
        assert answer(desk, "post", "/loans", wrong)[0] == 422
    response = desk.call("post", "/loans")
    assert response.status_code == 422
    assert Loan.objects.count() == 0


def test_the_same_request_under_the_same_key_changes_once(stocked: StockedRound, desk: Program) -> None:
    sent = {"entry": stocked.entry.code, "borrower_name": "王小明"}
    first = answer(desk, "post", "/loans", sent, key="k-1")
    assert answer(desk, "post", "/loans", sent, key="k-1") == first
    assert Loan.objects.count() == 1
    status, told = answer(desk, "post", "/loans", {**sent, "quantity": 2}, key="k-1")
    assert (status, told["code"]) == (422, "key_used_otherwise")
    path = f"/loans/{first[1]['id']}/return"
    back = answer(desk, "post", path, {}, key="k-2")
    assert back[0] == 200
    assert answer(desk, "post", path, {}, key="k-2") == back
    other = make_program(stocked.network.actor(stocked.network.points[1]))
    assert answer(other, "post", "/loans", sent, key="k-1")[0] == 201, "keys of one token are not another's"
    assert Loan.objects.count() == 2


def test_issue(stocked: StockedRound, desk: Program) -> None:
    sent = {"entry": stocked.entry.code, "recipient_name": "李老师", "audience": "teacher"}
    status, row = answer(desk, "post", "/issues", sent, key="i-1")
    assert (status, row["recipient_name"], row["audience"], row["quantity"]) == (201, "李老师", "teacher", 1)
    assert answer(desk, "post", "/issues", sent, key="i-1") == (201, row)
    assert [one["id"] for one in desk.get("/issues")["items"]] == [row["id"]]
    assert Issue.objects.count() == 1
    assert check_ledger().is_sound


def test_names_at_other_points_are_masked_and_foreign_looks_like_missing(
    stocked: StockedRound, desk: Program
) -> None:
    network = stocked.network
    _status, loan = answer(desk, "post", "/loans", {"entry": stocked.entry.code, "borrower_name": "王小明"})
    college = make_program(network.actor(network.colleges[0]))
    assert college.get(f"/loans/{loan['id']}")["borrower_name"] == "王**"
    foreign = make_program(network.actor(network.points[3]))
    path = f"/loans/{loan['id']}"
    assert answer(foreign, "get", path, None) == answer(foreign, "get", "/loans/999999999", None)
    assert answer(foreign, "post", f"{path}/return", {})[0] == 404
    status, told = answer(college, "post", f"{path}/return", {})
    assert (status, told["code"]) == (403, "not_allowed")
    assert Loan.objects.get().state == "on_loan"


def test_dispatch_and_receive(network: Network) -> None:
    packed = packed_round(network, (5,), at=clock.now())
    shipment = packed.shipments[0]
    supplier = make_program(network.supplier_clerk)
    point = make_program(packed.admin)
    path = f"/shipments/{shipment.pk}"
    status, told = answer(point, "post", f"{path}/dispatch", {})
    assert (status, told["code"]) == (403, "not_allowed")
    status, sent = answer(supplier, "post", f"{path}/dispatch", {"carrier_note": "申通 1"}, key="d")
    assert (status, sent["state"], sent["carrier_note"], sent["copies"]) == (200, "dispatched", "申通 1", 5)
    assert answer(supplier, "post", f"{path}/dispatch", {"carrier_note": "申通 1"}, key="d") == (200, sent)
    lot = sent["lots"][0]
    wrong = {"counts": [{"lot_id": lot["id"], "good": 9}]}
    status, told = answer(point, "post", f"{path}/receive", wrong)
    assert (status, told["code"], set(told["fields"])) == (422, "does_not_add_up", {f"good_{lot['id']}"})
    counts = {"counts": [{"lot_id": lot["id"], "good": 3, "damaged": 1, "missing": 1}], "note": "一本破损"}
    status, received = answer(point, "post", f"{path}/receive", counts, key="r")
    assert (status, received["state"]) == (200, "received")
    assert [received["lots"][0][name] for name in ("good", "damaged", "missing", "surplus")] == [3, 1, 1, 0]
    assert answer(point, "post", f"{path}/receive", counts, key="r") == (200, received)
    assert check_ledger().is_sound
    assert Shipment.objects.get(pk=shipment.pk).receipt.note == "一本破损"


def test_stock_is_the_ledger(stocked: StockedRound, desk: Program) -> None:
    items = desk.get("/stock")["items"]
    ledger = StockBalance.objects.filter(place__organisation=stocked.point, quantity__gt=0)
    assert sum(item["copies"] for item in items) == 4 == sum(row.quantity for row in ledger)
    assert {item["place"] for item in items} == {"shelf", "display"}
    assert desk.get("/stock?place=display")["items"][0]["copies"] == 1
    assert desk.get(f"/stock?entry={stocked.entry.code}&lot_id={stocked.lot.pk}")["items"] == items
    college = make_program(stocked.network.actor(stocked.network.colleges[0]))
    assert sum(item["copies"] for item in college.get("/stock")["items"]) == 8
    other = make_program(stocked.network.actor(stocked.network.points[3]))
    assert other.get("/stock")["items"] == []


def test_shipments_by_state(network: Network) -> None:
    dispatched_round(network, (2,), points=network.points[:2], at=clock.now())
    point = make_program(network.actor(network.points[0]))
    assert [one["state"] for one in point.get("/shipments")["items"]] == ["dispatched"]
    assert point.get("/shipments?state=received")["items"] == []
    office = make_program(network.office_admin)
    assert len(office.get("/shipments")["items"]) == 2


def test_pages_by_cursor_stay_right_while_rows_are_added(stocked: StockedRound, desk: Program) -> None:
    def lend() -> int:
        body = {"entry": stocked.entry.code, "borrower_name": "王小明"}
        return int(answer(desk, "post", "/loans", body)[1]["id"])

    first, second = lend(), lend()
    page = desk.get("/loans?limit=1")
    assert [row["id"] for row in page["items"]] == [first]
    third = lend()
    page = desk.get(f"/loans?limit=1&cursor={page['next_cursor']}")
    assert [row["id"] for row in page["items"]] == [second]
    page = desk.get(f"/loans?limit=1&cursor={page['next_cursor']}")
    assert ([row["id"] for row in page["items"]], page["next_cursor"]) == ([third], None)
    cursor = desk.get("/loans?limit=1")["next_cursor"]
    for wrong in ("nonsense", cursor[:-2] + "xx"):
        status, told = answer(desk, "get", f"/loans?cursor={wrong}", None)
        assert (status, told["code"]) == (422, "bad_cursor")
    assert answer(desk, "get", f"/issues?cursor={cursor}", None)[0] == 422, "a cursor belongs to one list"
    assert answer(desk, "get", "/loans?limit=201", None)[0] == 422


@pytest.fixture
def asked(network: Network) -> DemandRound:
    return opened_round(network, (10, 10), at=clock.now())


def test_demand_from_writing_to_aggregation(asked: DemandRound) -> None:
    network, round_id = asked.network, asked.round.pk
    point = make_program(network.actor(network.points[0]))
    assert [one["id"] for one in point.get("/rounds")["items"]] == [round_id]
    titles = point.get(f"/rounds/{round_id}/titles")["items"]
    assert [one["id"] for one in titles] == [title.pk for title in asked.titles]
    assert point.get(f"/rounds/{round_id}/demand") == {
        "round_id": round_id,
        "state": "draft",
        "note": "",
        "return_reason": "",
        "lines": [],
    }
    path = f"/rounds/{round_id}/demand"
    sent = {"lines": [{"title_id": titles[0]["id"], "copies": 3}], "note": "请尽早"}
    status, saved = answer(point, "put", path, sent)
    assert (status, saved["lines"][0]["asked"], saved["note"]) == (200, 3, "请尽早")
    assert answer(point, "put", path, sent) == (200, saved)
    status, told = answer(point, "put", path, {"lines": [{"title_id": 999_999_999, "copies": 1}]})
    assert (status, told["code"]) == (422, "title_not_offered")
    status, submitted = answer(point, "post", f"{path}/submit", {}, key="s")
    assert (status, submitted["state"]) == (200, "submitted")
    assert answer(point, "post", f"{path}/submit", {}, key="s") == (200, submitted)
    assert answer(point, "post", f"{path}/submit", {})[0] == 409
    college = make_program(network.actor(network.colleges[0]))
    gathered = college.get(f"/rounds/{round_id}/aggregation")
    assert gathered["state"] == "gathering"
    assert [(one["title_id"], one["points"], one["asked"]) for one in gathered["items"] if one["asked"]] == [
        (titles[0]["id"], 1, 3)
    ]
    assert answer(college, "get", path, None)[0] == 404, "a college states no demand of its own"
    assert answer(point, "get", f"/rounds/{round_id}/aggregation", None)[0] == 404
