"""What came with a form, and where to go after it."""

import re

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme

_ID = re.compile(r"[0-9]{1,18}")  # as many digits as fit into a bigint


def sent(request: HttpRequest) -> "tuple[QueryDict | None, MultiValueDict[str, UploadedFile[bytes]] | None]":
    """Return the data and the files of a form that was sent; None and None when the page is only being opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def id_in(text: str) -> int:
    """Return the id that ``text`` is, or 0 when it is none."""
    return int(text) if _ID.fullmatch(text) else 0


def own_address(request: HttpRequest, fallback: str = "/") -> str:
    """Return the address that the form names as ``next`` if it is on this site, otherwise ``fallback``."""
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and own else fallback
