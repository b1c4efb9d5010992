"""Several contributions at once: all of them or none."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from lianxue.kernel.errors import NotFound, Unmet, WrongState
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.resources.errors import NothingChosen, SomeMovedOn
from lianxue.resources.flows.contributions import CONTRIBUTION_FLOW
from lianxue.resources.models import Contribution
from lianxue.resources.rules.contributions import SEES_CONTRIBUTION

NAMED_AT_MOST = 5


def chosen(contribution_ids: Collection[int], actor: Actor) -> list[Contribution]:
    """Lock and return the chosen contributions in one order for everybody.

    Raise ``NothingChosen``, or ``NotFound`` when one of them is missing or foreign.
    """
    wanted = set(contribution_ids)
    if not wanted:
        raise NothingChosen
    rows = visible(Contribution.objects.all(), SEES_CONTRIBUTION, actor).filter(pk__in=wanted)
    locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if len(locked) != len(wanted):
        raise NotFound
    return locked


def require_all(rows: Collection[Contribution], verb: str, *, actor: Actor, at: datetime) -> None:
    """Raise ``SomeMovedOn`` or ``Unmet`` with the titles concerned unless all of ``rows`` can take the step."""
    moved_on, incomplete = [], []
    for row in rows:
        try:
            CONTRIBUTION_FLOW.require(verb, actor=actor, subject=row, at=at)
        except WrongState:
            moved_on.append(row.title)
        except Unmet:
            incomplete.append(row.title)
    if moved_on:
        message = _("%(titles)s: already moved on. Nothing was changed; please look again.")
        raise SomeMovedOn(message % {"titles": _named(moved_on)})
    if incomplete:
        message = _(
            "%(titles)s: not complete yet. Nothing was sent in; please open them and fill in what is missing."
        )
        raise Unmet(message % {"titles": _named(incomplete)})


def _named(titles: list[str]) -> str:
    shown = "、".join(f"《{title}》" for title in titles[:NAMED_AT_MOST])
    left = len(titles) - NAMED_AT_MOST
    return _("%(titles)s and %(count)d more") % {"titles": shown, "count": left} if left > 0 else shown
