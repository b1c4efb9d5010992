"""Who may write, read and send back effect reports."""

from django.db.models import Q

from lianxue.distribution.models import EffectReport
from lianxue.distribution.rules.fulfilment import ADMINISTERS
from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.public import Actor, below, directly_below, own


def _was_submitted(_actor: Actor, report: EffectReport) -> bool:
    return report.submitted_at is not None


# What a point has not handed in yet is nobody else's to read.
WAS_SUBMITTED: Rule[Actor] = rule(
    "was submitted", holds=_was_submitted, rows=lambda _actor: Q(submitted_at__isnull=False)
)

WRITES_REPORT = ADMINISTERS & own("point")
RETURNS_REPORT = ADMINISTERS & directly_below("point")
SEES_REPORT = WRITES_REPORT | (ADMINISTERS & below("point") & WAS_SUBMITTED)
