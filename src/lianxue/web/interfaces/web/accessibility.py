"""/accessibility/: how these pages are made usable for everybody, and where to turn when they are not."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel.pages import PUBLIC, page


@page(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """Show the accessibility statement."""
    return render(request, "web/accessibility.html")
