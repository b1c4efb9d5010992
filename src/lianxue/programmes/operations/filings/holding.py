"""Holding a call or a filing while something is handed in or decided."""

from django.db import connection
from django.db.models import QuerySet

from lianxue.kernel.kept import kept
from lianxue.programmes.models import Filing, FilingRevision

_HOLD = "SELECT state FROM programmes_call WHERE id = %s FOR SHARE"


def hold_call(call_id: int) -> None:
    """Keep a call as it is until the transaction ends: many units hold it at once, whoever closes it waits for them."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [call_id])


def locked_filing(pk: int) -> Filing:
    """Lock a filing; return it with its call and its unit. Raise ``Filing.DoesNotExist`` when it was taken away."""
    return _locked.get(pk=pk)


@kept
def _locked(pk: int) -> QuerySet[Filing]:
    rows = Filing.objects.select_for_update(of=("self",)).select_related("call__revision", "unit")
    return rows.defer("call__revision__source").filter(pk=pk)  # its text is read once in each process


def revision_before(filing: Filing) -> FilingRevision:
    """Return the revision of a filing that lies before the desk."""
    found = _revision.get(filing_id=filing.pk, number=filing.revision_number)
    found.filing = filing
    return found


@kept
def _revision(filing_id: int, number: int) -> QuerySet[FilingRevision]:
    return FilingRevision.objects.filter(filing_id=filing_id, number=number)
