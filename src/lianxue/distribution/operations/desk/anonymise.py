"""Names of borrowers and recipients go after the time that the office has set; the rows go on counting.

The registers keep their rows, days and quantities. So that readers can still be counted, all rows of one name at a point
in a year get one mark, drawn by lot when the first of them loses its name: it tells rows apart and leads to nobody.
"""

from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import OfficeTerms
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import PLATFORM, Actor, Chain

# Organisations at or below an office in the distribution chain.
_POINTS = """
    SELECT node.organisation_id FROM orgs_chainnode AS node
      JOIN orgs_chainnode AS top ON top.chain = node.chain AND node.path LIKE top.path || '%%'
     WHERE top.chain = %(chain)s AND top.organisation_id = %(office)s
"""

_MARK = """
WITH reader AS (
    SELECT point_id, {name} AS name, extract(year FROM {day}) AS year,
           coalesce(min(reader_mark::text)::uuid, gen_random_uuid()) AS mark
      FROM {table} AS row
     WHERE {name} <> '' AND point_id IN ({points})
     GROUP BY 1, 2, 3
    HAVING bool_or({is_due})
)
UPDATE {table} AS row SET reader_mark = reader.mark
  FROM reader
 WHERE row.point_id = reader.point_id AND row.{name} = reader.name AND extract(year FROM row.{day}) = reader.year
   AND row.reader_mark IS NULL
"""

_FORGET = """
UPDATE {table} AS row SET {name} = '', {blank} anonymised_at = %(at)s
 WHERE anonymised_at IS NULL AND {is_due} AND point_id IN ({points})
"""

_LOANS = {
    "table": "distribution_loan",
    "name": "borrower_name",
    "day": "lent_on",
    "blank": "borrower_phone = '',",
    "is_due": "row.state <> 'on_loan' AND coalesce(row.returned_on, row.lost_on, (row.undone_at AT TIME ZONE "
    "'Asia/Shanghai')::date) < %(before)s",
}
_ISSUES = {
    "table": "distribution_issue",
    "name": "recipient_name",
    "day": "issued_on",
    "blank": "",
    "is_due": "row.issued_on < %(before)s",
}
_RESERVATIONS = {
    "table": "distribution_reservation",
    "name": "borrower_name",
    "blank": "borrower_phone = '',",
    "is_due": "(row.ended_at AT TIME ZONE 'Asia/Shanghai')::date < %(before)s",
}


@operation("distribution.anonymise_borrowers", label=_("Make borrowers anonymous"))
def anonymise_borrowers(*, actor: Actor, at: datetime) -> None:
    """Take names and telephone numbers off what ended longer ago than each office keeps them.

    Loans that are out keep theirs; an office that has set no number keeps all. For the nightly task. Raise
    ``NotAllowed`` for everybody but the platform.
    """
    if not PLATFORM.holds(actor, None):
        raise NotAllowed
    for terms in OfficeTerms.objects.filter(keep_names_days__isnull=False).order_by("office_id"):
        before = local_date(at) - timedelta(days=terms.keep_names_days or 0)
        values: dict[str, str | int | date | datetime] = {
            "chain": Chain.DISTRIBUTION.value,
            "office": terms.office_id,
            "before": before,
            "at": at,
        }
        forgotten = {
            "loans": _forget(_LOANS, values),
            "issues": _forget(_ISSUES, values),
            "reservations": _forget(_RESERVATIONS, values),
        }
        if any(forgotten.values()):
            audit.record(
                actor=actor, at=at, verb="distribution.anonymise_borrowers", subject=terms, after=forgotten
            )


def _forget(what: dict[str, str], values: dict[str, str | int | date | datetime]) -> int:
    """Mark the readers where they are counted, then take the names off; return from how many rows."""
    with connection.cursor() as cursor:
        if "day" in what:
            cursor.execute(_MARK.format(points=_POINTS, **what), values)
        cursor.execute(_FORGET.format(points=_POINTS, **what), values)
        return int(cursor.rowcount)
