"""What tests of pages share."""

import re

from django.http.response import HttpResponseBase

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
_NEXT = re.compile(r'name="next" value="[^"]*"')
_KEY = re.compile(r'name="request_key" value="[^"]*"')


def bare(response: HttpResponseBase) -> str:
    """Return the body of a page without what differs each time: tokens, keys, and the page's own address."""
    body = b"".join(response).decode()  # type: ignore[arg-type]  # a streamed one is not asked for here
    for differing in (_CSRF, _NEXT, _KEY):
        body = differing.sub("", body)
    return body
