"""Saying which account belongs to somebody on a roster."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.public import RosterEntry
from lianxue.workforce.models import Appraisal, MemberAccount
from lianxue.workforce.queries.roster import accounts_by_roster
from lianxue.workforce.rules.appraisal import APPRAISES, AREA


def link_named_accounts(entries: "QuerySet[RosterEntry]", *, actor: Actor, at: datetime) -> None:
    """Link the members whose roster names their account (S1-86)."""
    MemberAccount.objects.bulk_create(
        (
            MemberAccount(entry=entry, person=person, linked_at=at, linked_by_id=actor.person_id)
            for entry, person in accounts_by_roster(entries)
        ),
        ignore_conflicts=True,
    )


@operation("workforce.link_account", label=_("Say which account somebody has"))
def link_account(
    *, actor: Actor, at: datetime, appraisal: Appraisal, username: str, request_key: str | None = None
) -> MemberAccount:
    """Say which account belongs to the person of an appraisal; the name of the account must be that of the roster.

    Raise ``NotAllowed`` or ``Invalid``.
    """
    row = Appraisal.objects.select_for_update(of=("self",)).select_related("entry").get(pk=appraisal.pk)
    if not (APPRAISES | AREA).holds(actor, row):
        raise NotAllowed
    person = Person.objects.filter(username=username.strip(), is_active=True).first()
    if person is None or person.full_name != row.entry.name:
        raise Invalid(fields={"username": _("There is no account of this name that belongs to this person.")})
    made, _is_new = MemberAccount.objects.update_or_create(
        entry=row.entry,
        defaults={"person": person, "linked_at": at, "linked_by_id": actor.person_id},
    )
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.link_account",
        subject=row,
        after=audit.snapshot(made, "entry", "person"),
    )
    return made
