"""Choosing the text size; works signed in or not, with a form and no script."""

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lianxue.accounts.public import Person, TextSize, choose_preferences
from lianxue.kernel import clock
from lianxue.kernel.pages import PUBLIC, page
from lianxue.web.interfaces.web.text_size import COOKIE

YEAR = 365 * 24 * 3600


def own_address(request: HttpRequest, address: str) -> str:
    """Return ``address`` if it leads to this site, otherwise the home page."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own else "/"


@page(PUBLIC)
@require_POST
def choose_text_size(request: HttpRequest) -> HttpResponseBase:
    """Remember the text size in this browser and, for somebody signed in, for the next one."""
    response = HttpResponseRedirect(own_address(request, request.POST.get("next", "/")))
    chosen = request.POST.get("text_size", "")
    if chosen not in TextSize.values:
        return response
    size = TextSize(chosen)
    if isinstance(request.user, Person):
        choose_preferences(
            actor=request.actor,  # type: ignore[attr-defined]  # set by the orgs middleware
            at=clock.now(),
            person=request.user,
            text_size=size,
        )
    response.set_cookie(COOKIE, size, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response
