"""A picture or document that somebody sent in, checked and kept under the fingerprint of its content."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file sent in by one person.

    ``file`` is named by the SHA-256 of what is stored, so two rows may share one file on disk; rows are never changed.
    ``width`` and ``height`` (pixels) are set for pictures only. ``created_by_id`` is a person's id: the kernel knows
    no people, the feature that owns the row does.
    """

    file = models.FileField(_("file"), max_length=120)
    original_name = models.CharField(_("file name"), max_length=150)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    # What a picture looks like in 64 bits (kernel.files.likeness): pictures that look alike differ in few of them.
    likeness = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(_("sent in at"))
    created_by_id = models.BigIntegerField(_("sent in by"), null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(width__isnull=True, height__isnull=True)
                | models.Q(width__gt=0, height__gt=0),
                name="stored_file_width_with_height",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_picture(self) -> bool:
        """Tell whether this is a picture, which then has a thumbnail."""
        return self.width is not None

    @property
    def thumbnail_name(self) -> str:
        """Return the storage name of the thumbnail that every picture has beside it."""
        stem, _dot, ending = (self.file.name or "").rpartition(".")
        return f"{stem}-480.{ending}"
