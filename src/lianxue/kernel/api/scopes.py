"""What a program may do with a token: each feature registers its scopes, each address of the interface asks for one."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import NotAllowed, Text
from lianxue.kernel.registry import Registry

P = ParamSpec("P")
R = TypeVar("R")

SCOPES: Registry[Text] = Registry("scopes of tokens")


class Caller(Protocol):
    """The program that calls, as its token says."""

    @property
    def token_id(self) -> int: ...

    @property
    def scopes(self) -> frozenset[str]: ...

    def claim(self, key: str, fingerprint: str) -> None:
        """Take ``key`` for this one request. Raise ``KeyUsedOtherwise`` when it was taken for another."""


class ApiRequest(HttpRequest):
    """A request of a program: ``auth`` is who calls, ``actor`` is the post under which it acts."""

    auth: Caller
    actor: Any


class ScopeMissing(NotAllowed):
    code = "scope_missing"
    default_message = _("The token was not made for this.")


def register_scope(name: str, label: Text) -> None:
    """Add a scope, ``noun:read`` or ``noun:write``, with what people read where they make a token."""
    SCOPES.register(name, label)


def needs(
    scope: str,
) -> Callable[[Callable[Concatenate[ApiRequest, P], R]], Callable[Concatenate[ApiRequest, P], R]]:
    """Open an address to tokens with ``scope`` only."""

    def guard(view: Callable[Concatenate[ApiRequest, P], R]) -> Callable[Concatenate[ApiRequest, P], R]:
        @functools.wraps(view)
        def guarded(request: ApiRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if scope not in request.auth.scopes:
                raise ScopeMissing
            return view(request, *args, **kwargs)

        guarded.needed_scope = scope  # type: ignore[attr-defined]  # read back for the document and the walk
        return guarded

    return guard


def scope_of(view: Callable[..., Any]) -> str | None:
    """Return the scope that an address asks for."""
    found = getattr(view, "needed_scope", None)
    return found if isinstance(found, str) else None
