"""What a visitor reads when something on our side is wrong: a passing trouble is told apart from a fault."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.defaults import server_error

RETRY_SECONDS = 30


def fault(request: HttpRequest) -> HttpResponseBase:
    """Answer for an error that nobody caught; while the database is away or its disk full, ask for patience."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    response = render(None, "503.html", status=503)  # without the request, which asks the database
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
