"""The way of a count: one counts, another settles (second pair of eyes)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import StocktakeState
from lianxue.distribution.models import Stocktake
from lianxue.distribution.queries.stocktaking import DIFFERS, someone_else_there
from lianxue.distribution.rules.stocktaking import COUNTS, RETURNS_COUNT, SETTLES, SETTLES_FROM_ABOVE
from lianxue.kernel.clock import local_date
from lianxue.kernel.flow import Condition, Flow, Step


def _all_counted(stocktake: Stocktake, _at: datetime) -> bool:
    return not stocktake.lines.filter(counted__isnull=True).exists()


def _every_difference_has_reason(stocktake: Stocktake, _at: datetime) -> bool:
    return not stocktake.lines.filter(DIFFERS, reason="").exists()


def _nobody_else_there(stocktake: Stocktake, at: datetime) -> bool:
    return not someone_else_there(stocktake, local_date(at))


ALL_COUNTED = Condition("all_counted", _all_counted, _("Not everything has been counted yet."))
EVERY_DIFFERENCE_HAS_REASON = Condition(
    "every_difference_has_reason",
    _every_difference_has_reason,
    _("Every difference needs a reason before it can be handed over."),
)
NOBODY_ELSE_THERE = Condition(
    "nobody_else_there",
    _nobody_else_there,
    _("Somebody at the point who has not counted can settle this; it is theirs to do."),
)

STOCKTAKE_FLOW = Flow(
    "stocktake",
    states=StocktakeState.values,
    steps=[
        Step(
            verb="save_counts",
            source=(StocktakeState.COUNTING,),
            target=None,
            who=COUNTS,
            label=_("Save"),
            tone="plain",
        ),
        Step(
            verb="finish_counting",
            source=(StocktakeState.COUNTING,),
            target=StocktakeState.COUNTED,
            who=COUNTS,
            label=_("Hand over to the second person"),
            needs=(ALL_COUNTED, EVERY_DIFFERENCE_HAS_REASON),
        ),
        Step(
            verb="settle_stocktake",
            source=(StocktakeState.COUNTED,),
            target=StocktakeState.SETTLED,
            who=SETTLES,
            label=_("Enter the differences"),
        ),
        Step(
            # A point with one person alone has no second pair of eyes of its own.
            verb="settle_from_above",
            source=(StocktakeState.COUNTED,),
            target=StocktakeState.SETTLED,
            who=SETTLES_FROM_ABOVE,
            label=_("Enter the differences for the point"),
            needs=(NOBODY_ELSE_THERE,),
        ),
        Step(
            verb="return_count",
            source=(StocktakeState.COUNTED,),
            target=StocktakeState.COUNTING,
            who=RETURNS_COUNT,
            label=_("Send back to be counted again"),
            tone="plain",
        ),
        Step(
            verb="cancel_stocktake",
            source=(StocktakeState.COUNTING, StocktakeState.COUNTED),
            target=StocktakeState.CANCELLED,
            who=COUNTS,
            label=_("Call off"),
            tone="danger",
        ),
    ],
)
