"""One use case, one function: the frame in which every operation runs.

``@operation("distribution.lend", label=_("Lend a copy"))`` makes a keyword-only function run in one transaction. A
refusal rolls the transaction back and is then written to the audit trail. With ``request_key`` the same request sent
twice is carried out once, and the second sender gets the first result.

Operations may call operations. The inner one is then a savepoint of the outer: when its refusal goes on, the outer
rolls everything back and writes one refusal, its own; when the outer carries on without it, the inner refusal stays
in the trail. Two people who clash in the database (a unique value, a deadlock) get a ``Conflict``, never an error page.
"""

import functools
import inspect
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast

from django.db import DatabaseError, models, transaction

from lianxue.kernel.acting import Accountable
from lianxue.kernel.audit import name_act, record_refusal
from lianxue.kernel.errors import Conflict, Refused, Text
from lianxue.kernel.registry import Registry
from lianxue.kernel.request_once import RequestOnce

P = ParamSpec("P")
R = TypeVar("R")

OPERATIONS: Registry[Callable[..., Any]] = Registry("operations")

# PostgreSQL's codes for "somebody else was there first": unique, exclusion, serialization, deadlock, lock not available.
_CLASHES = frozenset({"23505", "23P01", "40001", "40P01", "55P03"})

log = logging.getLogger(__name__)


def operation(verb: str, *, label: Text = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Frame a use case; ``verb`` is its name in the audit trail, ``feature.act``, and ``label`` what people read there."""

    def frame(function: Callable[P, R]) -> Callable[P, R]:
        _refuse_positional(function)
        parameters = tuple(inspect.signature(function).parameters)

        @functools.wraps(function)
        def framed(*args: P.args, **kwargs: P.kwargs) -> R:
            given = cast("dict[str, Any]", kwargs)
            actor: Accountable = given["actor"]
            at: datetime = given["at"]
            key: str | None = given.get("request_key") if "request_key" in parameters else None
            try:
                with transaction.atomic():
                    if not key:
                        return function(*args, **kwargs)
                    once = RequestOnce(verb, key, actor=actor, at=at, given=given)
                    if once.is_repeated:
                        return cast("R", once.first_result())
                    outcome = function(*args, **kwargs)
                    once.remember(outcome)
                    return outcome
            except (Refused, DatabaseError) as fault:
                refusal = fault if isinstance(fault, Refused) else _clash(fault)
                if refusal is None:
                    raise
                record_refusal(
                    actor=actor, at=at, verb=verb, subject=_subject(parameters, given), refusal=refusal
                )
                if refusal is fault:
                    raise
                log.warning("two at once: %s (%s)", verb, type(fault.__cause__).__name__)
                raise refusal from fault

        OPERATIONS.register(verb, framed)
        if label:
            name_act(verb, label)
        return framed

    return frame


def _refuse_positional(function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters
    loose = [p.name for p in parameters.values() if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    missing = {"actor", "at"} - set(parameters)
    if loose or missing:
        raise TypeError(f"{function.__qualname__}: operations are keyword-only and take actor and at")


def _subject(parameters: tuple[str, ...], given: dict[str, Any]) -> models.Model | None:
    """Return the first row that the operation takes, in the order of its signature: what the refusal was about."""
    rows = (given.get(name) for name in parameters)
    return next((row for row in rows if isinstance(row, models.Model)), None)


def _clash(fault: DatabaseError) -> Conflict | None:
    return Conflict() if getattr(fault.__cause__, "sqlstate", None) in _CLASHES else None
