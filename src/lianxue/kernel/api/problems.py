"""Refusals as problems (RFC 9457): ``application/problem+json`` with a stable code and words for a person."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import JsonResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from lianxue.kernel.errors import Conflict, NotAllowed, NotFound, Refused, Text, WrongState

PROBLEM = "application/problem+json"
_STATUS: tuple[tuple[type[Refused], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (WrongState, HTTPStatus.CONFLICT),
    (Conflict, HTTPStatus.CONFLICT),
)


class Problem(Schema):
    """Why something cannot be done."""

    type: str = Field("about:blank", description="always about:blank; look at code")
    title: str = Field(description="what the status means")
    status: int
    code: str = Field(description="stable, for programs: not_enough_copies, wrong_state, …")
    detail: str = Field(description="for people, in the language asked for by Accept-Language")
    fields: dict[str, str] = Field(default_factory=dict, description="what is wrong with single values")


def problem(
    status: HTTPStatus, code: str, detail: Text, fields: Mapping[str, Text] | None = None
) -> JsonResponse:
    """Return an answer that says why not."""
    content = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "code": code,
        "detail": str(detail),
        "fields": {name: str(text) for name, text in (fields or {}).items()},
    }
    response = JsonResponse(content, status=int(status), content_type=PROBLEM)
    response["Cache-Control"] = "no-store"
    return response


def of_refusal(refusal: Refused) -> JsonResponse:
    """Return the answer for a refusal; its status says what kind it is."""
    status = next((s for kind, s in _STATUS if isinstance(refusal, kind)), HTTPStatus.UNPROCESSABLE_ENTITY)
    return problem(status, refusal.code, refusal.message, refusal.fields)


def of_shape(fault: ValidationError) -> JsonResponse:
    """Return the answer for a request that does not have the shape that the document says."""
    fields = {".".join(str(step) for step in one["loc"]): str(one["msg"]) for one in fault.errors}
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "The request does not have the shape described.", fields
    )


def of_http(fault: HttpError) -> JsonResponse:
    """Return the answer for what the framework itself refuses: a body that is no JSON."""
    return problem(HTTPStatus(fault.status_code), "invalid", fault.message)
