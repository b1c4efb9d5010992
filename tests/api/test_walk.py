"""Every address of the open interface × every role, by token: who reads own things, for whom there is nothing."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories.api import ROOT, Program, make_program
from tests.factories.distribution_demand import opened_round
from tests.project.test_url_walk import patterns
from tests.walk.fulfilment import at_point
from tests.walk.world import (
    AUDITOR,
    COLLEGE,
    DESK,
    MEMBERS,
    OFFICE,
    POINT,
    REVIEWER,
    SUPPLIER,
    UNIVERSITY,
    World,
)

from lianxue.kernel import clock
from lianxue.web.interfaces.api import api

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

IN_NETWORK = frozenset({OFFICE, COLLEGE, UNIVERSITY, POINT, DESK})
STAFF = frozenset({POINT, DESK})
ADMINISTRATORS = frozenset({OFFICE, COLLEGE, UNIVERSITY, POINT})
READS_ROUNDS = ADMINISTRATORS | {REVIEWER, AUDITOR}
Ids = dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Way:
    """One method of one path: for whom it is open, and an own or a foreign thing to try it with."""

    opens_to: frozenset[str]
    ids: Callable[[World, str, bool], Ids | None] = lambda _world, _role, own: {} if own else None
    foreign: int = 404


def a_round(world: World, _role: str, own: bool) -> Ids | None:
    made = world.once("open round", lambda: opened_round(world.network, (9,), at=clock.now()))
    return {"round_id": made.round.pk} if own else None


def a_shipment(world: World, role: str, own: bool) -> Ids | None:
    point = world.point(role, own)
    return {"shipment_id": at_point(world, point).shipment.pk} if point and role != SUPPLIER else None


def a_loan(world: World, role: str, own: bool) -> Ids | None:
    point = world.point(role, own)
    return {"loan_id": at_point(world, point).loan.pk} if point else None


# What everybody with a post may ask for; who has nothing gets an empty list.
LIST = Way(opens_to=MEMBERS)
WAYS = {
    "read_me": LIST,
    "list_rounds": LIST,
    "list_shipments": LIST,
    "list_stock": LIST,
    "list_loans": LIST,
    "list_issues": LIST,
    "read_round": Way(opens_to=READS_ROUNDS, ids=a_round),
    "list_titles": Way(opens_to=READS_ROUNDS, ids=a_round),
    "read_demand": Way(opens_to=frozenset({POINT}), ids=a_round),
    "save_demand": Way(opens_to=frozenset({POINT}), ids=a_round),
    "submit_demand": Way(opens_to=frozenset({POINT}), ids=a_round),
    "read_aggregation": Way(opens_to=frozenset({COLLEGE, UNIVERSITY}), ids=a_round),
    "read_shipment": Way(opens_to=IN_NETWORK, ids=a_shipment),
    "dispatch_shipment": Way(opens_to=IN_NETWORK, ids=a_shipment),
    "receive_shipment": Way(opens_to=IN_NETWORK, ids=a_shipment),
    "read_loan": Way(opens_to=IN_NETWORK, ids=a_loan),
    "return_loan": Way(opens_to=IN_NETWORK, ids=a_loan),
    "lend": Way(opens_to=frozenset()),  # what it needs is no part of the path: tests/api/test_calls.py
    "issue": Way(opens_to=frozenset()),
}
# Whoever sees a thing and may do nothing with it is told so; a state in which nothing can be done comes first.
SEEN = {200, 403, 409, 422}


def ways() -> Iterator[tuple[str, str, str]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, one in methods.items():
            yield one["operationId"], method, path.removeprefix(ROOT)


def filled(path: str, ids: Ids) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: str(ids[match[1]]), path)


def answered(program: Program, method: str, path: str) -> tuple[int, Any]:
    response = program.call(method, path, {"lines": []} if method != "get" else None)
    assert response["Content-Type"].split(";")[0] in {"application/json", "application/problem+json"}, path
    return response.status_code, json.loads(response.content)


def test_every_address_stands_in_the_table_and_needs_a_token() -> None:
    assert {name for name, _method, _path in ways()} == set(WAYS)
    routed = [name for name, _part in patterns() if name.startswith("api:") and name != "api:api-root"]
    assert len(routed) == len(WAYS), "every address is in the document"
    for _name, method, path in ways():
        ids = dict.fromkeys(re.findall(r"\{(\w+)\}", path), 1)
        response = Client().generic(method.upper(), ROOT + filled(path, ids))
        assert response.status_code == 401, path


def test_walk() -> None:
    world = World()
    faults = []
    for role in sorted(MEMBERS):
        cache.clear()
        program = make_program(world.actor(role))
        for name, method, path in ways():
            for own in (True, False):
                ids = WAYS[name].ids(world, role, own)
                if ids is None or name in {"lend", "issue"}:
                    continue
                status, told = answered(program, method, filled(path, ids))
                allowed = SEEN if method != "get" else {200}
                expected = allowed if own and role in WAYS[name].opens_to else {404}
                if status not in expected:
                    faults.append(
                        f"{name} as {role} ({'own' if own else 'foreign'}): {status} {told.get('code')}"
                    )
                if status == 404:
                    nothing = dict.fromkeys(ids, 10**15)
                    if answered(program, method, filled(path, nothing)) != (status, told):
                        faults.append(f"{name} as {role}: foreign looks different from missing")
    assert not faults, "\n" + "\n".join(faults)
