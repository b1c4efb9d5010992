"""How often an account name was tried of late, and until when it is locked."""

from django.db import models


class SignInLock(models.Model):
    """One account name that somebody tried to sign in with, whether or not it exists.

    The name is kept as a keyed fingerprint only: people type all sorts of things into that box, passwords too.
    """

    name_index = models.CharField(max_length=64, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="sign_in_lock_last")]

    def __str__(self) -> str:
        return f"{self.name_index[:8]}… {self.attempts}"
