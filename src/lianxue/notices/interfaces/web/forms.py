"""Forms of notices: shape only; what is right is decided by the operations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.notices.enums import Channel, Failure, RobotKind
from lianxue.notices.operations.kinds import kind_label

ALL = ("", _("All"))


class NoticeFilter(forms.Form):
    """Which notices to show."""

    kind = forms.ChoiceField(label=_("Kind of message"), required=False)
    unread = forms.BooleanField(label=_("Unread only"), required=False)

    def __init__(self, data: Any, kinds: list[str]) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [ALL, *((kind, kind_label(kind)) for kind in kinds)]  # type: ignore[attr-defined]


class UndeliveredFilter(forms.Form):
    """Which failed deliveries to show."""

    channel = forms.ChoiceField(label=_("Way"), required=False, choices=[ALL, *Channel.choices])
    reason = forms.ChoiceField(label=_("What went wrong"), required=False, choices=[ALL, *Failure.choices])


class RobotForm(forms.Form):
    """The robot of a group."""

    kind = forms.ChoiceField(label=_("Kind of robot"), choices=RobotKind.choices, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Address of the robot"),
        max_length=500,
        help_text=_(
            "The web-hook address that the group shows when the robot is added. It is sealed and never shown again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=500,
        required=False,
        help_text=_("DingTalk: choose “sign” (加签) and copy the secret. WeCom has none."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
