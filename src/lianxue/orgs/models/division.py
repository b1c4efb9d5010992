"""Administrative divisions (GB/T 2260 style codes)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Division(models.Model):
    """A province, city, county, or street/town. How deep the tree goes is data.

    ``code`` has 12 digits; ``level`` is 1 for a province; a municipality's dummy level 市辖区 is left out, so
    Shanghai's districts stand directly below the city. Functional zones run schools too but count in no official
    statistics.
    """

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    kind = models.CharField(_("kind of division"), max_length=20, blank=True)
    is_functional_zone = models.BooleanField(_("functional zone"), default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("division")

    def __str__(self) -> str:
        return self.name
