"""The own letter code, and the last numbers under it."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.documents.interfaces.web.access import LETTER_KEEPERS
from lianxue.documents.interfaces.web.forms import CodeForm
from lianxue.documents.operations.letters.set_letter_code import set_letter_code
from lianxue.documents.queries.letters import code_of, series_of
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(LETTER_KEEPERS)
def codes(request: ActingRequest) -> HttpResponseBase:
    """Show and set the letter code of the own organisation."""
    code = code_of(request.actor)
    form = CodeForm(
        request.POST if request.method == "POST" else None, initial={"words": code.words if code else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_letter_code(
                actor=request.actor,
                at=clock.now(),
                words=form.cleaned_data["words"],
                used_until=form.cleaned_data["used_until"] or 0,
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The letter code is set."))
            return redirect("documents:letters")
    context = {
        "form": form,
        "code": code,
        "series": series_of(request.actor),
        "request_key": request_key(request),
    }
    return render(request, "documents/letters/codes.html", context, status=422 if form.errors else 200)
