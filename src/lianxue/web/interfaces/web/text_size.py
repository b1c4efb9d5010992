"""Which text size a reader chose: a cookie of this browser, otherwise what the person chose before."""

from django.http import HttpRequest

from lianxue.accounts.public import TextSize

COOKIE = "text_size"


def text_size_of(request: HttpRequest) -> TextSize:
    """Return the chosen text size; an unknown one counts as normal."""
    person = getattr(request, "user", None)
    chosen = request.COOKIES.get(COOKIE) or getattr(person, "text_size", "")
    return TextSize(chosen) if chosen in TextSize.values else TextSize.NORMAL
