"""The sign-in form in the words of this platform."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth publishes no types
    """Account name to the letter (S1-86) and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label = _("Account name")
        name.help_text = _("Upper and lower case count as different.")
        name.widget.attrs.update({"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"})
        password.label = _("Password")
        password.help_text = _("Forgotten? The administrator who appointed you gives you a new one.")
        for field in (name, password):
            field.widget.attrs.pop("placeholder", None)
