"""The whole table of a catalogue entry, and what withdrawing does."""

import pytest
from tests.factories.orgs import AT, Network, small_network
from tests.factories.resources import make_entry

from lianxue.kernel.errors import NotAllowed, Refused, WrongState
from lianxue.kernel.events import subscribe
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor, Role
from lianxue.resources.enums import EntryState, ResourceKind
from lianxue.resources.errors import ReasonMissing
from lianxue.resources.events import EntryPublished, EntryWithdrawn
from lianxue.resources.flows.entries import ENTRY_FLOW
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.operations import Description, amend_entry, republish_entry, withdraw_entry
from lianxue.resources.queries.catalogue import published_entries

pytestmark = pytest.mark.django_db

# O the office's administrator, R its reviewer, U its auditor, P the provider, C a college, S a supplier's clerk.
EVERYBODY = "ORUPCS"
TABLE = {
    "amend": {"published": "OR", "withdrawn": "OR"},
    "withdraw": {"published": "OR"},
    "republish": {"withdrawn": "OR"},
}


def _actors(network: Network) -> dict[str, Actor]:
    return {
        "O": network.office_admin,
        "R": network.actor(network.office, Role.RESOURCE_REVIEWER),
        "U": network.actor(network.office, Role.AUDITOR),
        "P": network.actor(network.points[0]),
        "C": network.actor(network.colleges[0]),
        "S": network.supplier_clerk,
    }


def _try(verb: str, entry: CatalogueEntry, actor: Actor) -> None:
    if verb == "amend":
        amend_entry(
            actor=actor, at=AT, entry=entry, description=Description(title="改名", kind=ResourceKind.DISC)
        )
    else:
        act = withdraw_entry if verb == "withdraw" else republish_entry
        act(actor=actor, at=AT, entry=entry, reason="权利人要求")


@pytest.mark.parametrize("state", EntryState.values)
@pytest.mark.parametrize("verb", ENTRY_FLOW.verbs)
@pytest.mark.parametrize("letter", EVERYBODY)
def test_every_verb_in_every_state_by_everybody(state: str, verb: str, letter: str) -> None:
    network = small_network()
    entry = make_entry(provider=network.points[0])
    if state == EntryState.WITHDRAWN:
        entry = withdraw_entry(actor=network.office_admin, at=AT, entry=entry, reason="先撤回")
    before = CatalogueEntry.objects.values().get()
    actor = _actors(network)[letter]
    if letter in TABLE[verb].get(state, ""):
        _try(verb, entry, actor)
        assert CatalogueEntry.objects.values().get() != before
    else:
        with pytest.raises(NotAllowed if state in TABLE[verb] else WrongState):
            _try(verb, entry, actor)
        assert CatalogueEntry.objects.values().get() == before


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == ENTRY_FLOW.verbs


def test_withdrawing_needs_a_reason_is_told_and_stays_in_the_trail() -> None:
    network = small_network()
    told: list[object] = []
    subscribe(EntryWithdrawn, told.append)
    subscribe(EntryPublished, told.append)
    entry = make_entry(provider=network.points[0])
    with pytest.raises(ReasonMissing):
        withdraw_entry(actor=network.office_admin, at=AT, entry=entry, reason="  ")
    withdraw_entry(actor=network.office_admin, at=AT, entry=entry, reason="授权到期")
    assert not published_entries().exists()
    republish_entry(actor=network.office_admin, at=AT, entry=entry, reason="续签授权")
    entry.refresh_from_db()
    assert (entry.withdrawn_at, entry.withdrawn_reason) == (None, "")
    assert list(published_entries()) == [entry]
    assert told == [EntryPublished(entry.pk), EntryWithdrawn(entry.pk), EntryPublished(entry.pk)]
    notes = AuditEntry.objects.filter(verb__contains="publish_entry").values_list("note", flat=True)
    assert list(notes) == ["续签授权"]


def test_an_amended_title_is_found_under_its_new_words_only() -> None:
    from lianxue.resources.queries.asked import Search
    from lianxue.resources.queries.catalogue import search_catalogue

    network = small_network()
    entry = make_entry("太极拳入门")
    amend_entry(
        actor=network.office_admin,
        at=AT,
        entry=entry,
        description=Description(title="八段锦图解", kind=ResourceKind.BOOK),
    )
    reader = network.actor(network.points[0])
    found = {text: search_catalogue(reader, Search(text)).entries.count() for text in ("太极拳", "八段锦")}
    assert found == {"太极拳": 0, "八段锦": 1}


def test_a_refused_amendment_changes_nothing() -> None:
    network = small_network()
    entry = make_entry("太极拳入门")
    with pytest.raises(Refused):
        amend_entry(
            actor=network.office_admin,
            at=AT,
            entry=entry,
            description=Description(title="", kind=ResourceKind.BOOK),
        )
    entry.refresh_from_db()
    assert entry.title == "太极拳入门"
