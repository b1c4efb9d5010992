"""Everybody who could try something at a point, known by a letter each."""

from django.apps import apps

from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.orgs.public import Actor, Chain, Organisation, OrganisationKind, Role
from tests.factories.orgs import Network, make_actor, make_organisation

# P the point's administrator, D its desk volunteer, N a neighbour's administrator, V the neighbour's volunteer, C the
# college's administrator, F a foreign college's, O the office's administrator, R its reviewer, U its auditor, S the
# supplier's clerk, T another supplier's, X a visitor.
EVERYBODY = "PDNVCFORUSTX"


def everybody(network: Network, point: Organisation | None = None) -> dict[str, Actor]:
    """Return all of them, seen from ``point`` (by default the first below the first college)."""
    here = point or network.points[0]
    other = make_organisation(
        "supplier-2", OrganisationKind.SUPPLIER, network.office, name="另一供应商", chain=Chain.SUPPLY
    )
    return {
        "P": network.actor(here),
        "D": network.actor(here, Role.DESK_CLERK),
        "N": network.actor(network.points[1]),
        "V": network.actor(network.points[1], Role.DESK_CLERK),
        "C": network.actor(network.colleges[0]),
        "F": network.actor(network.colleges[1]),
        "O": network.office_admin,
        "R": network.actor(network.office, Role.RESOURCE_REVIEWER),
        "U": network.actor(network.office, Role.AUDITOR),
        "S": network.supplier_clerk,
        "T": make_actor(other, Role.SUPPLIER_CLERK),
        "X": Actor.visitor("127.0.0.1"),
    }


def everything_written() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of distribution and every act of it in the audit trail that was not a refusal."""
    rows: dict[str, list[tuple[object, ...]]] = {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("distribution").get_models()
    }
    done = AuditEntry.objects.filter(outcome=Outcome.DONE, verb__startswith="distribution.").order_by("pk")
    return {**rows, "audit": list(done.values_list("verb", "subject_type", "subject_id"))}
