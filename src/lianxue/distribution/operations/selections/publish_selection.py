"""Publishing what counts how much, before anything is ranked."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import SelectionState
from lianxue.distribution.events import SelectionPublished
from lianxue.distribution.flows.selection import SELECTION_FLOW
from lianxue.distribution.models import Selection
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.publish_selection", label=_("Publish the weights of a selection"))
def publish_selection(
    *, actor: Actor, at: datetime, selection: Selection, request_key: str | None = None
) -> Selection:
    """Publish the weights: everybody in the network reads them from now on, and nobody changes them any more.

    Raise ``WrongState``, ``NotAllowed``, or ``Unmet`` when nothing has a weight.
    """
    row = Selection.objects.select_for_update().get(pk=selection.pk)
    SELECTION_FLOW.require("publish_selection", actor=actor, subject=row, at=at)
    row.state, row.published_at = SelectionState.PUBLISHED, at
    row.save(update_fields=["state", "published_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.publish_selection",
        subject=row,
        before={"state": SelectionState.DRAFT},
        after=audit.snapshot(row, "state", "weights", "places"),
    )
    publish(SelectionPublished(at=at, selection_id=row.pk))
    return row
