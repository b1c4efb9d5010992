"""Everybody who could try something with a filing, known by a letter each."""

from datetime import timedelta

from django.apps import apps

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.orgs.public import Actor, Organisation, Role
from lianxue.programmes.operations.desks.delegations import delegate
from tests.factories.orgs import AT, make_actor
from tests.factories.programmes import EducationNetwork

# U the unit's administrator, V its auditor, N a neighbour's administrator, D the district's administrator, E its clerk, G
# its clerk in the administrator's place, F a foreign district's administrator, O the office's administrator, H its clerk
# in the administrator's place, R its reviewer, A its auditor, P an expert of the office, X a visitor.
EVERYBODY = "UVNDEGFOHRAPX"


def everybody(network: EducationNetwork) -> dict[str, Actor]:
    """Return all of them, seen from the first street."""
    street, district = network.streets[0], network.districts[0]
    return {
        "U": network.actor(street),
        "V": network.actor(street, Role.AUDITOR),
        "N": network.actor(network.streets[1]),
        "D": network.actor(district),
        "E": network.actor(district, Role.DESK_CLERK),
        "G": _delegate_of(network, district),
        "F": network.actor(network.districts[1]),
        "O": network.actor(network.office),
        "H": _delegate_of(network, network.office),
        "R": network.actor(network.office, Role.RESOURCE_REVIEWER),
        "A": network.actor(network.office, Role.AUDITOR),
        "P": network.actor(network.office, Role.EXPERT),
        "X": Actor.visitor("127.0.0.1"),
    }


def _delegate_of(network: EducationNetwork, organisation: Organisation) -> Actor:
    clerk = make_actor(organisation, Role.DESK_CLERK)
    delegate(
        actor=network.actor(organisation),
        at=AT,
        person=Person.objects.get(pk=clerk.person_id),
        starts_on=clock.today(),  # who decides in whose place is asked of today
        ends_on=clock.today() + timedelta(days=30),
        reason="出差",
    )
    return clerk


def everything_written() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of programmes and every act of it in the audit trail that was not a refusal."""
    rows: dict[str, list[tuple[object, ...]]] = {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("programmes").get_models()
    }
    done = AuditEntry.objects.filter(outcome=Outcome.DONE, verb__startswith="programmes.").order_by("pk")
    return {**rows, "audit": list(done.values_list("verb", "subject_type", "subject_id"))}
