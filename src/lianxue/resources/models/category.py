"""The tree of subjects under which resources are put."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A subject category; how deep the tree goes is data.

    ``name_en`` is shown to readers of the English pages; empty means that the Chinese name serves both.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    rank = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        ordering = ["rank", "code"]
        verbose_name = _("subject category")
        verbose_name_plural = _("subject categories")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code="") & ~models.Q(name=""), name="category_has_code_and_name"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="category_not_its_own_parent"
            ),
            models.UniqueConstraint(
                fields=["parent", "name"], name="category_name_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        is_english = (get_language() or "").startswith("en")
        return self.name_en if is_english and self.name_en else self.name
