"""Where rounds, demand and wishes stand in the main menu, and the tabs between sister pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundState
from lianxue.distribution.interfaces.web.rounds.access import COLLEGE, OFFICE_READERS, POINT
from lianxue.distribution.models import Round
from lianxue.kernel.errors import Text
from lianxue.kernel.pages import NAVIGATION, NavItem

ITEMS = {
    "rounds": NavItem(_("Rounds"), "distribution:rounds", OFFICE_READERS, 40, "package"),
    "demand": NavItem(_("Order titles"), "distribution:demands", POINT, 40, "list-check"),
    "aggregation": NavItem(_("Aggregation"), "distribution:aggregations", COLLEGE, 42, "stack-2"),
    "needs": NavItem(_("Wishes"), "distribution:needs", POINT, 44, "message-circle"),
}


@dataclass(frozen=True)
class Tab:
    """A link to a sister page."""

    label: Text
    url: str
    current: bool
    count: int | None = None


def register_rounds_menu() -> None:
    """Add the places of rounds, demand and wishes to the main menu."""
    for key, item in ITEMS.items():
        NAVIGATION.register(f"distribution.{key}", item)


def round_tabs(round: Round, current: str) -> list[Tab]:
    """Return the tabs over one round of the office."""
    pages: list[tuple[str, Text]] = [("round", _("Overview")), ("round-titles", _("Titles"))]
    if round.state != RoundState.DRAFT:
        pages += [("round-colleges", _("Colleges")), ("round-needs", _("Wishes"))]
    if round.state == RoundState.OPEN:
        pages.append(("round-missing", _("Not reported")))
    if round.state in (RoundState.ALLOCATING, RoundState.ALLOCATED, RoundState.CLOSED):
        pages.append(("round-allocation", _("Allocation")))
    if round.state in (RoundState.ALLOCATED, RoundState.CLOSED):
        pages.append(("round-unmet", _("Unmet demand")))
    return [
        Tab(label, reverse(f"distribution:{name}", args=[round.pk]), name == current) for name, label in pages
    ]


def batch_tabs(round: Round, current: str) -> list[Tab]:
    """Return the tabs over a college's aggregation of one round."""
    pages: list[tuple[str, Text]] = [
        ("aggregation", _("By title")),
        ("aggregation-points", _("By point")),
        ("aggregation-needs", _("Wishes")),
    ]
    if round.state == RoundState.OPEN:
        pages.append(("aggregation-missing", _("Not reported")))
    return [
        Tab(label, reverse(f"distribution:{name}", args=[round.pk]), name == current) for name, label in pages
    ]


def point_tabs(current: str) -> list[Tab]:
    """Return the tabs over what a point asks for."""
    pages: list[tuple[str, Text]] = [
        ("demands", _("Rounds")),
        ("unmet", _("Unmet demand")),
        ("learners", _("Learners and teachers")),
    ]
    return [Tab(label, reverse(f"distribution:{name}"), name == current) for name, label in pages]


def college_tabs(current: str) -> list[Tab]:
    """Return the tabs over what a college gathers."""
    pages: list[tuple[str, Text]] = [
        ("aggregations", _("Rounds")),
        ("unmet-below", _("Unmet demand")),
        ("learners-below", _("Learners and teachers")),
    ]
    return [Tab(label, reverse(f"distribution:{name}"), name == current) for name, label in pages]


def door_tabs(token: str, current: str) -> list[Tab]:
    """Return the tabs over the public page of a point: what people would like, and what they think of what is there."""
    pages: list[tuple[str, Text]] = [
        ("wish", _("What would you like?")),
        ("feedback-titles", _("What did you like?")),
    ]
    return [
        Tab(label, reverse(f"distribution:{name}", args=[token]), name == current) for name, label in pages
    ]


def office_tabs(current: str) -> list[Tab]:
    """Return the tabs over the rounds of an office."""
    pages: list[tuple[str, Text]] = [
        ("rounds", _("Rounds")),
        ("learners-all", _("Learners and teachers")),
    ]
    return [Tab(label, reverse(f"distribution:{name}"), name == current) for name, label in pages]
