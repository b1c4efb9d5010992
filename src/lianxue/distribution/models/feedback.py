"""What learners and borrowers say about a title at a point (S0-47: 反馈意见)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import Audience, FeedbackState
from lianxue.distribution.models.lending import Loan
from lianxue.orgs.models import Organisation
from lianxue.resources.models import CatalogueEntry


class Feedback(models.Model):
    """One to five stars and a few words, left without an account and without a name.

    Nobody but the point and the units above reads the words until the point shows them. What is set aside (a joke, the
    wrong title) counts nowhere; the reason says why. ``loan``: it was said when that loan came back.
    """

    # The trail is never changed, and readers may have written names.
    kept_out_of_trail: ClassVar = frozenset({"words"})

    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="feedback")
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="feedback")
    loan = models.OneToOneField(
        Loan, on_delete=models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    words = models.CharField(_("in a few words"), max_length=300, blank=True)
    audience = models.CharField(_("you are a"), max_length=10, choices=Audience, default=Audience.LEARNER)
    state = models.CharField(_("state"), max_length=10, choices=FeedbackState, default=FeedbackState.WAITING)
    left_at = models.DateTimeField(_("left on"))
    decided_at = models.DateTimeField(_("looked at on"), null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why it was set aside"), max_length=300, blank=True)

    class Meta:
        ordering = ["-left_at", "-id"]
        verbose_name = _("feedback")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stars__range=(1, 5)), name="feedback_one_to_five_stars"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="feedback_decided_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="set_aside") & ~models.Q(reason="")
                | (~models.Q(state="set_aside") & models.Q(reason="")),
                name="feedback_set_aside_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["point", "state", "-left_at"], name="feedback_of_point"),
            models.Index(fields=["entry", "state"], name="feedback_of_title"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.stars}/5"
