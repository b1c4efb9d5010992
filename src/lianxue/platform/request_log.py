"""One log line for each request, under an id that every other line of the same request carries too.

The line names the route, not the path, and no person: logs are kept elsewhere and longer than personal data may be.
The audit trail says who did what.
"""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger("lianxue.request")


class RequestLogMiddleware:
    """Bind a request id to the log, answer with it, and write the line."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if ACCEPTABLE_ID.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            match = request.resolver_match
            if match:  # else it is a static file, or nothing that we have
                log.info(
                    "request",
                    method=request.method,
                    route=f"/{match.route}",
                    status=response.status_code,
                    milliseconds=round((time.perf_counter() - started) * 1000),
                )
        response["X-Request-ID"] = request_id
        return response
