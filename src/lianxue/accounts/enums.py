"""Choices a person makes about the pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextSize(models.TextChoices):
    """Sizes of text; everything above ``NORMAL`` is the large-text mode (长辈版) of the same pages."""

    NORMAL = "normal", _("Standard text")
    LARGE = "large", _("Large text")
    LARGER = "larger", _("Larger text")
    LARGEST = "largest", _("Largest text")


class Language(models.TextChoices):
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"
