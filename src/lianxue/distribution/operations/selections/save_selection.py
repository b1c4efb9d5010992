"""Preparing a yearly selection: which award of which year, what counts how much, how many are chosen."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Award
from lianxue.distribution.flows.selection import SELECTION_FLOW
from lianxue.distribution.models import Selection
from lianxue.distribution.queries.selections.criterion import criteria_of
from lianxue.distribution.rules.selections import BEGINS_SELECTION
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Conflict, Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

YEARS_BACK = 5
MOST_WEIGHT = 1000
MOST_PLACES = 9999


@operation("distribution.begin_selection", label=_("Begin a yearly selection"))
def begin_selection(
    *, actor: Actor, at: datetime, year: int, award: str, request_key: str | None = None
) -> Selection:
    """Begin the draft of an award of a year. Raise ``NotAllowed``, ``Invalid``, or ``Conflict`` when there is one."""
    if not BEGINS_SELECTION.holds(actor, None) or actor.organisation_id is None:
        raise NotAllowed
    if award not in Award.values:
        raise Invalid(fields={"award": _("There is no such award.")})
    if not local_date(at).year - YEARS_BACK <= year <= local_date(at).year:
        raise Invalid(fields={"year": _("Please choose this year or one of the five before.")})
    selection, is_new = Selection.objects.get_or_create(
        office_id=actor.organisation_id, year=year, award=award
    )
    if not is_new:
        raise Conflict(_("There is a selection for this award and year already."))
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.begin_selection",
        subject=selection,
        after=audit.snapshot(selection, "year", "award"),
    )
    return selection


@operation("distribution.save_selection", label=_("Set the weights of a selection"))
def save_selection(
    *,
    actor: Actor,
    at: datetime,
    selection: Selection,
    weights: Mapping[str, int],
    places: int | None,
    request_key: str | None = None,
) -> Selection:
    """Keep the weights (criterion → whole number, 0: does not count) and how many are chosen (None: not said).

    The sources publish neither, so both are the office's own. Raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    row = Selection.objects.select_for_update().get(pk=selection.pk)
    SELECTION_FLOW.require("save_selection", actor=actor, subject=row, at=at)
    known = {criterion.key for criterion in criteria_of(row.award)}
    faults = {
        f"weight-{key}": _("Please give a whole number from 0 to 1000.")
        for key, weight in weights.items()
        if key not in known or not 0 <= weight <= MOST_WEIGHT
    }
    if places is not None and not 1 <= places <= MOST_PLACES:
        faults["places"] = _("Please give a whole number from 1 to 9999, or leave it empty.")
    if faults:
        raise Invalid(fields=faults)
    before = audit.snapshot(row, "weights", "places")
    row.weights = {key: weight for key, weight in weights.items() if weight}
    row.places = places
    row.save(update_fields=["weights", "places"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.save_selection",
        subject=row,
        before=before,
        after=audit.snapshot(row, "weights", "places"),
    )
    return row


@operation("distribution.discard_selection", label=_("Throw the draft of a selection away"))
def discard_selection(
    *, actor: Actor, at: datetime, selection: Selection, request_key: str | None = None
) -> None:
    """Delete a draft that nobody outside the office has seen. Raise ``WrongState`` or ``NotAllowed``."""
    row = Selection.objects.select_for_update().get(pk=selection.pk)
    SELECTION_FLOW.require("discard_selection", actor=actor, subject=row, at=at)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.discard_selection",
        subject=row,
        before=audit.snapshot(row, "year", "award", "weights", "places"),
    )
    row.delete()
