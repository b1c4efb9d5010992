"""Writing a contribution, as often as one likes, until it is sent in."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.errors import ChangedMeanwhile
from lianxue.resources.flows.contributions import CONTRIBUTION_FLOW
from lianxue.resources.models import DESCRIPTION_FIELDS, OFFER_FIELDS, Contribution
from lianxue.resources.operations.description import (
    MOST_COPIES,
    Description,
    change_cover,
    one_line,
    too_long,
)
from lianxue.resources.rules.contributions import WRITES_CONTRIBUTION

TEXT_FIELDS = (*DESCRIPTION_FIELDS, *OFFER_FIELDS)


@dataclass(frozen=True)
class Offer:
    """What a contributor offers: how many copies, whose rights, and the declaration of 自主知识产权 (S0-40)."""

    copies_offered: int = 0
    rights_holder: str = ""
    rights_declared: bool = False

    def tidy(self) -> "Offer":
        """Return the same without stray spaces. Raise ``Invalid`` with what is wrong in each field."""
        tidied = replace(self, rights_holder=one_line(self.rights_holder))
        faults: dict[str, Text] = too_long(Contribution, {"rights_holder": tidied.rights_holder})
        if not 0 <= self.copies_offered <= MOST_COPIES:
            faults["copies_offered"] = _("Please give a number between 0 and %(most)d.") % {
                "most": MOST_COPIES
            }
        if faults:
            raise Invalid(fields=faults)
        return tidied

    def write_to(self, row: Contribution) -> None:
        """Set the fields of ``row``."""
        for name, value in vars(self).items():
            setattr(row, name, value)


@operation("resources.save_contribution", label=gettext_lazy("Write a contribution"))
def save_contribution(
    *,
    actor: Actor,
    at: datetime,
    description: Description,
    offer: Offer,
    contribution: Contribution | None = None,
    new_cover: "File[bytes] | None" = None,
    drop_cover: bool = False,
    version: int | None = None,
    request_key: str | None = None,
) -> Contribution:
    """Begin a contribution of the own organisation (``contribution`` None) or change one that is not sent in.

    Only the title is needed to save. ``version`` is the one that the writer began from. Raise ``Invalid``,
    ``NotAllowed``, ``WrongState`` after it was sent in, ``ChangedMeanwhile`` when somebody else saved since.
    """
    row = _begun(actor, at) if contribution is None else _opened(actor, at, contribution, version)
    before = audit.snapshot(row, *TEXT_FIELDS) if contribution is not None else None
    description.tidy(at).write_to(row)
    offer.tidy().write_to(row)
    change_cover(row, new=new_cover, drop=drop_cover, actor=actor, at=at)
    row.changed_at = at
    row.save()
    audit.record(
        actor=actor,
        at=at,
        verb="resources.save_contribution",
        subject=row,
        before=before,
        after=audit.snapshot(row, *TEXT_FIELDS),
    )
    return row


def _begun(actor: Actor, at: datetime) -> Contribution:
    if actor.organisation_id is None:
        raise NotAllowed
    row = Contribution(organisation_id=actor.organisation_id, created_by_id=actor.person_id, created_at=at)
    if not WRITES_CONTRIBUTION.holds(actor, row):
        raise NotAllowed
    return row


def _opened(actor: Actor, at: datetime, contribution: Contribution, version: int | None) -> Contribution:
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    CONTRIBUTION_FLOW.require("write", actor=actor, subject=row, at=at)
    if version is not None and version != row.version:
        raise ChangedMeanwhile
    row.version += 1
    return row
