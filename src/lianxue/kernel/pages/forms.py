"""Forms that can be sent twice and change things once, and refusals shown where they can be mended."""

import secrets
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest

from lianxue.kernel.errors import Refused


def request_key(request: HttpRequest) -> str:
    """Return the key that came with a sent form, or a new one for a form about to be shown.

    The operation carries out each key once (see ``kernel.operation``), so a double click or a re-sent page is safe.
    """
    sent = request.POST.get("request_key", "").strip() if request.method == "POST" else ""
    return sent[:64] or secrets.token_urlsafe(16)


def add_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Show ``refusal`` on ``form``: beside the fields it names, otherwise above the form."""
    named = {name: text for name, text in refusal.fields.items() if name in form.fields}
    for name, text in named.items():
        form.add_error(name, str(text))
    if not named:
        form.add_error(None, str(refusal.message))


def scanned_code(text: str) -> str:
    """Return the code in what was scanned or typed: the last part of an address, or the text itself."""
    bare = text.strip()
    if "://" not in bare:
        return bare
    try:
        parts = [part for part in urlsplit(bare).path.split("/") if part]
    except ValueError:
        return bare
    return parts[-1] if parts else ""
