"""The tabs over the registers and what readers said: all that a point writes down about use (S0-44, S0-45, S0-47)."""

from django.urls import reverse
from django.utils.translation import gettext as _


def register_tabs(current: str) -> list[dict[str, object]]:
    """Return the tabs; ``current`` is ``loans``, ``issues`` or ``feedback``."""
    pages = (
        ("loans", _("Register of loans"), "register-loans"),
        ("issues", _("Register of issues"), "register-issues"),
        ("feedback", _("Feedback"), "feedback"),
    )
    return [
        {"label": label, "url": reverse(f"distribution:{name}"), "current": key == current}
        for key, label, name in pages
    ]
