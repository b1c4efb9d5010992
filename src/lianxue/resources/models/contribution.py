"""A resource that a point offers to the whole network (S0-40)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.models import Organisation
from lianxue.resources.enums import ContributionState
from lianxue.resources.models.description import Described

OFFER_FIELDS = ("copies_offered", "rights_holder", "rights_declared")
WRITABLE = (ContributionState.DRAFT, ContributionState.RETURNED)


class Contribution(Described):
    """A resource on its way from a point, by its college, to the guidance office.

    ``revision`` counts what was sent in: 1 until the first submission, one more with each submission after it came
    back. ``version`` counts every change, so that two people writing at once notice each other. ``copies_offered`` may
    be 0 for what is used on line. ``rights_declared`` is the declaration of 自主知识产权.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("contributed by")
    )
    rights_declared = models.BooleanField(_("rights declared"), default=False)
    rights_holder = models.CharField(_("holder of the rights"), max_length=120, blank=True)
    copies_offered = models.PositiveIntegerField(_("copies offered"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=ContributionState, default=ContributionState.DRAFT
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("begun on"))
    changed_at = models.DateTimeField(_("last changed"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted on"), null=True)

    class Meta:
        ordering = ["-changed_at", "-id"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="contribution_has_title"),
            models.CheckConstraint(
                condition=models.Q(state="draft", submitted_at__isnull=True)
                | (~models.Q(state="draft") & models.Q(submitted_at__isnull=False)),
                name="contribution_sent_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "returned"])
                | (models.Q(rights_declared=True) & ~models.Q(rights_holder="")),
                name="contribution_sent_has_rights",
            ),
            models.CheckConstraint(
                condition=models.Q(revision__gte=1), name="contribution_revision_from_one"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "state", "-changed_at"], name="contribution_of_organisation"
            ),
            models.Index(fields=["state", "submitted_at"], name="contribution_waiting"),
        ]

    @property
    def is_writable(self) -> bool:
        """Tell whether the text may still be changed by its organisation."""
        return self.state in WRITABLE
