"""The open interface, put together: routers of the features, one way in, one shape of refusals, one document."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from lianxue import __version__
from lianxue.kernel.api import problems
from lianxue.kernel.errors import NotFound, Refused

ABOUT = (
    "Rounds, demand, shipments, stock, loans and issues for the programs of those who hold a post. A token is made on the "
    "profile page of its owner and acts under that post: every rule of the pages holds here too. What is foreign looks "
    "like what does not exist (404). Lists come page by page: send next_cursor as cursor. Writes take an Idempotency-Key: "
    "the same request under the same key changes once."
)
REFUSALS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
)


class OpenInterface(NinjaAPI):
    """The interface with its document: refusals are told for every address, so that no route repeats them."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the OpenAPI document."""
        document = super().get_openapi_schema(**kwargs)
        components = document["components"]
        components["schemas"]["Problem"] = problems.Problem.json_schema()
        content = {problems.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for path in document["paths"].values():
            for one in path.values():
                for status in REFUSALS:
                    one["responses"][int(status)] = {"description": status.phrase, "content": content}
        return document


api = OpenInterface(
    title="Lianxue",
    version=__version__,
    description=ABOUT,
    urls_namespace="api",
    auth=import_string("lianxue.orgs.interfaces.api.bearer.TokenBearer")(),
    docs_url=None,
    openapi_url=None,
)
api.add_router("", "lianxue.orgs.interfaces.api.me.router")
api.add_router("", "lianxue.distribution.interfaces.api.router")


@api.exception_handler(Refused)
def _refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
    return problems.of_refusal(refusal)


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _fault: Http404) -> HttpResponse:
    return problems.of_refusal(NotFound())


@api.exception_handler(ValidationError)
def _misshapen(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    return problems.of_shape(fault)


@api.exception_handler(AuthenticationError)
def _unknown(_request: HttpRequest, _fault: AuthenticationError) -> HttpResponse:
    words = _("A valid token is needed: it is unknown, over, revoked, or its post has ended.")
    response = problems.problem(HTTPStatus.UNAUTHORIZED, "no_valid_token", words)
    response["WWW-Authenticate"] = 'Bearer realm="Lianxue"'
    return response


@api.exception_handler(Throttled)
def _too_often(_request: HttpRequest, fault: Throttled) -> HttpResponse:
    response = problems.problem(HTTPStatus.TOO_MANY_REQUESTS, "too_often", _("Please call less often."))
    response["Retry-After"] = str(fault.wait or 60)
    return response


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    return problems.of_http(fault)
