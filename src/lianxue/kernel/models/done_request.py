"""Requests that were carried out, so that a re-sent one changes nothing."""

from django.db import models


class DoneRequest(models.Model):
    """One carried-out request, known by the key that its form or client made for it.

    ``result_type`` and ``result_id`` name the row that the operation gave back.
    """

    key = models.CharField(max_length=64)
    verb = models.CharField(max_length=80)
    person_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    result_type = models.CharField(max_length=80, blank=True)
    result_id = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "verb", "person_id"], name="done_request_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["at"], name="done_request_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"
