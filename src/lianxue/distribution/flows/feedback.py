"""The way of a reader's words: the point looks at them, and shows them to everybody or sets them aside."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import FeedbackState
from lianxue.distribution.rules.feedback import DECIDES_FEEDBACK
from lianxue.kernel.flow import Flow, Step

FEEDBACK_FLOW = Flow(
    "feedback",
    states=FeedbackState.values,
    steps=[
        Step(
            verb="show_feedback",
            source=(FeedbackState.WAITING, FeedbackState.SET_ASIDE),
            target=FeedbackState.SHOWN,
            who=DECIDES_FEEDBACK,
            label=_("Show to everybody"),
        ),
        Step(
            verb="set_feedback_aside",
            source=(FeedbackState.WAITING, FeedbackState.SHOWN),
            target=FeedbackState.SET_ASIDE,
            who=DECIDES_FEEDBACK,
            label=_("Set aside"),
            tone="plain",
        ),
    ],
)
