"""Rules are one thing in two halves: what the predicate says of a row, the filter says of all rows."""

import pytest
from tests.factories.orgs import AT, small_network
from tests.factories.resources import make_contribution, make_entry

from lianxue.kernel.rules import Rule, visible
from lianxue.orgs.public import Actor, Organisation, Role
from lianxue.resources.enums import ContributionState
from lianxue.resources.models import CatalogueEntry, Contribution
from lianxue.resources.operations import withdraw_entry
from lianxue.resources.rules import contributions, entries

pytestmark = pytest.mark.django_db


def _rules(module: object) -> dict[str, Rule[Actor]]:
    return {name: one for name, one in vars(module).items() if isinstance(one, Rule)}


OF_ORGANISATIONS = {"SEES_FIGURES_OF"}


def test_predicates_and_filters_agree_on_every_row_for_everybody() -> None:
    network = small_network()
    for organisation in (network.points[0], network.points[3], network.points[5], network.colleges[0]):
        for state in ContributionState:
            if not (organisation == network.colleges[0] and state == ContributionState.SUBMITTED):
                make_contribution(network, state, organisation=organisation, title=f"{organisation}{state}")
    entry = make_entry(provider=network.points[0])
    withdraw_entry(actor=network.office_admin, at=AT, entry=entry, reason="权利人要求")
    make_entry("另一本")
    everybody = [
        *[
            network.actor(organisation)
            for organisation in Organisation.objects.exclude(kind__in=["other", "supplier"])
        ],
        network.actor(network.points[0], Role.DESK_CLERK),
        network.actor(network.office, Role.RESOURCE_REVIEWER),
        network.actor(network.office, Role.AUDITOR),
        network.supplier_clerk,
        Actor.platform(),
        Actor.visitor(),
    ]
    checked = 0
    for module in (contributions, entries):
        for name, rule in _rules(module).items():
            model = _model_of(module, name)
            for actor in everybody:
                by_filter = set(
                    visible(model._default_manager.all(), rule, actor).values_list("pk", flat=True)
                )
                by_predicate = {row.pk for row in model._default_manager.all() if rule.holds(actor, row)}
                assert by_filter == by_predicate, (name, actor)
                checked += 1
    assert checked > 200


def _model_of(module: object, name: str) -> type[Contribution] | type[CatalogueEntry] | type[Organisation]:
    if name in OF_ORGANISATIONS:
        return Organisation
    return (
        Contribution if module is contributions or not name.startswith(("IS_P", "SEES_E")) else CatalogueEntry
    )


def test_who_sees_which_contribution() -> None:
    network = small_network()
    rows = {
        "draft": make_contribution(network, title="草稿"),
        "sent": make_contribution(network, ContributionState.SUBMITTED, title="已提交"),
        "foreign": make_contribution(
            network, ContributionState.ACCEPTED, organisation=network.points[3], title="外区"
        ),
    }
    names = {row.pk: name for name, row in rows.items()}

    def seen(actor: Actor) -> list[str]:
        found = visible(Contribution.objects.all(), contributions.SEES_CONTRIBUTION, actor)
        return sorted(names[row.pk] for row in found)

    assert seen(network.actor(network.points[0])) == ["draft", "sent"]
    assert seen(network.actor(network.points[1])) == []
    assert seen(network.actor(network.points[0], Role.DESK_CLERK)) == []
    assert seen(network.actor(network.colleges[0])) == ["sent"]
    assert seen(network.actor(network.colleges[1])) == ["foreign"]
    assert seen(network.office_admin) == ["foreign", "sent"]
    assert seen(network.actor(network.office, Role.RESOURCE_REVIEWER)) == ["foreign", "sent"]
    assert seen(network.actor(network.office, Role.AUDITOR)) == ["foreign", "sent"]
    assert seen(network.supplier_clerk) == []
    assert seen(Actor.visitor()) == []
