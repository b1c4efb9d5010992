"""Refusals of resources."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, WrongState


class ReasonMissing(Invalid):
    code = "reason_missing"
    default_message = _("Please give a reason. The people concerned will read it.")


class NothingChosen(Invalid):
    code = "nothing_chosen"
    default_message = _("Please choose at least one contribution.")


class BadIsbn(Invalid):
    code = "bad_isbn"
    default_message = _(
        "This is not a valid ISBN. It has 10 or 13 digits and is printed on the back or on the imprint."
    )


class SomeMovedOn(WrongState):
    """Raised with the titles that cannot be taken any more."""

    code = "some_moved_on"
    default_message = _("Some of these have already moved on. Nothing was changed; please look again.")


class OtherRevision(Conflict):
    code = "other_revision"
    default_message = _(
        "A newer revision of this contribution has been sent in. Please read it before you decide."
    )


class ChangedMeanwhile(Conflict):
    code = "changed_meanwhile"
    default_message = _(
        "Somebody else of your organisation changed this in the meantime. Please compare before saving."
    )


class CategoryInUse(Conflict):
    code = "category_in_use"
    default_message = _("Resources or other categories stand under this category, so it stays.")
