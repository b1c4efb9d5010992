"""How PostgreSQL plans a statement that it is asked again and again.

A statement that a connection has sent twice is kept by the server, and one plan for all values soon stands with it: that
is what makes reading by keys cheap. Where the best way depends on the values (how many rows a filter leaves, whether a
word is rare), a plan for all of them can be fifty times as dear as the right one. Such statements are sent anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def planned_with_values() -> Iterator[None]:
    """Have the statements of the block planned with their values; they must be sent within it."""
    connection.ensure_connection()
    own = connection.connection
    before, own.prepare_threshold = own.prepare_threshold, None
    try:
        yield
    finally:
        own.prepare_threshold = before
