"""What resources put on the home page."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.kept import kept
from lianxue.kernel.pages import HOME, HomeSource, Waiting
from lianxue.orgs.public import Actor, Role
from lianxue.resources.enums import ContributionState
from lianxue.resources.models import Contribution
from lianxue.resources.queries.contributions import own_contributions, to_collate, to_review

TO_COLLATE = kept(to_collate)


@kept
def _sent_back(actor: Actor) -> QuerySet[Contribution]:
    return own_contributions(actor).filter(state=ContributionState.RETURNED)


def register_home() -> None:
    """Add what waits for administrators and reviewers to the home page."""
    HOME.register("resources", HomeSource(waiting=waiting))


def waiting(actor: Actor, _at: datetime) -> list[Waiting]:
    """Return what the actor has to do with contributions."""
    items: list[Waiting] = []
    if actor.tier == 1 and actor.role in (Role.TIER_ADMIN, Role.RESOURCE_REVIEWER):
        _add(items, to_review(actor).count(), _("Review contributions"), "resources:review")
    elif actor.role == Role.TIER_ADMIN and actor.tier is not None:
        _add(
            items,
            TO_COLLATE.count(actor=actor),
            _("Pass contributions of your points on"),
            "resources:collation",
        )
        back = _sent_back.count(actor=actor)
        url_query = f"?state={ContributionState.RETURNED}"
        _add(items, back, _("Contributions were sent back to you"), "resources:contributions", url_query)
    return items


def _add(items: list[Waiting], count: int, title: object, url_name: str, query: str = "") -> None:
    if count:
        items.append(Waiting(str(title), reverse(url_name) + query, count))
