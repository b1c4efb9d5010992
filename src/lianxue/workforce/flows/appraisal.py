"""The way of an appraisal: declared, looked at, confirmed, recommended."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.workforce.enums import AppraisalState
from lianxue.workforce.models import Appraisal
from lianxue.workforce.rules.appraisal import DECIDES, DECLARES


def _is_recommended(row: Appraisal, _at: datetime) -> bool:
    return row.is_recommended


NOT_RECOMMENDED = Condition(
    "not_recommended",
    lambda row, _at: not row.is_recommended,
    _("This person is recommended. Take the recommendation back first."),
)
RECOMMENDED = Condition("recommended", _is_recommended, _("This person is not recommended."))

APPRAISAL_FLOW = Flow(
    "appraisal",
    states=AppraisalState.values,
    steps=[
        Step(
            verb="declare_part",
            source=(AppraisalState.OPEN,),
            target=None,
            who=DECLARES,
            label=_("Declare"),
            tone="plain",
        ),
        Step(
            verb="find_part",
            source=(AppraisalState.OPEN,),
            target=None,
            who=DECIDES,
            label=_("Note the finding"),
            tone="plain",
        ),
        Step(
            verb="confirm_appraisal",
            source=(AppraisalState.OPEN,),
            target=AppraisalState.CONFIRMED,
            who=DECIDES,
            label=_("Confirm the appraisal"),
        ),
        Step(
            verb="reopen_appraisal",
            source=(AppraisalState.CONFIRMED,),
            target=AppraisalState.OPEN,
            who=DECIDES,
            label=_("Open again"),
            needs=(NOT_RECOMMENDED,),
            tone="plain",
        ),
        Step(
            verb="recommend",
            source=(AppraisalState.CONFIRMED,),
            target=None,
            who=DECIDES,
            label=_("Recommend"),
            needs=(NOT_RECOMMENDED,),
        ),
        Step(
            verb="take_recommendation_back",
            source=(AppraisalState.CONFIRMED,),
            target=None,
            who=DECIDES,
            label=_("Take the recommendation back"),
            needs=(RECOMMENDED,),
            tone="plain",
        ),
    ],
)
