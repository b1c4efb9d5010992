"""The way of a catalogue entry."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.flow import Flow, Step
from lianxue.resources.enums import EntryState as State
from lianxue.resources.rules.entries import KEEPS_CATALOGUE

ENTRY_FLOW = Flow(
    "catalogue_entry",
    states=State.values,
    steps=[
        Step(
            verb="amend",
            source=(State.PUBLISHED, State.WITHDRAWN),
            target=None,
            who=KEEPS_CATALOGUE,
            label=_("Edit"),
            tone="plain",
        ),
        Step(
            verb="withdraw",
            source=(State.PUBLISHED,),
            target=State.WITHDRAWN,
            who=KEEPS_CATALOGUE,
            label=_("Withdraw"),
            tone="danger",
        ),
        Step(
            verb="republish",
            source=(State.WITHDRAWN,),
            target=State.PUBLISHED,
            who=KEEPS_CATALOGUE,
            label=_("Publish again"),
        ),
    ],
)
