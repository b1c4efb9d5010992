"""Files of a filing, for its readers."""

from django.http.response import HttpResponseBase

from lianxue.kernel.errors import NotFound
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.models import Filing
from lianxue.programmes.queries.filings import filing_seen


@page(READERS)
def filing_file(request: ActingRequest, pk: int, file_id: int) -> HttpResponseBase:
    """Give a file that belongs to a filing; before it was handed in, to the unit alone."""
    filing = filing_seen(request.actor, pk)
    row = filing.files.select_related("file").filter(pk=file_id).first()
    is_own = filing.unit_id == request.actor.organisation_id
    if row is None or not (is_own or _was_handed_in(filing, file_id)):
        raise NotFound
    return file_response(row.file)


def _was_handed_in(filing: Filing, file_id: int) -> bool:
    return filing.revisions.filter(files__contains=[{"id": file_id}]).exists()
