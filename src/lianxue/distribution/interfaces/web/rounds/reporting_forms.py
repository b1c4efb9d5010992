"""Forms around demand: who has not reported, learners of a point, and what could not be filled."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER, day_field
from lianxue.distribution.interfaces.web.rounds.forms import ALL, WordFilter
from lianxue.distribution.models import Round
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.demand.state_learners import MOST_PEOPLE
from lianxue.distribution.operations.rounds.round_particulars import FIRST_YEAR, LAST_YEAR
from lianxue.orgs.public import Organisation

MOST_TOGETHER = 9_999_999


class MissingFilter(WordFilter):
    """What to look for among those that have not reported."""

    standing = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ALL,
            ("not_begun", _("Not begun")),
            ("draft", _("Being filled in")),
            ("returned", _("Sent back")),
        ],
    )
    who = forms.CharField(required=False, widget=forms.HiddenInput)


class LateForm(forms.Form):
    """Until when the ticked ones may be late, and why."""

    until = day_field(
        _("May report until"), required=True, help_text=_("A day after the last day of the round.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("They read it."),
    )


class LearnersForm(forms.Form):
    """How many learners and teachers a point has in a year."""

    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.NumberInput(attrs=NUMBER)
    )
    learners = forms.IntegerField(
        label=_("Learners"), min_value=0, max_value=MOST_PEOPLE, widget=forms.NumberInput(attrs=NUMBER)
    )
    teachers = forms.IntegerField(
        label=_("Teachers"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
    )


class LearnersFilter(WordFilter):
    """Which year, and which points."""

    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    stated = forms.ChoiceField(
        label=_("Stated"), required=False, choices=[ALL, ("yes", _("stated")), ("no", _("not stated"))]
    )


class CutForm(forms.Form):
    """How many copies of a title are to be passed on together, and why."""

    total = forms.IntegerField(
        label=_("Together at most"),
        min_value=0,
        max_value=MOST_TOGETHER,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    reason = forms.CharField(
        label=_("Why fewer are passed on"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The points read it."),
    )


class UnmetFilter(forms.Form):
    """What to look for among lines that fell short."""

    q = forms.CharField(label=_("Title or point"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ALL,
            ("open", _("open")),
            ("carried", _("carried over")),
            ("closed", _("closed")),
        ],
    )
    title = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class CollegeUnmetFilter(UnmetFilter):
    """The same for the office, which can also look at one college."""

    college = forms.ChoiceField(label=_("College"), required=False)

    def __init__(self, *args: Any, colleges: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [ALL, *((str(row.pk), row.name) for row in colleges)]
        self.fields["college"] = forms.ChoiceField(label=_("College"), required=False, choices=choices)


class UnmetForm(forms.Form):
    """What is to become of lines that fell short: into which round, or why they are closed."""

    everything = forms.BooleanField(label=_("All that the list shows, on all its pages"), required=False)
    to_round = forms.ChoiceField(label=_("Carry into"), required=False)
    reason = forms.CharField(
        label=_("Reason for closing"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed only for closing. The points read it."),
    )

    def __init__(self, *args: Any, rounds: Iterable[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(row.pk), row.name) for row in rounds]
        first = [] if len(choices) == 1 else [("", _("Please choose"))]
        self.fields["to_round"] = forms.ChoiceField(
            label=_("Carry into"), required=False, choices=[*first, *choices]
        )
        self.can_carry = bool(choices)
