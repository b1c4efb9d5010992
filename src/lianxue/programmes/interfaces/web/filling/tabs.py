"""The sister pages of a filing that is being written."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.programmes.models import Filing


def filing_tabs(filing: Filing, here: str) -> list[dict[str, object]]:
    """Return the tabs of a filing, the present one marked."""
    pages = [
        ("fill", _("Fill in")),
        ("preview", _("Printed form")),
        ("import", _("From a file")),
        ("check", _("Check and hand in")),
    ]
    return [
        {"label": label, "url": reverse(f"programmes:{name}", args=[filing.pk]), "current": name == here}
        for name, label in pages
    ]
