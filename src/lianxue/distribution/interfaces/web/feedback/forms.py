"""Forms of what readers say. What is right is decided by the operations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, FeedbackState
from lianxue.distribution.operations.feedback.leave_feedback import WORDS_LENGTH

STARS = [
    (5, _("★★★★★ Very good")),
    (4, _("★★★★☆ Good")),
    (3, _("★★★☆☆ Fair")),
    (2, _("★★☆☆☆ Not so good")),
    (1, _("★☆☆☆☆ Poor")),
]


class StarsForm(forms.Form):
    """Stars and a few words, as the desk writes them down."""

    stars = forms.TypedChoiceField(
        label=_("How good is it?"), choices=STARS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a few words"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FeedbackForm(StarsForm):
    """What anybody may say at the public page."""

    audience = forms.ChoiceField(
        label=_("You are a"), choices=Audience.choices, initial=Audience.LEARNER, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _("What was good, what was missing? Please name nobody.")


class FeedbackFilter(forms.Form):
    """What to look for among what readers said."""

    q = forms.CharField(label=_("Title or words"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *FeedbackState.choices]
    )
    stars = forms.ChoiceField(
        label=_("Stars"), required=False, choices=[("", _("All")), *((str(n), label) for n, label in STARS)]
    )
