"""A post: the tie between a person and an organisation, for a term."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.orgs.enums import Role
from lianxue.orgs.models.organisation import Organisation


class Post(models.Model):
    """A person's role in an organisation from ``starts_on`` to ``ends_on`` (inclusive; None: open-ended).

    ``ended_at`` is the moment at which a post was ended before its term: its authority is gone from then on.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="posts", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="posts", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments_made"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=200, blank=True)

    class Meta:
        ordering = ["organisation_id", "role", "id"]
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(ends_on__isnull=True),
                name="one_open_post_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ends_on__isnull=False),
                name="ended_post_has_last_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.organisation}"

    def is_in_force(self, on: date) -> bool:
        """Tell whether the post is held on the day ``on``."""
        if self.ended_at is not None:
            return False
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
