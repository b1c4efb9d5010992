"""Choosing which messages come by mail and which are said in the group."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.notices.models import Choice
from lianxue.notices.operations.kinds import KINDS
from lianxue.orgs.public import Actor


@operation("notices.choose", label=_("Choose where messages go"))
def choose_channels(
    *, actor: Actor, at: datetime, by_email: Collection[str], by_robot: Collection[str]
) -> None:
    """Keep, for every kind there is, whether one wants it by mail and in the group. Not audited: it is for oneself."""
    if actor.person_id is None:
        raise NotAllowed
    Choice.objects.bulk_create(
        [
            Choice(person_id=actor.person_id, kind=kind, by_email=kind in by_email, by_robot=kind in by_robot)
            for kind in KINDS
        ],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["by_email", "by_robot"],
    )
