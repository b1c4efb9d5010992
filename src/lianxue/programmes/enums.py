"""States and kinds in programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    """Where a call stands."""

    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open for filing")
    CLOSED = "closed", _("Closed")


class FilingState(models.TextChoices):
    """Where a filing stands; at which desk it lies is a row, not a state."""

    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Under consideration")
    RETURNED = "returned", _("Returned for mending")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")


class Decision(models.TextChoices):
    """What an opinion says."""

    APPROVE = "approve", _("Agree")
    RETURN = "return", _("Return for mending")
    DECLINE = "decline", _("Decline")


class RevisionKind(models.TextChoices):
    """How a frozen revision came about."""

    FILING = "filing", _("Filing")
    CHANGE = "change", _("Change notice")


class NoticeState(models.TextChoices):
    """Where a change notice stands (S1-48)."""

    DRAFT = "draft", _("Being prepared")
    SUBMITTED = "submitted", _("Under consideration")
    APPROVED = "approved", _("Accepted")
    DECLINED = "declined", _("Not accepted")


class ScanState(models.TextChoices):
    """What became of a stamped scan that was sent in."""

    MATCHED = "matched", _("Belongs to this revision")
    UNREADABLE = "unreadable", _("Code not readable")
    CONFIRMED = "confirmed", _("Confirmed by a person")
    REFUSED = "refused", _("Refused")


class PanelState(models.TextChoices):
    """Where a panel stands."""

    DRAWN = "drawn", _("Drawn")
    SCORING = "scoring", _("Scoring")
    CLOSED = "closed", _("Closed")


class ScoreState(models.TextChoices):
    """What an expert did with one filing."""

    OPEN = "open", _("To be scored")
    CONFLICT = "conflict", _("Conflict of interest")
    GIVEN = "given", _("Scored")


class AwardKind(models.TextChoices):
    """What was conferred."""

    AWARD = "award", _("Award")
    STATUS = "status", _("Status")


class Number(models.TextChoices):
    """A number that the documents leave open: the office gives it when it opens a call."""

    RECOMMENDATION_RATIO = "recommendation_ratio", _("Share that may be recommended (%)")  # S1-52
    TERM_YEARS = "term_years", _("Years for which what is conferred holds")
    PANEL_SIZE = "panel_size", _("Experts on a panel")
    PLACES = "places", _("How many can be chosen at the most")


NUMBERS = frozenset(Number.values)
