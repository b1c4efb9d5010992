"""Offers the demonstration's people on the sign-in page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lianxue.demo.people import demonstration_people


def demonstration(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  # the shape of a context processor
    """Return ``demo_accounts`` in a demonstration, nothing elsewhere."""
    return {"demo_accounts": SimpleLazyObject(demonstration_people)} if settings.DEMO else {}
