"""Refusals in workforce."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid, NotFound, Unmet


class ReasonMissing(Invalid):
    """A reason is needed."""

    code = "reason_missing"
    default_message = _("Please say why.")


class CodeNotValid(NotFound):
    """The code at the door is wrong, or no longer valid."""

    code = "code_not_valid"
    default_message = _(
        "This code is not valid, or no longer. Please scan or type the one that is shown now."
    )


class SheetFaulty(Unmet):
    """A table has faults; nothing of it was taken in."""

    code = "sheet_faulty"
    default_message = _("The table has faults; nothing of it was taken in.")


class StillOpen(Unmet):
    """Some parts of an appraisal are still open; ``parts`` are their keys."""

    code = "still_open"
    default_message = _("Some indicators are still open. Look at them first.")


class OverQuota(Unmet):
    """More people than the ratio allows."""

    code = "over_quota"
    default_message = _("The ratio allows no further person of this team.")


class NoCall(Unmet):
    """The province has opened no call for recommendations in this year, or not to this unit."""

    code = "no_call"
    default_message = _("The province has not opened the call for recommendations of this year yet.")
