"""The display corner of a point (上海终身教育资源配送展示区, S0-04, S0-54…55) and its photographs (S0-43)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.models.shipment import Receipt
from lianxue.kernel.models import StoredFile
from lianxue.orgs.models import Organisation


class DisplayCorner(models.Model):
    """A fixed place (S0-54) with the sign posted (S0-55), arranged anew from time to time (S0-46; no period given)."""

    point = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="display_corner")
    location = models.CharField(_("where it is"), max_length=200)
    sign_posted_on = models.DateField(_("sign posted on"), null=True, blank=True)
    refreshed_on = models.DateField(_("last arranged on"), null=True, blank=True)
    # The day on which the point was last told that its corner is due.
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)

    class Meta:
        ordering = ["point_id"]
        verbose_name = _("display corner")

    def __str__(self) -> str:
        return f"{self.point}: {self.location}"


class DisplayPhoto(models.Model):
    """A photograph of the corner, for one receipt (S0-43) or after it was arranged anew (S0-46)."""

    corner = models.ForeignKey(DisplayCorner, on_delete=models.PROTECT, related_name="photos")
    receipt = models.ForeignKey(
        Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("sent in on"))
    caption = models.CharField(_("remark"), max_length=120, blank=True)
    # An earlier photograph that looks the same; the sender was warned.
    looks_like = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="looked_like_by"
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("photograph")

    def __str__(self) -> str:
        return f"{self.corner.point} {self.at:%Y-%m-%d}"
