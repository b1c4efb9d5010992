"""Kinds and states in workforce, in the words of the documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxue.orgs.public import Chain


class Team(models.TextChoices):
    """The three service teams (S1-20); the values are the keys of their rosters."""

    SYSTEM_ADMINS = "system_admins", _("System administrators")
    TRAINERS = "trainers", _("Trainers")
    REVIEWERS = "reviewers", _("Resource reviewers")


# The keys that rosters of these teams have in definitions.
ROSTERS: dict[Team, tuple[str, ...]] = {
    Team.SYSTEM_ADMINS: ("system_admins", "administrators"),
    Team.TRAINERS: ("trainers",),
    Team.REVIEWERS: ("reviewers",),
}
TEAM_OF_ROSTER: dict[str, Team] = {key: team for team, keys in ROSTERS.items() for key in keys}


class TrainingWay(models.TextChoices):
    """How a training is held (S1-28: 线上、线下培训)."""

    OFFLINE = "offline", _("On site")
    ONLINE = "online", _("On line")


class TrainingLevel(models.TextChoices):
    """On whose level a training is held: that of the organiser (S1-42)."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County or district")
    SCHOOL = "school", _("School or point")


# What a place in a chain is, from the top down.
LEVELS: dict[Chain, tuple[TrainingLevel, ...]] = {
    Chain.RESOURCE_SERVICE: (
        TrainingLevel.PROVINCE,
        TrainingLevel.CITY,
        TrainingLevel.COUNTY,
        TrainingLevel.SCHOOL,
    ),
    Chain.EDUCATION_ADMINISTRATION: (TrainingLevel.CITY, TrainingLevel.COUNTY, TrainingLevel.SCHOOL),
    Chain.DISTRIBUTION: (TrainingLevel.CITY, TrainingLevel.COUNTY, TrainingLevel.SCHOOL),  # S0-48
}


class TrainingTopic(models.TextChoices):
    """What a training is about."""

    SYSTEM_ADMINS = "system_admins", _("Training of system administrators")  # S1-62
    TRAINERS = "trainers", _("Training of trainers")  # S1-71
    REVIEWERS = "reviewers", _("Training of resource reviewers")  # S1-78
    SUBJECT_USE = "subject_use", _("Use of resources in a subject")  # S1-35
    DISTRIBUTION = "distribution", _("Distribution of resources")  # S0-48
    PLATFORM_USE = "platform_use", _("Use of the platform")  # S1-70, S1-72
    OTHER = "other", _("Other")


class SessionState(models.TextChoices):
    """Where a training stands."""

    DRAFT = "draft", _("Being prepared")
    PLANNED = "planned", _("Announced")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


class AudienceKind(models.TextChoices):
    """Who must attend."""

    DIRECTLY_BELOW = "directly_below", _("Administrators of the units directly below")
    ALL_BELOW = "all_below", _("Administrators of all units below")
    TEAM = "team", _("A service team of the area")
    UNIT = "unit", _("Administrators of one unit")


class Part(models.TextChoices):
    """What somebody does at a training."""

    PARTICIPANT = "participant", _("Participant")
    LECTURER = "lecturer", _("Lecturer")  # S1-70


class AttendanceState(models.TextChoices):
    """Whether somebody was there."""

    EXPECTED = "expected", _("Expected")
    ATTENDED = "attended", _("Attended")
    EXCUSED = "excused", _("Excused")


class AttendanceWay(models.TextChoices):
    """How it became known that somebody was there."""

    QR = "qr", _("QR code")
    CODE = "code", _("Typed code")
    LIST = "list", _("List")
    SHEET = "sheet", _("Table")


class Rounding(models.TextChoices):
    """What becomes of parts of a person when the ratio is applied; the documents do not say."""

    DOWN = "down", _("Left out (rounded down)")
    UP = "up", _("Count as one more (rounded up)")


class AppraisalState(models.TextChoices):
    """Where the appraisal of one person stands."""

    OPEN = "open", _("Under appraisal")
    CONFIRMED = "confirmed", _("Appraised")


class PartVerdict(models.TextChoices):
    """How one part of an indicator stands."""

    OPEN = "open", _("Still open")
    MET = "met", _("Met")
    NOT_MET = "not_met", pgettext_lazy("of an indicator", "Not met")
