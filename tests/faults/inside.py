"""Working inside an installation from a process of its own: `with installation():` before anything of Django."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def installation() -> Iterator[Any]:
    """Set Django up on the installation that the environment names; give the question that came in as JSON."""
    from lianxue.platform.installation import database_at_hand, prepare_environment

    question = json.load(sys.stdin)
    os.environ["LIANXUE_TESTING"] = ""
    prepare_environment()
    with database_at_hand():
        import django

        django.setup()
        yield question


def answer(**found: object) -> None:
    """Give an answer as JSON."""
    json.dump(found, sys.stdout)
