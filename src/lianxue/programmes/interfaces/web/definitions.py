"""What every programme asks, who decides and what comes of it: told from its definition."""

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel.pages import page
from lianxue.orgs.public import ANY_POST, ActingRequest
from lianxue.programmes.queries.definitions import (
    kept_definition,
    latest_definition,
    latest_definitions,
    versions_of,
)
from lianxue.programmes.queries.description import describe


@page(ANY_POST)
def definitions(request: ActingRequest) -> HttpResponseBase:
    """List the newest version of every programme."""
    sheets = [describe(kept.definition) for kept in latest_definitions()]
    return render(request, "programmes/definitions/list.html", {"sheets": sheets})


@page(ANY_POST)
def definition(request: ActingRequest, code: str) -> HttpResponseBase:
    """Tell one programme from its definition; ``?version=`` shows an older one."""
    version = request.GET.get("version", "")
    kept = kept_definition(code, version) if version else latest_definition(code)
    versions = versions_of(code)
    context = {
        "sheet": describe(kept.definition),
        "digest": kept.digest,
        "file": kept.path.name,
        "versions": [
            {"label": one, "url": f"?version={one}", "current": one == kept.definition.version}
            for one in versions
        ],
    }
    return render(request, "programmes/definitions/definition.html", context)
