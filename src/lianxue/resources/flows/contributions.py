"""The way of a contribution from the point to the catalogue (S0-40)."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.resources.enums import ContributionState as State
from lianxue.resources.rules.completeness import missing_from, undeclared_rights
from lianxue.resources.rules.contributions import (
    COLLATES_CONTRIBUTION,
    REVIEWS_CONTRIBUTION,
    SUBMITS_TO_COLLEGE,
    SUBMITS_TO_OFFICE,
    WRITES_CONTRIBUTION,
)

IS_COMPLETE = Condition(
    "is_complete",
    check=lambda contribution, _at: (
        not (missing_from(contribution).keys() - undeclared_rights(contribution).keys())
    ),
    message=_("Please fill in the marked places before you send it in."),
)
DECLARES_RIGHTS = Condition(
    "declares_rights",
    check=lambda contribution, _at: not undeclared_rights(contribution),
    message=_("Only resources whose rights are your own can be sent in. Please complete the declaration."),
)

CONTRIBUTION_FLOW = Flow(
    "contribution",
    states=State.values,
    steps=[
        Step(
            verb="write",
            source=(State.DRAFT, State.RETURNED),
            target=None,
            who=WRITES_CONTRIBUTION,
            label=_("Edit"),
            tone="plain",
        ),
        Step(
            verb="discard",
            source=(State.DRAFT,),
            target=None,
            who=WRITES_CONTRIBUTION,
            label=_("Discard the draft"),
            tone="danger",
        ),
        Step(
            verb="submit",
            source=(State.DRAFT, State.RETURNED),
            target=State.SUBMITTED,
            who=SUBMITS_TO_COLLEGE,
            label=_("Send to the college"),
            needs=(IS_COMPLETE, DECLARES_RIGHTS),
        ),
        Step(
            # A college, university or elder-group office has nobody between itself and the guidance office.
            verb="submit_to_office",
            source=(State.DRAFT, State.RETURNED),
            target=State.COLLATED,
            who=SUBMITS_TO_OFFICE,
            label=_("Send to the guidance office"),
            needs=(IS_COMPLETE, DECLARES_RIGHTS),
        ),
        Step(
            verb="collate",
            source=(State.SUBMITTED,),
            target=State.COLLATED,
            who=COLLATES_CONTRIBUTION,
            label=_("Pass on to the guidance office"),
        ),
        Step(
            verb="return_by_college",
            source=(State.SUBMITTED,),
            target=State.RETURNED,
            who=COLLATES_CONTRIBUTION,
            label=_("Send back"),
            tone="plain",
        ),
        Step(
            verb="accept",
            source=(State.COLLATED,),
            target=State.ACCEPTED,
            who=REVIEWS_CONTRIBUTION,
            label=_("Accept"),
        ),
        Step(
            verb="return_by_office",
            source=(State.COLLATED,),
            target=State.RETURNED,
            who=REVIEWS_CONTRIBUTION,
            label=_("Send back"),
            tone="plain",
        ),
        Step(
            verb="reject",
            source=(State.COLLATED,),
            target=State.REJECTED,
            who=REVIEWS_CONTRIBUTION,
            label=_("Reject"),
            tone="danger",
        ),
    ],
)
