"""A database of its own for tests that commit from several threads."""

from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work on a copy of the test database and throw it away afterwards.

    Tests with real threads must commit, and the append-only tables refuse the TRUNCATE by which Django would clean up.
    """
    default = connections["default"]
    original = default.settings_dict["NAME"]
    copy = f"{original}_threads"
    with django_db_blocker.unblock():
        default.close()
        with default._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        default.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connections.close_all()
            default.settings_dict["NAME"] = original
            with default._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
