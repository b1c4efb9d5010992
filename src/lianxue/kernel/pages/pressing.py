"""One press that changes something: carried out, told, and back to a page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from lianxue.kernel.errors import NotFound, Refused, Text


def acted(
    request: HttpRequest, act: Callable[[], object], *, done: Text, back: str, then: str = ""
) -> HttpResponseRedirect:
    """Carry out ``act``; say ``done`` and go to ``then``, or say why it was refused and go ``back``."""
    try:
        act()
    except NotFound:
        raise
    except Refused as refusal:
        words = [str(refusal), *(str(text) for text in refusal.fields.values() if str(text) != str(refusal))]
        messages.warning(request, " ".join(words))
        return redirect(back)
    messages.success(request, str(done))
    return redirect(then or back)
