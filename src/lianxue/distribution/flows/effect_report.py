"""The way of an effect report."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReportState
from lianxue.distribution.models import EffectReport
from lianxue.distribution.rules.reports import RETURNS_REPORT, WRITES_REPORT
from lianxue.kernel.flow import Condition, Flow, Step

# S0-53: 资源发放和使用对象、形式、效果以及建议
CONTENTS = ("recipients", "forms", "effects", "suggestions")

ALL_CONTENTS = Condition(
    "all_four_contents",
    check=lambda report, _at: all(getattr(report, name).strip() for name in CONTENTS),
    message=_("All four parts must be written before the report can be submitted."),
)

MOST_PICTURES = 12  # of a report; what its paper holds on two pages
ROOM_FOR_A_PICTURE = Condition(
    "room_for_a_picture",
    check=lambda report, _at: report.pictures.count() < MOST_PICTURES,
    message=_("A report holds twelve photographs. Please take one out first."),
)


def missing_contents(report: EffectReport) -> list[str]:
    """Return the names of the parts that are still empty."""
    return [name for name in CONTENTS if not getattr(report, name).strip()]


EFFECT_REPORT_FLOW = Flow(
    "effect_report",
    states=ReportState.values,
    steps=[
        Step(
            verb="save_effect_report",
            source=(ReportState.DRAFT, ReportState.RETURNED),
            target=None,
            who=WRITES_REPORT,
            label=_("Save"),
            tone="plain",
        ),
        Step(
            verb="add_report_picture",
            source=(ReportState.DRAFT, ReportState.RETURNED),
            target=None,
            who=WRITES_REPORT,
            label=_("Add a photograph"),
            needs=(ROOM_FOR_A_PICTURE,),
            tone="plain",
        ),
        Step(
            verb="remove_report_picture",
            source=(ReportState.DRAFT, ReportState.RETURNED),
            target=None,
            who=WRITES_REPORT,
            label=_("Take out"),
            tone="plain",
        ),
        Step(
            verb="submit_effect_report",
            source=(ReportState.DRAFT, ReportState.RETURNED),
            target=ReportState.SUBMITTED,
            who=WRITES_REPORT,
            label=_("Submit"),
            needs=(ALL_CONTENTS,),
        ),
        Step(
            verb="return_effect_report",
            source=(ReportState.SUBMITTED,),
            target=ReportState.RETURNED,
            who=RETURNS_REPORT,
            label=_("Send back"),
            tone="danger",
        ),
    ],
)
