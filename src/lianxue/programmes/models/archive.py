"""Evidence that units keep, guidance that levels above give, and links to a dossier."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel.models import StoredFile
from lianxue.orgs.models import Organisation
from lianxue.programmes.models.call import Call


class Evidence(models.Model):
    """One piece of evidence for one item of a programme (S2-46: 档案完备、资料齐全、便于查询)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="evidence")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="evidence")
    item = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("what it shows"), blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=200, blank=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        ordering = ["call_id", "unit_id", "item", "id"]
        verbose_name = _("evidence")
        indexes = [
            GinIndex(fields=["search"], name="evidence_search"),
            models.Index(fields=["call", "unit", "item"], name="evidence_of_unit"),
        ]

    def __str__(self) -> str:
        return self.title


class Guidance(models.Model):
    """An entry in the log of guidance that a level above gave a unit (S2-49: 过程性指导)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="guidance")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=40, blank=True)
    given_on = models.DateField(_("date"))
    way = models.CharField(_("how"), max_length=20, blank=True)
    words = models.TextField(_("guidance given"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_on", "-id"]
        verbose_name = _("guidance")
        indexes = [models.Index(fields=["call", "unit"], name="guidance_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.given_on}"


class DossierLink(models.Model):
    """A link by which somebody without an account reads the dossier of a unit in a call, for a time."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    handed_to = models.CharField(_("for whom"), max_length=60)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    times_opened = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.handed_to
