"""Which copies of the chosen lots leave: from the store before the corner, never the last on display."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import LastDisplayCopy, NotEnoughCopies
from lianxue.distribution.models import ShipmentLine
from lianxue.distribution.operations.ledger import lock_lots

NOT_THERE = _("Of lot %(lot)s there are not so many copies here: %(count)d at most.")
KEPT_ON_DISPLAY = 1  # S0-29


def take(giver_id: int, wanted: Mapping[int, int]) -> dict[int, int]:
    """Lock the lots at the giver; return how many copies of each come from its corner.

    Raise ``NotEnoughCopies``, or ``LastDisplayCopy`` when only the displayed copy is short.
    """
    there = lock_lots(giver_id, list(wanted))
    from_display: dict[int, int] = {}
    for lot_id, quantity in wanted.items():
        shelf = there.get((lot_id, PlaceKind.SHELF), 0)
        display = there.get((lot_id, PlaceKind.DISPLAY), 0)
        missing = max(quantity - shelf, 0)
        if missing > display:
            raise NotEnoughCopies(
                NOT_THERE % {"lot": ShipmentLine(pk=lot_id).code, "count": shelf + max(display - 1, 0)}
            )
        if missing > max(display - KEPT_ON_DISPLAY, 0):
            raise LastDisplayCopy
        from_display[lot_id] = missing
    return from_display
