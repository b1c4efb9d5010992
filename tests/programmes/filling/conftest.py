"""A call that is open today, as pages ask the clock."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.orgs import client_for
from tests.factories.programmes import TrialCall, trial_call

from lianxue.kernel import clock
from lianxue.programmes.models import Filing, Window


def open_today(trial: TrialCall) -> TrialCall:
    """Move the days of a call so that it is open now."""
    Window.objects.filter(call=trial.call, stage="filing").update(
        opens_on=clock.today() - timedelta(days=30), closes_on=clock.today() + timedelta(days=30)
    )
    Window.objects.filter(call=trial.call, stage="summary").update(opens_on=None, closes_on=None)
    trial.at = clock.now()
    return trial


@pytest.fixture
def trial(db: None) -> TrialCall:
    """Return a call of the trial programme that is open today."""
    return open_today(trial_call())


@pytest.fixture
def filing(trial: TrialCall) -> Filing:
    """Return the filing of the first street, just begun."""
    return trial.filing(trial.network.streets[0])


@pytest.fixture
def writer(trial: TrialCall, filing: Filing) -> Client:
    """Return the browser of whoever fills it in."""
    return client_for(trial.network.actor(filing.unit))
