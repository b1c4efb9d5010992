"""What the office sets for its whole network."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.models import Organisation


class OfficeTerms(models.Model):
    """Settings of one office. The sources give no numbers: each is empty, and its rule rests, until the office sets it.

    ``refresh_days``: a corner not arranged anew for so long is due (S0-46: 定期, no period stated);
    ``keep_names_days``: borrowers of loans that ended so long ago are made anonymous.
    """

    office = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="office_terms"
    )
    refresh_days = models.PositiveSmallIntegerField(
        _("arrange the corner anew after days"), null=True, blank=True
    )
    keep_names_days = models.PositiveSmallIntegerField(
        _("keep borrowers' names for days"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("settings of the office")

    def __str__(self) -> str:
        return str(self.office)
