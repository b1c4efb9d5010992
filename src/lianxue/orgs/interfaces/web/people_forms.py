"""Forms about people and posts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.public import Language, TextSize
from lianxue.kernel import clock
from lianxue.orgs.enums import Role, role_label
from lianxue.orgs.interfaces.web.organisation_forms import ALL
from lianxue.orgs.models import Actor
from lianxue.orgs.queries import posts_to_fill


def day_input() -> forms.DateInput:
    """Return the box for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeopleFilter(forms.Form):
    """Above the list of people."""

    q = forms.CharField(
        label=_("Name, account or whole telephone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[ALL, *Role.choices])
    organisation = forms.CharField(label=_("Organisation"), required=False)
    state = forms.ChoiceField(
        label=_("Post"),
        required=False,
        choices=[("", _("held now")), ("coming", _("not begun yet")), ("over", _("over")), ("all", _("all"))],
    )


class AccountForm(forms.Form):
    """Somebody who has an account."""

    account = forms.CharField(
        label=_("Account name"),
        max_length=60,
        help_text=_("To the letter: upper and lower case count as different."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}),
    )


class PostForm(forms.Form):
    """Which post, from when, until when."""

    post = forms.ChoiceField(label=_("Post"))
    starts_on = forms.DateField(label=_("From"), widget=day_input())
    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=day_input(), help_text=_("Empty: until it is ended.")
    )

    def __init__(self, *args: Any, actor: Actor, organisation: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_fill = {f"{place.pk}:{role}": (place, role) for place, role in posts_to_fill(actor)}
        tier = actor.tier or 0
        post = self.fields["post"]
        post.choices = [  # type: ignore[attr-defined]
            (key, f"{place.name} · {role_label(role, tier + (place.pk != actor.organisation_id))}")
            for key, (place, role) in self.to_fill.items()
        ]
        self.fields["starts_on"].initial = clock.today()
        post.initial = next(
            (key for key, (place, _role) in self.to_fill.items() if place.pk == organisation), None
        )

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the post as the operations take it."""
        organisation, role = self.to_fill[self.cleaned_data["post"]]
        return {
            "organisation": organisation,
            "role": role,
            "starts_on": self.cleaned_data["starts_on"],
            "ends_on": self.cleaned_data["ends_on"],
        }


class NewPersonForm(PostForm):
    """Somebody new, with the post they get."""

    full_name = forms.CharField(label=_("Full name"), max_length=60)
    username = forms.CharField(
        label=_("Account name"),
        max_length=60,
        help_text=_("Letters, digits and . _ - @ +; upper and lower case count as different."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=30, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    field_order = ("full_name", "username", "phone", "email", "post", "starts_on", "ends_on")


class EndPostForm(forms.Form):
    """When a post ends and why."""

    when = forms.ChoiceField(
        label=_("When"),
        widget=forms.RadioSelect,
        choices=[("now", _("at once")), ("day", _("at the end of a day"))],
        initial="now",
    )
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=day_input())
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("It is written into the audit trail.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day where one is meant."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "day" and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", ValidationError(_("Please give the last day.")))
        if cleaned.get("when") == "now":
            cleaned["ends_on"] = None
        return cleaned


class RevealForm(forms.Form):
    """Which personal data to see in full, and why."""

    field = forms.ChoiceField(choices=[("phone", ""), ("citizen_id", "")], widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("Why do you need to see it?"),
        max_length=200,
        help_text=_("It is written into the audit trail."),
    )

    def __init__(self, *args: Any, needs_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            self.fields["reason"].required = False
            self.fields["reason"].widget = forms.HiddenInput()


class ContactForm(forms.Form):
    """How one can be reached."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(
        label=_("New telephone number"),
        required=False,
        max_length=30,
        help_text=_("Leave empty to keep the present one."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    without_phone = forms.BooleanField(label=_("Remove my telephone number"), required=False)


class PreferencesForm(forms.Form):
    """How the pages look, on any computer."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=forms.RadioSelect)
    text_size = forms.ChoiceField(label=_("Text size"), choices=TextSize.choices, widget=forms.RadioSelect)
