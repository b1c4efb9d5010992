"""Tokens with which programs act under a post."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.models.post import Post


class ApiToken(models.Model):
    """A token that the holder of a post made for a program: it acts under this post, as far as its scopes reach.

    The token itself is shown once and not kept; ``digest`` is its SHA-256 (the token is 256 random bits, so nothing
    slower is needed), ``prefix`` its first signs, by which its owner knows it again.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("post"))
    name = models.CharField(_("what it is for"), max_length=60)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("may do"))
    created_at = models.DateTimeField(_("made on"))
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("token")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="token_expires_after_it_is_made",
            ),
            models.CheckConstraint(condition=~models.Q(scopes=[]), name="token_has_a_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def is_valid(self, at: datetime) -> bool:
        """Tell whether the token by itself is good at this moment; its post must be in force too."""
        return self.revoked_at is None and at < self.expires_at


class TokenRequest(models.Model):
    """For which request a token used an ``Idempotency-Key``: ``fingerprint`` is the SHA-256 of address and body."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="requests")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="token_key_once")]
        indexes = [models.Index(fields=["at"], name="token_request_at")]

    def __str__(self) -> str:
        return self.key
