"""States and kinds of distribution."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open for demand")
    ALLOCATING = "allocating", _("Being allocated")
    ALLOCATED = "allocated", _("On its way")
    CLOSED = "closed", _("Closed")


class DemandState(models.TextChoices):
    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Sent back")


class BatchState(models.TextChoices):
    GATHERING = "gathering", _("Gathering")
    SUBMITTED = "submitted", _("Submitted to the office")


class AllocationState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    COMMITTED = "committed", _("Decided")


class ShipmentState(models.TextChoices):
    PREPARING = "preparing", _("Being packed")
    DISPATCHED = "dispatched", _("On its way")
    RECEIVED = "received", _("Received")


class LoanState(models.TextChoices):
    ON_LOAN = "on_loan", _("On loan")
    RETURNED = "returned", _("Returned")
    LOST = "lost", _("Lost")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Sent back")


class Audience(models.TextChoices):
    """Who needs or receives a copy (S0-14: 教师或学员)."""

    TEACHER = "teacher", _("Teacher")
    LEARNER = "learner", _("Learner")


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
