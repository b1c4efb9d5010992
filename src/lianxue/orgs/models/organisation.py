"""An organisation: office, college, university, school, point, supplier."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.enums import OrganisationKind
from lianxue.orgs.models.division import Division


class Organisation(models.Model):
    """A node of the network. ``is_sample`` marks a demonstration stand-in whose real name is not public.

    ``uscc`` is the unified social credit code (GB 32100) where the organisation is a legal person of its own.
    ``address`` and ``telephone`` are those of the institution: where deliveries go and whom to ring.
    ``latitude`` and ``longitude`` are WGS 84 degrees; None when unknown.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind of organisation"), max_length=30, choices=OrganisationKind)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("division")
    )
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~models.Q(uscc=""), name="one_organisation_a_credit_code"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="latitude_with_longitude",
            ),
        ]

    def __str__(self) -> str:
        return self.name
