"""Taking a dossier away in one volume: it is written down who took whose."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.programmes.models import Call
from lianxue.programmes.queries.dossier import Dossier, dossier_of
from lianxue.programmes.rules.archive import may_read_dossier


@operation("programmes.take_dossier_away", label=_("Take a dossier away"))
def take_dossier_away(*, actor: Actor, at: datetime, call: Call, unit: Organisation) -> Dossier:
    """Return the dossier of a unit in a call, to be bound. Raise ``NotFound`` for whoever does not read it."""
    if not may_read_dossier(actor, call, unit):
        raise NotFound
    found = dossier_of(call, unit)
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.take_dossier_away",
        subject=call,
        after={"unit": unit.name, "stages": len(found.stages), "files": len(found.enclosures)},
    )
    return found
