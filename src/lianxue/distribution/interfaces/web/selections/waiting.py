"""What waits for the office in the yearly selections."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import SelectionState
from lianxue.distribution.models import Selection
from lianxue.distribution.rules.selections import BEGINS_SELECTION, RUNS_SELECTION
from lianxue.kernel.pages import Waiting
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor


def waiting_selections(actor: Actor, _at: datetime) -> list[Waiting]:
    """Return the rankings that are made and not decided yet."""
    if not BEGINS_SELECTION.holds(actor, None):
        return []
    ranked = visible(Selection.objects.filter(state=SelectionState.RANKED), RUNS_SELECTION, actor)
    ids = list(ranked.values_list("pk", flat=True))
    if not ids:
        return []
    url = (
        reverse("distribution:selection-ranking", args=ids)
        if len(ids) == 1
        else reverse("distribution:selections")
    )
    return [Waiting(_("Decide the yearly selection"), url, len(ids))]
