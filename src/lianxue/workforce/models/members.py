"""Which account belongs to somebody on a roster."""

from django.db import models

from lianxue.accounts.models import Person
from lianxue.programmes.models import RosterEntry


class MemberAccount(models.Model):
    """The account of somebody on a roster: by the account name of the roster (S1-86), or as an administrator said."""

    entry = models.OneToOneField(RosterEntry, on_delete=models.PROTECT, related_name="account")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="team_memberships")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["entry_id"]

    def __str__(self) -> str:
        return f"{self.entry} · {self.person}"
