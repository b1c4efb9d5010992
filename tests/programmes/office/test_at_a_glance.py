"""How the open calls stand on the home page of everybody who has a part in them."""

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.orgs import AT
from tests.factories.programmes import TrialCall, trial_call

from lianxue.kernel.pages import HOME
from lianxue.orgs.public import Actor, Role
from lianxue.programmes.models import Call, Window
from lianxue.programmes.operations.calls.moving import close_call
from lianxue.programmes.queries.at_a_glance import calls_at_a_glance

ON = date(2026, 3, 2)  # both stages take filings


def seen(actor: Actor, on: date = ON) -> list[tuple[int, list[tuple[str, Any, int, int, str]]]]:
    """Return what lies at the desk, and of each stage: key, last day, units below, those missing, the own standing."""
    return [
        (
            one.on_desk,
            [(it.stage.key, it.due_on, it.units, it.missing, it.own) for it in one.stages],
        )
        for one in calls_at_a_glance(actor, on)
    ]


def test_office_district_and_street_see_each_their_own_part(trial: TrialCall) -> None:
    network, last = trial.network, date(2026, 3, 31)
    first, second, third, _fourth = network.streets
    trial.approved(first)  # may file its summary now
    trial.submitted(second)  # at the district's desk
    trial.filing(third)
    assert seen(network.actor(network.office)) == [
        (0, [("filing", last, 4, 2, ""), ("summary", None, 1, 1, "")])
    ]
    assert seen(network.actor(network.districts[0])) == [
        (1, [("filing", last, 2, 0, ""), ("summary", None, 1, 1, "")])
    ]
    assert seen(network.actor(network.districts[1])) == [(0, [("filing", last, 2, 2, "")])]
    assert seen(network.actor(first)) == [
        (0, [("filing", last, 0, 0, "approved"), ("summary", None, 0, 0, "not_begun")])
    ]
    assert seen(network.actor(third)) == [(0, [("filing", last, 0, 0, "draft")])]


def test_outside_of_the_days_only_what_lies_at_the_desk_is_shown(trial: TrialCall) -> None:
    network = trial.network
    trial.submitted(network.streets[0])
    late = date(2026, 4, 1)
    assert seen(network.actor(network.districts[0]), late) == [(1, [])]
    assert seen(network.actor(network.streets[0]), late) == []
    assert seen(network.actor(network.districts[0]), date(2025, 12, 31)) == [(1, [])]


def test_there_is_no_panel_where_there_is_nothing_or_nobody_administers(trial: TrialCall) -> None:
    network = trial.network
    panels = HOME["programmes.desk"].panels
    office = network.actor(network.office)
    (panel,) = panels(office, AT)
    assert panel.context["has_units"]
    assert not panel.context["has_desk"]
    assert panels(network.actor(network.office, Role.AUDITOR), AT) == []
    close_call(actor=office, at=AT, call=trial.call)
    assert panels(office, AT) == []


def test_many_calls_take_as_many_statements_as_one(trial: TrialCall) -> None:
    network = trial.network
    trial.submitted(network.streets[0])
    actors = [network.actor(one) for one in (network.office, network.districts[0], network.streets[0])]

    def statements() -> list[int]:
        counts = []
        for actor in actors:
            with CaptureQueriesContext(connection) as captured:
                calls_at_a_glance(actor, ON)
            counts.append(len(captured))
        return counts

    assert statements() == [6, 6, 6]
    for _turn in range(3):
        trial_call(network)
    assert Call.objects.count() == 4
    assert statements() == [6, 6, 6]
    # The one that ends next comes first.
    soon = Call.objects.latest("pk")
    Window.objects.filter(call=soon, stage="filing").update(closes_on=date(2026, 3, 5))
    assert calls_at_a_glance(actors[0], ON)[0].call == soon
