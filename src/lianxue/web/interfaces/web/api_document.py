"""The document of the open interface, for programs and for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from lianxue.kernel.api.calling import SCOPE
from lianxue.kernel.pages import PUBLIC, page
from lianxue.web.interfaces.api import api

METHODS = ("get", "put", "post", "patch", "delete")


@dataclass(frozen=True)
class Value:
    """One value that is sent or answered."""

    name: str
    kind: str
    is_required: bool
    text: str


@dataclass(frozen=True)
class Address:
    """One method of one path, as the page shows it."""

    anchor: str
    method: str
    path: str
    summary: str
    text: str
    scope: str
    parameters: list[Value]
    sent: list[Value]
    answered: list[Value]
    status: str


@page(PUBLIC)
def document(_request: HttpRequest) -> HttpResponseBase:
    """Give the OpenAPI document."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


@page(PUBLIC)
def guide(request: HttpRequest) -> HttpResponseBase:
    """Show the document as a page: it is made from the same source, and needs no script."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[Address]] = {}
    for tag, address in _addresses(schema):
        groups.setdefault(in_words(tag), []).append(address)
    problem = _values(schema, schema["components"]["schemas"]["Problem"])
    about = in_words(schema["info"]["description"])
    context = {"about": about, "openapi": schema["openapi"], "groups": groups, "problem": problem}
    return render(request, "web/api_guide.html", context)


def in_words(text: str) -> str:
    """Return a sentence of the document in the reader's language."""
    return gettext(text) if text else ""


def _addresses(schema: dict[str, Any]) -> Iterator[tuple[str, Address]]:
    for path, methods in schema["paths"].items():
        for method in METHODS:
            one = methods.get(method)
            if one is None:
                continue
            status = next(str(code) for code in one["responses"] if int(code) < HTTPStatus.BAD_REQUEST)
            answer = one["responses"].get(int(status)) or one["responses"][status]
            yield (
                one.get("tags", [""])[0],
                Address(
                    anchor=one["operationId"],
                    method=method.upper(),
                    path=path,
                    summary=one["summary"],
                    text=in_words(one.get("description", "")),
                    scope=one.get(SCOPE, ""),
                    parameters=[_parameter(schema, each) for each in one.get("parameters", [])],
                    sent=_values(schema, _content(one.get("requestBody", {}))),
                    answered=_values(schema, _content(answer)),
                    status=status,
                ),
            )


def _content(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _parameter(schema: dict[str, Any], part: dict[str, Any]) -> Value:
    shape = part["schema"]
    text = part.get("description") or shape.get("description", "")
    name = f"{part['name']} ({part['in']})"
    return Value(name, _kind(schema, shape), part.get("required", False), in_words(text))


def _values(schema: dict[str, Any], shape: dict[str, Any]) -> list[Value]:
    resolved = _resolve(schema, shape)
    required = resolved.get("required", [])
    return [
        Value(name, _kind(schema, part), name in required, in_words(part.get("description", "")))
        for name, part in resolved.get("properties", {}).items()
    ]


def _resolve(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        return found
    return shape


def _kind(schema: dict[str, Any], shape: dict[str, Any]) -> str:
    """Return in a few signs what kind of value this is: ``integer or null``, ``list of LotOut: id, entry, …``."""
    if "anyOf" in shape:
        return " | ".join(_kind(schema, part) for part in shape["anyOf"])
    if "allOf" in shape:
        return " ".join(_kind(schema, part) for part in shape["allOf"])
    if "$ref" in shape:
        inner = _resolve(schema, shape)
        if "enum" in inner:
            return " | ".join(str(value) for value in inner["enum"])
        return "{" + ", ".join(inner.get("properties", {})) + "}"
    if shape.get("type") == "array":
        return f"[{_kind(schema, shape.get('items', {}))}]"
    form = shape.get("format")
    return f"{shape.get('type', 'any')} ({form})" if form else str(shape.get("type", "any"))
