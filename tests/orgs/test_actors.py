"""What an actor is told of the own place in the network, read with every page."""

import pytest
from tests.factories.orgs import make_actor, make_organisation, small_network

from lianxue.orgs.enums import OrganisationKind
from lianxue.orgs.models import Organisation

pytestmark = pytest.mark.django_db


def _below(organisation: Organisation) -> tuple[bool, bool]:
    actor = make_actor(organisation)
    return actor.has_below, actor.has_points_below


def test_points_are_those_with_nobody_beneath() -> None:
    network = small_network()
    city = make_organisation("city", OrganisationKind.COMMUNITY_COLLEGE, network.office)
    county = make_organisation("county", OrganisationKind.COMMUNITY_COLLEGE, city)
    assert _below(county) == (False, False)
    point = make_organisation("county-point", OrganisationKind.COMMUNITY_SCHOOL, county)
    assert _below(county) == (True, True)
    assert _below(city) == (True, False)
    assert _below(point) == (False, False)
    mixed = make_organisation("city-point", OrganisationKind.COMMUNITY_SCHOOL, city)
    assert _below(city) == (True, True)
    Organisation.objects.filter(pk__in=[point.pk, mixed.pk]).update(is_active=False)
    assert _below(county) == (False, False)
    assert _below(city) == (True, True)  # the county has become a point
