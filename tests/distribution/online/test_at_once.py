"""A class opens the same link at the same moment: every opening counts, in one line of the day."""

import pytest
from tests.distribution.online.test_access import online_entry
from tests.factories.orgs import small_network
from tests.factories.threads import at_once

from lianxue.distribution.models import OnlineAccess, OnlineUse
from lianxue.distribution.operations.online.access import grant_access
from lianxue.distribution.operations.online.links import make_link, open_link
from lianxue.kernel import clock
from lianxue.orgs.public import Actor

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]


def test_thirty_open_at_once_and_thirty_are_counted() -> None:
    network, now = small_network(), clock.now()
    point = network.points[0]
    grant_access(actor=network.office_admin, at=now, entry=online_entry(), points=[point])
    link = make_link(actor=network.actor(point), at=now, access=OnlineAccess.objects.get(), days=1)
    visitor = Actor.visitor()
    assert at_once([lambda: open_link(actor=visitor, at=now, link=link)] * 30) == [None] * 30
    assert list(OnlineUse.objects.values_list("times", flat=True)) == [30]
