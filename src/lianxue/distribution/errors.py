"""Refusals of distribution."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, Unmet, WrongState


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


class NothingToCopy(Unmet):
    code = "nothing_to_copy"
    default_message = _("Nothing of last time is left to be filled in.")


class NoMoreWishes(Unmet):
    code = "no_more_wishes"
    default_message = _("Nobody wished for more than you ask for already.")


class NobodyToRemind(Unmet):
    code = "nobody_to_remind"
    default_message = _("Everybody has reported, or has been reminded today.")


class NothingOpen(Unmet):
    code = "nothing_open"
    default_message = _("None of these lines is open any more.")


class NothingToCarry(Unmet):
    code = "nothing_to_carry"
    default_message = _(
        "None of these lines can be carried into that round: its titles are not offered there, or the point or its "
        "superior unit has submitted there already."
    )


class RoundMovedOn(WrongState):
    code = "round_moved_on"
    default_message = _("The round has moved on; this can no longer be changed.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    default_message = _("Please give a reason. The others concerned will read it.")


class CornerMissing(Unmet):
    """S0-54: the corner is 一个相对固定的地方."""

    code = "corner_missing"
    default_message = _("Please say first where the display corner is.")


class ReportChanged(Conflict):
    code = "report_changed"
    default_message = _(
        "Somebody else has written in this report in the meantime. Both texts are shown below."
    )


class RoundNameTaken(Conflict):
    code = "round_name_taken"
    default_message = _("There is a round with this name in this year already.")


class TitleNotOffered(Invalid):
    code = "title_not_offered"
    default_message = _("At least one of the titles is not on offer in this round.")


class TitleInUse(Unmet):
    code = "title_in_use"
    default_message = _("Somebody has asked for this title already, so it stays in the round.")


class NotAPoint(NotAllowed):
    code = "not_a_point"
    default_message = _("Only points of the network state demand in this round.")


class TooMuchAsked(Invalid):
    code = "too_much_asked"
    default_message = _("This is more than one point can ask for.")


class DemandChanged(Conflict):
    code = "demand_changed"
    default_message = _("The demand was changed in the meantime. Please check it again before you submit it.")


class SupplyChanged(Conflict):
    code = "supply_changed"
    default_message = _("There are fewer copies now than this proposal shares out. Please propose anew.")


class TooManyNeeds(Unmet):
    code = "too_many_needs"
    default_message = _("Very many wishes have come in here just now. Please try again a little later.")


class TooMuchFeedback(Unmet):
    code = "too_much_feedback"
    default_message = _("Very much has come in here just now. Please try again a little later.")


class FeedbackGiven(Conflict):
    code = "feedback_given"
    default_message = _("What this reader said has been written down already.")


class StocktakeUnderWay(Conflict):
    code = "stocktake_under_way"
    default_message = _("A count of this point is not at its end yet. Please finish it or call it off first.")


class NothingToCount(Unmet):
    code = "nothing_to_count"
    default_message = _("There are no copies in the store or in the corner to be counted.")


class CountChanged(Conflict):
    code = "count_changed"
    default_message = _(
        "Somebody else has counted this in the meantime. Please compare and say which is right."
    )


class CopiesMovedSince(Unmet):
    code = "copies_moved_since"
    default_message = _(
        "Copies that were counted as missing have been handed out since: %(titles)s. Please send it back to be "
        "counted again."
    )


class CopyReserved(Unmet):
    code = "copy_reserved"
    default_message = _(
        "The copies that are here are put aside for readers who reserved them. To hand one out all the same, give a reason."
    )


class AlreadyReserved(Conflict):
    code = "already_reserved"
    default_message = _("This reader waits for this title already.")


class RuleRests(Unmet):
    """The sources give no number, and the point has set none."""

    code = "rule_rests"
    default_message = _("Your point has not set a number for this.")


class PhotographCounts(Unmet):
    """S0-43: photographs prove what arrived and stay."""

    code = "photograph_counts"
    default_message = _("This photograph looks like no other one, so it stays.")


class AccessEnded(Unmet):
    code = "access_ended"
    default_message = _(
        "This online title can no longer be opened here: it was withdrawn, or your access has ended."
    )
