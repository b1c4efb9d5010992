"""What approvals make: rosters in force, awards and statuses with certificates."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.orgs.models import Division, Organisation
from lianxue.programmes.enums import AwardKind
from lianxue.programmes.models.call import Call
from lianxue.programmes.models.filing import Filing, FilingRevision


class RosterEntry(models.Model):
    """Somebody on a roster from a day to a day (inclusive; None: still). ``values`` are the row of the form, personal ones sealed.

    ``roster`` is the key of the product (``system_admins`` …), so the same roster goes on from call to call.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="roster")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="roster")
    revision = models.ForeignKey(FilingRevision, on_delete=models.PROTECT, related_name="roster")
    roster = models.CharField(max_length=40)
    row = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=60)
    area = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    values = models.JSONField(default=dict)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey(
        FilingRevision, on_delete=models.PROTECT, null=True, blank=True, related_name="roster_ended"
    )

    class Meta:
        ordering = ["roster", "area_id", "id"]
        verbose_name = _("roster entry")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="roster_entry_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["roster", "area", "starts_on"], name="roster_by_area")]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, on: date) -> bool:
        """Tell whether the entry holds on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Award(models.Model):
    """Something conferred, with a certificate that anybody can check by ``token`` or ``number``.

    ``row`` is the row of the form's grid whose person holds it, empty where the unit itself does: of two people of one name
    each has their own.
    """

    kind = models.CharField(max_length=10, choices=AwardKind)
    key = models.CharField(max_length=40)
    title = models.CharField(_("award"), max_length=120)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="awards_received")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.CharField(_("awarded to"), max_length=200)
    row = models.CharField(max_length=20, blank=True, default="", db_default="")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="awards_given")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("certificate number"), max_length=40, unique=True)
    token = models.CharField(max_length=40, unique=True)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued on"))
    revoked_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    revoked_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        ordering = ["-year", "number"]
        verbose_name = _("award")
        constraints = [
            models.UniqueConstraint(fields=["filing", "key", "row"], name="one_award_a_row"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="award_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
                name="award_withdrawn_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> str:
        """Return ``valid`` or ``withdrawn``."""
        return "valid" if self.revoked_at is None else "withdrawn"
