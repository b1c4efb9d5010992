"""The way of a claim: to the supplier, back with a remedy, settled."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ClaimKind, ClaimRemedy, ClaimState
from lianxue.distribution.rules.fulfilment import ACCEPTS_CLAIM, ANSWERS_CLAIM, SETTLES_CLAIM
from lianxue.kernel.flow import Flow, Step

# What can be done about each fault.
REMEDIES: dict[str, tuple[ClaimRemedy, ...]] = {
    ClaimKind.MISSING: (ClaimRemedy.RESEND, ClaimRemedy.CREDIT, ClaimRemedy.WRITE_OFF),
    ClaimKind.DAMAGED: (ClaimRemedy.RESEND, ClaimRemedy.CREDIT, ClaimRemedy.WRITE_OFF),
    ClaimKind.SURPLUS: (ClaimRemedy.KEEP, ClaimRemedy.SEND_BACK),
}

CLAIM_FLOW = Flow(
    "claim",
    states=ClaimState.values,
    steps=[
        Step(
            # The supplier may think better of it until the point has accepted.
            verb="answer_claim",
            source=(ClaimState.OPEN, ClaimState.ANSWERED),
            target=ClaimState.ANSWERED,
            who=ANSWERS_CLAIM,
            label=_("Answer the claim"),
        ),
        Step(
            verb="accept_answer",
            source=(ClaimState.ANSWERED,),
            target=ClaimState.SETTLED,
            who=ACCEPTS_CLAIM,
            label=_("Accept the answer"),
        ),
        Step(
            verb="decline_answer",
            source=(ClaimState.ANSWERED,),
            target=ClaimState.OPEN,
            who=ACCEPTS_CLAIM,
            label=_("Do not accept"),
            tone="danger",
        ),
        Step(
            verb="settle_claim",
            source=(ClaimState.OPEN, ClaimState.ANSWERED),
            target=ClaimState.SETTLED,
            who=SETTLES_CLAIM,
            label=_("Settle"),
        ),
    ],
)
