"""Every URL has a rule: ``@page(access)`` guards a view, and a walk over all URLs refuses unguarded ones."""

import functools
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from lianxue.kernel.errors import Conflict, NotAllowed, NotFound, Refused, WrongState

P = ParamSpec("P")
RequestT = TypeVar("RequestT", bound=HttpRequest)


@dataclass(frozen=True)
class Access:
    """Who may open a page at all; what they see on it is decided by the rows they may see."""

    name: str
    allows: Callable[[Any], bool]
    needs_sign_in: bool = True

    def __or__(self, other: "Access") -> "Access":
        return Access(
            f"{self.name} or {other.name}",
            lambda request: self.allows(request) or other.allows(request),
            self.needs_sign_in and other.needs_sign_in,
        )


PUBLIC = Access("public", lambda _request: True, needs_sign_in=False)
SIGNED_IN = Access("signed in", lambda request: bool(request.user.is_authenticated))

_STATUS: tuple[tuple[type[Refused], int], ...] = ((NotAllowed, 403), (WrongState, 409), (Conflict, 409))


def page(
    access: Access,
) -> Callable[
    [Callable[Concatenate[RequestT, P], HttpResponseBase]],
    Callable[Concatenate[RequestT, P], HttpResponseBase],
]:
    """Guard a view by ``access``.

    A stranger is sent to sign in; somebody signed in without access gets the same 404 as for a page that does not
    exist. A refusal that the view does not show itself becomes a page that says it in words.
    """

    def guard(
        view: Callable[Concatenate[RequestT, P], HttpResponseBase],
    ) -> Callable[Concatenate[RequestT, P], HttpResponseBase]:
        @functools.wraps(view)
        def guarded(request: RequestT, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not access.allows(request):
                if access.needs_sign_in and not request.user.is_authenticated:
                    return _to_sign_in(request)
                raise Http404
            try:
                response = view(request, *args, **kwargs)
            except NotFound as missing:
                raise Http404 from missing
            except Refused as refusal:
                response = refusal_page(request, refusal)
            if not response.has_header("Cache-Control"):  # a stored file says itself how long it may be kept
                add_never_cache_headers(response)  # public pages too: every page shows who is signed in
            return response

        guarded.page_access = access  # type: ignore[attr-defined]  # read back by access_of, for the URL walk
        return guarded

    return guard


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        # A part of a page asked, but the sign-in page must not end up inside that part.
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        whole_page = urlunsplit(("", "", here.path or "/", here.query, ""))
        return HttpResponse(headers={"HX-Redirect": redirect_to_login(whole_page).url})
    return redirect_to_login(request.get_full_path())


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return the access with which a view was guarded, or None."""
    found = getattr(view, "page_access", None)
    return found if isinstance(found, Access) else None


def refusal_page(request: HttpRequest, refusal: Refused) -> HttpResponseBase:
    """Show a refusal as a page of its own, with the way back."""
    status = next((code for kind, code in _STATUS if isinstance(refusal, kind)), 422)
    return render(request, "web/refused.html", {"refusal": refusal}, status=status)


def remote_address(request: HttpRequest) -> str | None:
    """Return the address that the request came from, as our own server or its trusted proxy saw it.

    None when there is none (a local socket) or when what a proxy wrote is no address.
    """
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0]))
    except ValueError:
        return None
