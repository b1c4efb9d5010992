"""Who calls the open interface, and the scope that each of its addresses asks for."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

from lianxue.kernel.errors import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")

SCOPE = "x-scope"  # under which the document tells it


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


def needs(
    scope: str,
) -> Callable[[Callable[Concatenate[ApiRequest, P], R]], Callable[Concatenate[ApiRequest, P], R]]:
    """Open an address to tokens with ``scope`` only, and tell it in the document."""

    def guard(view: Callable[Concatenate[ApiRequest, P], R]) -> Callable[Concatenate[ApiRequest, P], R]:
        @functools.wraps(view)
        def guarded(request: ApiRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if scope not in request.auth.scopes:
                raise ScopeMissing
            return view(request, *args, **kwargs)

        contribute_operation_callback(guarded, lambda operation: _tell(operation, scope))
        return guarded

    return guard


def _tell(operation: Operation, scope: str) -> None:
    operation.openapi_extra = {**(operation.openapi_extra or {}), SCOPE: scope}
