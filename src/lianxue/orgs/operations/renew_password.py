"""A new first password for somebody who has forgotten theirs."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts import public as accounts
from lianxue.accounts.public import Person
from lianxue.kernel.days import local_date
from lianxue.kernel.operation import operation
from lianxue.orgs.errors import NotTheirAdministrator
from lianxue.orgs.models import Actor
from lianxue.orgs.queries import may_renew_password


@operation("orgs.renew_password", label=_("Give somebody a new first password"))
def renew_password(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    password: str,
    request_key: str | None = None,  # read by the frame
) -> Person:
    """Give ``person`` a first password, to be changed at the next sign-in. Raise ``NotTheirAdministrator``."""
    if not may_renew_password(actor, person, local_date(at)):
        raise NotTheirAdministrator
    return accounts.renew_password(actor=actor, at=at, person=person, password=password)
