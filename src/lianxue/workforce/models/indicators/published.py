"""What an office published of a set of indicators for a year; every change is a new revision (S1-52)."""

from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.orgs.models import Organisation
from lianxue.workforce.enums import Rounding
from lianxue.workforce.models.indicators.parts import IndicatorFile
from lianxue.workforce.models.indicators.reading import read_indicators


class IndicatorSet(models.Model):
    """One revision of an office's indicators for a year, never changed afterwards.

    ``source`` is the text of the file it was made from. ``numbers`` holds what the documents leave to the office,
    ``ratios`` the recommendation ratio of each team in per cent; none has a default (S1-52).
    ``days_off`` are public holidays on weekdays, ``extra_days`` weekends that are worked: reviews are counted in working days.
    """

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="indicator_sets")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("revision"))
    code = models.CharField(max_length=60)
    version = models.CharField(_("version"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    digest = models.CharField(max_length=64)
    source = models.TextField()
    numbers = models.JSONField(default=dict)
    ratios = models.JSONField(default=dict)
    days_off = models.JSONField(default=list)
    extra_days = models.JSONField(default=list)
    rounding = models.CharField(_("parts of a person"), max_length=10, choices=Rounding)
    reason = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published on"))
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = _("set of indicators")
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="indicator_revision_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | (models.Q(number__gt=1) & ~models.Q(reason="")),
                name="later_indicator_revision_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"

    @property
    def content(self) -> IndicatorFile:
        """Return the set, read once in each process."""
        return _read(self.digest, self.source, f"{self.code} {self.version}")


@lru_cache(maxsize=64)
def _read(_digest: str, source: str, file: str) -> IndicatorFile:
    return read_indicators(source.encode(), file)
