"""What Django's system check says about definitions."""

from typing import Any

from django.core.checks import CheckMessage, Error

from lianxue.programmes.queries.definitions import faults_at_start


def definitions_are_right(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error for each fault in a definition, with file and line."""
    return [Error(str(fault), id="programmes.E001") for fault in faults_at_start()]
