"""The trial programme is known in all tests of programmes."""

from collections.abc import Iterator

import pytest
from tests.factories.programmes import TrialCall, known_programme, trial_call


@pytest.fixture(autouse=True)
def _trial_is_known() -> Iterator[None]:
    with known_programme():
        yield


@pytest.fixture
def trial(db: None) -> TrialCall:
    """Return an open call of the trial programme in a small network."""
    return trial_call()
