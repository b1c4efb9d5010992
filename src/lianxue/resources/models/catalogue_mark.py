"""A mark that changes with every change of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueMark(models.Model):
    """The one row whose ``mark`` a trigger renews with every statement that changes entries, in the same transaction.

    Whoever sees a change sees the new mark, and no mark ever comes back; so what was worked out from the entries holds
    for as long as the mark is the same.
    """

    mark = models.UUIDField()

    class Meta:
        verbose_name = _("state of the catalogue")
        verbose_name_plural = _("state of the catalogue")

    def __str__(self) -> str:
        return str(self.mark)
