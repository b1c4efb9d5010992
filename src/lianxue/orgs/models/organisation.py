"""An organisation: office, college, university, school, point, supplier."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.enums import OrganisationKind
from lianxue.orgs.models.division import Division


class Organisation(models.Model):
    """A node of the network. ``is_sample`` marks a demonstration stand-in whose real name is not public.

    ``latitude`` and ``longitude`` are WGS 84 degrees; None when unknown.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name
