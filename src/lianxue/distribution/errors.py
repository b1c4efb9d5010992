"""Refusals of distribution."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid, Unmet, WrongState


class NotEnoughCopies(Unmet):
    code = "not_enough_copies"
    default_message = _("There are not enough copies for this.")


class LastDisplayCopy(Unmet):
    """S0-29: 每种资源至少保留一份放置在资源展示区中."""

    code = "last_display_copy"
    default_message = _("At least one copy of each title stays in the display corner.")


class OutsideWindow(Unmet):
    code = "outside_window"
    default_message = _("The days for this are over or have not begun.")


class DoesNotAddUp(Invalid):
    code = "does_not_add_up"
    default_message = _("Good, damaged and missing copies together must equal the copies that were due.")


class NothingAsked(Invalid):
    code = "nothing_asked"
    default_message = _("Please ask for at least one copy of one title, or say that you need nothing.")


class RoundMovedOn(WrongState):
    code = "round_moved_on"
    default_message = _("The round has moved on; this can no longer be changed.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    default_message = _("Please give a reason. The others concerned will read it.")
