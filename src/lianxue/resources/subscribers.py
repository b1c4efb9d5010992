"""What resources add to the registries at start-up, and what follows from their events."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.events import subscribe
from lianxue.notices.public import notify, register_kind
from lianxue.resources.enums import Verdict
from lianxue.resources.events import ContributionDecided
from lianxue.resources.interfaces.web.home import register_home
from lianxue.resources.interfaces.web.menu import register_menu
from lianxue.resources.models import ReviewDecision

DECIDED = "resources.contribution"
NOT_TOLD = {Verdict.COLLATED}  # passed on: nothing that the authors would have to know or do


def connect() -> None:
    """Fill the registries and listen to events."""
    register_menu()
    register_home()
    register_kind(
        DECIDED,
        gettext_lazy("Decisions about contributions"),
        gettext_lazy("When a resource of yours is accepted, sent back or rejected."),
    )
    subscribe(ContributionDecided, _tell_of_decision)


def _tell_of_decision(event: ContributionDecided) -> None:
    """Tell the authors what was decided and why; once for each decision."""
    decision = ReviewDecision.objects.select_related("contribution").get(pk=event.decision_id)
    contribution = decision.contribution
    if decision.verdict in NOT_TOLD:
        return
    notify(
        at=decision.at,
        kind=DECIDED,
        title=lambda: (
            _("%(verdict)s: %(title)s")
            % {"verdict": decision.get_verdict_display(), "title": contribution.title}
        ),
        body=decision.reason,
        url=reverse("resources:contribution", args=[contribution.pk]),
        once_key=f"contribution-decision:{decision.pk}",
        organisation_ids=[contribution.organisation_id],
    )
