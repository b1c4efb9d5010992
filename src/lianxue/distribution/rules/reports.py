"""Who may write, read, illustrate and send back effect reports, and who looks after those of others."""

from django.db.models import Q

from lianxue.distribution.models import EffectReport, EffectReportPicture
from lianxue.distribution.rules.fulfilment import ADMINISTERS
from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.public import Actor, below, directly_below, own


def _was_submitted(_actor: Actor, report: EffectReport) -> bool:
    return report.submitted_at is not None


def _its_report_was_submitted(_actor: Actor, picture: EffectReportPicture) -> bool:
    return picture.report.submitted_at is not None


# What a point has not handed in yet is nobody else's to read.
WAS_SUBMITTED: Rule[Actor] = rule(
    "was submitted", holds=_was_submitted, rows=lambda _actor: Q(submitted_at__isnull=False)
)
ITS_REPORT_WAS_SUBMITTED: Rule[Actor] = rule(
    "its report was submitted",
    holds=_its_report_was_submitted,
    rows=lambda _actor: Q(report__submitted_at__isnull=False),
)

WRITES_REPORT = ADMINISTERS & own("point")
RETURNS_REPORT = ADMINISTERS & directly_below("point")
SEES_REPORT = WRITES_REPORT | (ADMINISTERS & below("point") & WAS_SUBMITTED)
SEES_REPORT_PICTURE = (ADMINISTERS & own("report__point")) | (
    ADMINISTERS & below("report__point") & ITS_REPORT_WAS_SUBMITTED
)

# The subject is the place of a point in the distribution chain.
OVERSEES_POINT = ADMINISTERS & below("organisation")
