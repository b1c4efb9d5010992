"""Online titles are delivered by access, not by parcel (S0-05: 线上和线下)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.models.round import Round
from lianxue.orgs.models import Organisation
from lianxue.resources.models import CatalogueEntry


class OnlineAccess(models.Model):
    """A point may open an online title for its people, since ``granted_at`` and until ``ended_at``."""

    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="accesses")
    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="online_accesses")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="online_accesses")
    granted_at = models.DateTimeField(_("given on"))
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta:
        ordering = ["point_id", "entry_id"]
        verbose_name = _("access to an online title")
        constraints = [
            models.UniqueConstraint(fields=["entry", "point"], name="one_access_a_title_and_point")
        ]

    def __str__(self) -> str:
        return f"{self.point} · {self.entry}"


class OnlineLink(models.Model):
    """One signed link that a point hands out, to everybody (``handed_to`` empty) or to one person."""

    access = models.ForeignKey(OnlineAccess, on_delete=models.PROTECT, related_name="links")
    handed_to = models.CharField(_("for whom"), max_length=60, blank=True)
    made_at = models.DateTimeField(_("made on"))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("link to an online title")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="online_link_works_for_a_while"
            )
        ]

    def __str__(self) -> str:
        return f"{self.access} · {self.expires_at:%Y-%m-%d}"


class OnlineUse(models.Model):
    """How often one link was opened on one day; nobody's name is kept."""

    link = models.ForeignKey(OnlineLink, on_delete=models.CASCADE, related_name="uses")
    on = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        ordering = ["-on"]
        verbose_name = _("use of a link")
        constraints = [models.UniqueConstraint(fields=["link", "on"], name="one_count_a_link_and_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.times}"
