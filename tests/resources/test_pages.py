"""Every page opens for those it is for, and for nobody else."""

import pytest
from django.urls import reverse
from tests.factories.orgs import client_for, small_network
from tests.factories.resources import make_contribution, make_entry

from lianxue.orgs.public import Role
from lianxue.resources.enums import ContributionState, EntryState

pytestmark = pytest.mark.django_db

# page: who may open it (letters as in test_contribution_flow, V a visitor without an account)
PAGES = {
    "catalogue": "ADNCFORUS",
    "contributions": "ANCFORU",
    "contribution-new": "ANCF",
    "contribution-import": "ANCF",
    "contribution-blank": "ANCF",
    "collation": "ANCF",
    "network": "CFORU",
    "figures": "CFORU",
    "review": "OR",
    "entry-add": "OR",
    "entry-import": "OR",
    "entry-blank": "OR",
    "categories": "O",
    "category-add": "O",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_those_they_are_for(name: str) -> None:
    network = small_network()
    make_contribution(network, ContributionState.SUBMITTED)
    make_contribution(network, ContributionState.ACCEPTED, title="另一本")
    actors = {
        "A": network.actor(network.points[0]),
        "D": network.actor(network.points[0], Role.DESK_CLERK),
        "N": network.actor(network.points[1]),
        "C": network.actor(network.colleges[0]),
        "F": network.actor(network.colleges[1]),
        "O": network.office_admin,
        "R": network.actor(network.office, Role.RESOURCE_REVIEWER),
        "U": network.actor(network.office, Role.AUDITOR),
        "S": network.supplier_clerk,
    }
    url = reverse(f"resources:{name}")
    found = {letter: client_for(actor).get(url, follow=True).status_code for letter, actor in actors.items()}
    assert found == {letter: 200 if letter in PAGES[name] else 404 for letter in actors}


def test_one_contribution_opens_in_every_state() -> None:
    network = small_network()
    author, college, office = (
        client_for(one)
        for one in (
            network.actor(network.points[0]),
            network.actor(network.colleges[0]),
            network.office_admin,
        )
    )
    foreign = client_for(network.actor(network.colleges[1]))
    for state in ContributionState:
        row = make_contribution(network, state, title=f"题名{state}")
        url = reverse("resources:contribution", args=[row.pk])
        assert author.get(url).status_code == 200
        expected = 404 if state == ContributionState.DRAFT else 200
        assert [college.get(url).status_code, office.get(url).status_code] == [expected, expected]
        assert foreign.get(url).status_code == 404
    assert office.get(reverse("resources:contribution", args=[10**30])).status_code == 404


def test_an_entry_opens_and_a_withdrawn_one_only_for_the_office_and_its_provider() -> None:
    network = small_network()
    entry = make_entry(provider=network.points[0])
    url = reverse("resources:entry", args=[entry.code])
    reader = client_for(network.actor(network.points[3]))
    assert reader.get(url).status_code == 200
    office = client_for(network.office_admin)
    edit = reverse("resources:entry-edit", args=[entry.code])
    state = reverse("resources:entry-state", args=[entry.code, "withdraw"])
    assert [office.get(one).status_code for one in (edit, state)] == [200, 200]
    assert [reader.get(one).status_code for one in (edit, state)] == [404, 404]
    assert office.post(state, {"reason": ""}).status_code == 422
    assert office.post(state, {"reason": "权利人撤回授权"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.withdrawn_reason) == (EntryState.WITHDRAWN, "权利人撤回授权")
    assert reader.get(url).status_code == 404
    provider = client_for(network.actor(network.points[0]))
    assert "权利人撤回授权" in provider.get(url).content.decode()
    assert entry.title in office.get(reverse("resources:catalogue"), {"state": "withdrawn"}).content.decode()
    again = reverse("resources:entry-state", args=[entry.code, "republish"])
    assert office.post(again, {"reason": "重新取得授权"}).status_code == 302
    assert reader.get(url).status_code == 200
