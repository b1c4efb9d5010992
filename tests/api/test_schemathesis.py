"""The open interface is what its document says: requests of every shape, and not one server error.

``make test-api`` tries many more of them.
"""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.factories.api import ROOT, make_program
from tests.factories.distribution_demand import opened_round
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import small_network

from lianxue.kernel import clock

EXAMPLES = int(os.environ.get("LIANXUE_API_EXAMPLES", "3"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
)
OPERATIONS = 19


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the connection with the test's transaction while requests begin and end, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
def test_requests_of_every_shape() -> None:
    network = small_network()
    stocked = delivered_round(network, (50,), at=clock.now())
    opened_round(network, (9,), at=clock.now())
    tokens = [
        make_program(actor).text
        for actor in (stocked.admin, network.actor(network.colleges[0]), network.supplier_clerk)
    ]
    schema = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", WSGIHandler())
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def try_one(case: schemathesis.Case) -> None:
            for token in tokens:
                cache.clear()
                case.headers["Authorization"] = f"Bearer {token}"
                case.call_and_validate(checks=CHECKS)

        try_one()
        tried += 1
    assert tried == OPERATIONS
