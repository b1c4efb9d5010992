"""Kinds and states of resources."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceKind(models.TextChoices):
    """What a resource is: the three kinds of the registers (S0-52), and what is used on line (S0-05)."""

    BOOK = "book", _("Book")
    DISC = "disc", _("Disc")
    OTHER = "other", _("Other")
    ONLINE = "online", _("Online")


class ContributionState(models.TextChoices):
    """Where a contribution is on its way from the point to the catalogue (S0-40)."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("With the college")
    COLLATED = "collated", _("With the guidance office")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")
    REJECTED = "rejected", _("Rejected")


class Level(models.TextChoices):
    """Who decided: the college that collates, or the office that reviews (S0-40)."""

    COLLEGE = "college", _("College")
    OFFICE = "office", _("Guidance office")


class Verdict(models.TextChoices):
    """What was decided about one submitted revision."""

    COLLATED = "collated", _("Passed on")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")
    REJECTED = "rejected", _("Rejected")


class EntryState(models.TextChoices):
    """Whether a catalogue entry can be chosen."""

    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
