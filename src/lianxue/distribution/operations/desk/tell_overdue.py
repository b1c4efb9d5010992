"""Telling the desk about overdue loans, once in each notice period that the point has set."""

from collections import defaultdict
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.events import LoansOverdue
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import PLATFORM, Actor

# A loan is told of when it has been overdue, or has been so since it was last told of, for the point's notice period.
_NOTICE = """
UPDATE distribution_loan AS loan SET noticed_on = %(today)s
  FROM distribution_lendingterms AS terms
 WHERE terms.point_id = loan.point_id AND loan.state = 'on_loan' AND loan.due_on < %(today)s
   AND greatest(loan.due_on, loan.noticed_on) + terms.notice_days <= %(today)s
RETURNING loan.point_id, loan.id
"""


@operation("distribution.tell_overdue_loans", label=_("Tell of overdue loans"))
def tell_overdue_loans(*, actor: Actor, at: datetime) -> None:
    """Tell each point of its overdue loans whose notice period is over, in one event; a point without one hears nothing.

    For the nightly task. Raise ``NotAllowed`` for everybody but the platform.
    """
    if not PLATFORM.holds(actor, None):
        raise NotAllowed
    with connection.cursor() as cursor:
        cursor.execute(_NOTICE, {"today": local_date(at)})
        late: dict[int, list[int]] = defaultdict(list)
        for point_id, loan_id in cursor.fetchall():
            late[point_id].append(loan_id)
    for point_id, loan_ids in sorted(late.items()):
        publish(LoansOverdue(point_id, tuple(sorted(loan_ids))))
