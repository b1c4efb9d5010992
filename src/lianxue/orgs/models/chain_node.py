"""Where an organisation stands in one chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.enums import Chain
from lianxue.orgs.models.organisation import Organisation


class ChainNode(models.Model):
    """The place of one organisation in one chain.

    ``path`` holds the ids of all organisations from the top down to this one, ``/1/17/245/``; a subtree is a prefix.
    ``depth`` is 1 at the top and is the tier in the distribution chain.
    """

    chain = models.CharField(_("chain"), max_length=30, choices=Chain)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    superior = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="places_below"
    )
    depth = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=200)

    class Meta:
        ordering = ["chain", "path"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "organisation"], name="one_place_in_each_chain"),
            models.CheckConstraint(
                condition=models.Q(depth=1, superior__isnull=True)
                | models.Q(depth__gt=1, superior__isnull=False),
                name="only_the_top_has_no_superior",
            ),
        ]
        indexes = [
            models.Index(
                fields=["chain", "path"],
                name="chain_subtree",
                opclasses=["varchar_ops", "varchar_pattern_ops"],
            ),
            models.Index(fields=["chain", "superior"], name="chain_directly_below"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_chain_display()})"
