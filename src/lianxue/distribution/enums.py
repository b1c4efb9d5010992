"""States and kinds of distribution."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open for demand")
    ALLOCATING = "allocating", _("Being allocated")
    ALLOCATED = "allocated", _("On its way")
    CLOSED = "closed", _("Closed")


class RoundKind(models.TextChoices):
    """Points ask and the copies are shared out, or the sender decides alone (S0-42: 市级、区级配送资源)."""

    DEMAND = "demand", _("By demand")
    DIRECT = "direct", _("Sent without demand")


class Route(models.TextChoices):
    """The way a parcel takes."""

    DIRECT = "direct", _("Straight to the point")
    VIA_COLLEGE = "via_college", _("Through the superior unit")


class UnmetAnswerKind(models.TextChoices):
    """What became of copies that were asked for and not allocated."""

    CARRIED = "carried", _("Carried into another round")
    CLOSED = "closed", _("Closed")


class DemandState(models.TextChoices):
    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Sent back")


class BatchState(models.TextChoices):
    GATHERING = "gathering", _("Gathering")
    SUBMITTED = "submitted", _("Submitted to the office")


class ReminderOccasion(models.TextChoices):
    """Why somebody is reminded that a demand has not come in."""

    BEFORE = "before", _("Before the last day")
    AFTER = "after", _("After the last day")
    BY_HAND = "by_hand", _("By hand")


class AllocationState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    COMMITTED = "committed", _("Decided")


class ShipmentState(models.TextChoices):
    PREPARING = "preparing", _("Being packed")
    DISPATCHED = "dispatched", _("On its way")
    AT_COLLEGE = "at_college", _("At the superior unit")
    RECEIVED = "received", _("Received")


class ClaimKind(models.TextChoices):
    """What was wrong with a lot when it arrived."""

    MISSING = "missing", _("Too few")
    DAMAGED = "damaged", _("Damaged")
    SURPLUS = "surplus", _("Too many")


class ClaimState(models.TextChoices):
    OPEN = "open", _("With the supplier")
    ANSWERED = "answered", _("Answered by the supplier")
    SETTLED = "settled", _("Settled")


class ClaimRemedy(models.TextChoices):
    """How a claim ends."""

    RESEND = "resend", _("Sent again")
    CREDIT = "credit", _("Credited")
    WRITE_OFF = "write_off", _("Written off")
    KEEP = "keep", _("Kept by the point")
    SEND_BACK = "send_back", _("Sent back")
    WITHDRAWN = "withdrawn", _("Counted wrongly")


class TransferPurpose(models.TextChoices):
    TO_POINT = "to_point", _("Handed on to another point")
    SURPLUS = "surplus", _("Surplus sent back")


class TransferState(models.TextChoices):
    REQUESTED = "requested", _("Waiting for consent")
    AGREED = "agreed", _("Agreed to")
    SENT = "sent", _("On its way")
    RECEIVED = "received", _("Received")
    CANCELLED = "cancelled", _("Called off")


class StocktakeState(models.TextChoices):
    COUNTING = "counting", _("Being counted")
    COUNTED = "counted", _("Waiting for the second person")
    SETTLED = "settled", _("Settled")
    CANCELLED = "cancelled", _("Called off")


class CopyFate(models.TextChoices):
    """What became of a copy that somebody noticed outside a count of everything."""

    DAMAGED = "damaged", _("Damaged, of no more use")
    GONE = "gone", _("Gone")
    FOUND = "found", _("Found again")


class ReservationState(models.TextChoices):
    WAITING = "waiting", _("Waiting for a copy")
    READY = "ready", _("Ready to be fetched")
    FULFILLED = "fulfilled", _("Fetched")
    LAPSED = "lapsed", _("Not fetched in time")
    CANCELLED = "cancelled", _("Called off")


class Award(models.TextChoices):
    """The yearly selections (S0-57, S0-58)."""

    PROVIDER = "provider", _("Outstanding resource provider")
    ADMINISTRATOR = "administrator", _("Outstanding distribution administrator")
    POINT = "point", _("Outstanding distribution point")


class SelectionState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    PUBLISHED = "published", _("Weights published")
    RANKED = "ranked", _("Ranked")
    DECIDED = "decided", _("Decided")


class LoanState(models.TextChoices):
    ON_LOAN = "on_loan", _("On loan")
    RETURNED = "returned", _("Returned")
    LOST = "lost", _("Lost")
    UNDONE = "undone", _("Undone")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Sent back")


class Audience(models.TextChoices):
    """Who needs or receives a copy (S0-14: 教师或学员)."""

    TEACHER = "teacher", _("Teacher")
    LEARNER = "learner", _("Learner")


class FeedbackState(models.TextChoices):
    """What the point has done with the words of a reader (S0-47)."""

    WAITING = "waiting", _("Not looked at yet")
    SHOWN = "shown", _("Shown to everybody")
    SET_ASIDE = "set_aside", _("Set aside")


class PlaceKind(models.TextChoices):
    """Where copies can be. ``OUTSIDE`` is the world from which suppliers bring copies; it alone may go below zero."""

    OUTSIDE = "outside", _("Outside")
    SUPPLIER = "supplier", _("At the supplier")
    IN_TRANSIT = "in_transit", _("On the way")
    SHELF = "shelf", _("In the store")
    DISPLAY = "display", _("In the display corner")
    ON_LOAN = "on_loan", _("On loan")
    ISSUED = "issued", _("Issued")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Missing")
