"""What people read for the standing of a unit in a stage."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.programmes.enums import FilingState
from lianxue.programmes.queries.overview import NOT_BEGUN

STANDING_WORDS: dict[str, Text] = {
    NOT_BEGUN: _("Not begun"),
    **{state.value: state.label for state in FilingState},
}
STANDING_TONES = {
    NOT_BEGUN: "neutral",
    FilingState.DRAFT.value: "info",
    FilingState.SUBMITTED.value: "waiting",
    FilingState.RETURNED.value: "warning",
    FilingState.APPROVED.value: "success",
    FilingState.DECLINED.value: "danger",
}
