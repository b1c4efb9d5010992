"""One use case, one function: the frame in which every operation runs.

``@operation("distribution.lend")`` makes a keyword-only function run in one transaction. A refusal rolls the
transaction back and is then written to the audit trail. With ``request_key`` the same request sent twice is
carried out once, and the second sender gets the first result.
"""

import functools
import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import models, transaction

from lianxue.kernel.acting import Accountable
from lianxue.kernel.audit import record_refusal
from lianxue.kernel.errors import Refused
from lianxue.kernel.models.done_request import DoneRequest
from lianxue.kernel.registry import Registry

P = ParamSpec("P")
R = TypeVar("R")

OPERATIONS: Registry[Callable[..., Any]] = Registry("operations")


def operation(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Frame a use case; ``verb`` is its name in the audit trail, ``feature.act``."""

    def frame(function: Callable[P, R]) -> Callable[P, R]:
        _refuse_positional(function)
        takes_key = "request_key" in inspect.signature(function).parameters

        @functools.wraps(function)
        def framed(*args: P.args, **kwargs: P.kwargs) -> R:
            given = cast("dict[str, Any]", kwargs)
            actor: Accountable = given["actor"]
            at: datetime = given["at"]
            key: str | None = given.get("request_key") if takes_key else None
            try:
                with transaction.atomic():
                    if not key:
                        return function(*args, **kwargs)
                    seen, result = _first_result(verb, key, actor, at)
                    if seen is None:
                        return cast(R, result)
                    outcome = function(*args, **kwargs)
                    _remember(seen, outcome)
                    return outcome
            except Refused as refusal:
                subject = next((v for v in given.values() if _is_row(v)), None)
                record_refusal(actor=actor, at=at, verb=verb, subject=subject, refusal=refusal)
                raise

        OPERATIONS.register(verb, framed)
        return framed

    return frame


def _refuse_positional(function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters
    loose = [p.name for p in parameters.values() if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    missing = {"actor", "at"} - set(parameters)
    if loose or missing:
        raise TypeError(f"{function.__qualname__}: operations are keyword-only and take actor and at")


def _is_row(value: object) -> bool:
    return isinstance(value, models.Model)


def _first_result(
    verb: str, key: str, actor: Accountable, at: datetime
) -> tuple[DoneRequest | None, models.Model | None]:
    """Claim the key. Return (claim, None) when it is ours, (None, first result) when it was used before.

    The unique index makes a second sender wait here until the first one has committed or failed.
    """
    claim, is_new = DoneRequest.objects.get_or_create(
        key=key[:64], verb=verb, person_id=actor.person_id, defaults={"at": at}
    )
    if is_new:
        return claim, None
    if not claim.result_type:
        return None, None
    model = apps.get_model(claim.result_type)
    return None, model._default_manager.filter(pk=claim.result_id).first()


def _remember(claim: DoneRequest, outcome: object) -> None:
    if isinstance(outcome, models.Model):
        claim.result_type = outcome._meta.label_lower
        claim.result_id = str(outcome.pk)
        claim.save(update_fields=["result_type", "result_id"])
    elif outcome is not None:
        raise TypeError("an operation that takes request_key returns a row or nothing")
