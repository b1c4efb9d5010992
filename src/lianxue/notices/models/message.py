"""What is said, and whom it was said to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.orgs.models import Organisation


class Message(models.Model):
    """One thing said to one or many.

    ``title`` and ``body`` hold the words in every language, ``{"zh-hans": …, "en": …}``, so that each recipient reads
    the own one. ``kind`` is a name in ``KINDS``. ``once_key`` (NULL: none) is said once, whatever asks for it again.
    """

    kind = models.CharField(_("kind"), max_length=80)
    title = models.JSONField(_("headline"))
    body = models.JSONField(_("wording"))
    url = models.CharField(max_length=300)
    once_key = models.CharField(max_length=120, null=True, unique=True)
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message")
        constraints = [
            models.CheckConstraint(condition=~models.Q(once_key=""), name="message_once_key_says_something"),
            models.CheckConstraint(condition=models.Q(url__startswith="/"), name="message_leads_to_own_page"),
        ]

    def __str__(self) -> str:
        return self.headline

    @staticmethod
    def words(texts: dict[str, Any], language: str | None = None) -> str:
        """Return the text in ``language`` (None: the present one), or in the platform's own when there is none."""
        wanted = language or get_language() or settings.LANGUAGE_CODE
        return str(texts.get(wanted) or texts.get(settings.LANGUAGE_CODE, ""))

    @property
    def headline(self) -> str:
        """Return the title in the present language, on one line."""
        return " ".join(self.words(self.title).split())

    @property
    def text(self) -> str:
        """Return the body in the present language."""
        return self.words(self.body)


class Notice(models.Model):
    """That one person is told a message; ``organisation`` is the one for which they are told, if any."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="notices", db_index=False
    )
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("notice")
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_newest"),
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return str(self.message)
