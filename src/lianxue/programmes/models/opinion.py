"""Opinions: what each desk said of a revision. They are never changed."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.documents.models import Letter
from lianxue.orgs.models import Organisation
from lianxue.programmes.enums import Decision
from lianxue.programmes.models.filing import FilingRevision


class Opinion(models.Model):
    """One opinion of one level on one revision; with ``on_behalf_of`` it was a delegate who gave it, and both are named."""

    revision = models.ForeignKey(FilingRevision, on_delete=models.PROTECT, related_name="opinions")
    level = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    comment = models.TextField(_("opinion"), blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(_("given on"))

    class Meta:
        ordering = ["revision_id", "position", "id"]
        verbose_name = _("opinion")
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="one_opinion_a_level"),
            models.CheckConstraint(
                condition=models.Q(decision="approve") | ~models.Q(comment=""),
                name="no_return_without_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} · {self.get_decision_display()}"


class FilingLetter(models.Model):
    """The official letter that tells a unit a decision. A withdrawn one makes room for another: ``letter`` is the newest."""

    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="letter")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.letter)


class Delegation(models.Model):
    """Somebody of an organisation gives opinions in the place of somebody else there, from a day to a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_held")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="delegation_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("delegate")), name="nobody_delegates_to_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} → {self.delegate}"

    def is_in_force(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.ended_at is None and self.starts_on <= on <= self.ends_on
