"""A title in the city's catalogue, from which every point may choose (S0-02, S0-03)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.models import Organisation
from lianxue.resources.enums import EntryState
from lianxue.resources.models.contribution import Contribution
from lianxue.resources.models.description import Described


class CatalogueEntry(Described):
    """A resource that was accepted, or that the office put into the catalogue itself.

    ``provider`` is the organisation that it came from; ``contribution`` the accepted contribution, if it was one.
    A withdrawn entry stays readable for the office and its provider, and on paper that names it.
    """

    code = models.CharField(_("catalogue number"), max_length=20, unique=True)
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="catalogue_entries",
        verbose_name=_("provided by"),
    )
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="entry"
    )
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.PUBLISHED)
    published_at = models.DateTimeField(_("in the catalogue since"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)
    search_vector = SearchVectorField(null=True, editable=False)

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="entry_has_title"),
            models.CheckConstraint(
                condition=models.Q(state="published", withdrawn_at__isnull=True)
                | (models.Q(state="withdrawn", withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="entry_withdrawn_with_reason",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="entry_search"),
            models.Index(fields=["state", "-published_at", "-id"], name="entry_newest"),
            models.Index(fields=["provider", "state"], name="entry_of_provider"),
        ]

    @property
    def is_published(self) -> bool:
        """Tell whether points can choose this entry."""
        return self.state == EntryState.PUBLISHED
