"""The open calls in which an organisation may have a part: asked with every home page, and mostly there is none."""

from django.db.models import QuerySet

from lianxue.kernel.kept import kept
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import CallState
from lianxue.programmes.models import Call
from lianxue.programmes.rules.calls import offices_above


@kept
def _open() -> QuerySet[Call, tuple[int, int]]:
    return Call.objects.filter(state=CallState.OPEN).order_by("pk").values_list("pk", "office_id")


def open_calls(actor: Actor, *, of_others: bool = False) -> list[Call]:
    """Return the open calls of the offices above the actor and, unless ``of_others``, of its own; the oldest first."""
    known = _open.rows()
    if not known:
        return []
    offices = offices_above(actor) - ({actor.organisation_id or 0} if of_others else set())
    ids = [pk for pk, office_id in known if office_id in offices]
    return list(Call.objects.filter(pk__in=ids).select_related("revision").order_by("pk")) if ids else []
