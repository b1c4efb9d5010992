"""The second step at sign-in: that it was set up, taken away or renewed is written down."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.acting import Accountable
from lianxue.kernel.operation import operation


@operation("accounts.add_second_factor", label=_("Set up a second step at sign-in"))
def record_second_factor_added(*, actor: Accountable, at: datetime, person: Person, kind: str) -> None:
    """Write down that ``person`` now has a second step of this ``kind`` (totp, recovery_codes)."""
    audit.record(actor=actor, at=at, verb="accounts.add_second_factor", subject=person, after={"kind": kind})


@operation("accounts.remove_second_factor", label=_("Take away the second step at sign-in"))
def record_second_factor_removed(*, actor: Accountable, at: datetime, person: Person, kind: str) -> None:
    """Write down that ``person`` no longer has a second step of this ``kind``."""
    audit.record(
        actor=actor, at=at, verb="accounts.remove_second_factor", subject=person, before={"kind": kind}
    )


@operation("accounts.renew_recovery_codes", label=_("Make new recovery codes"))
def record_recovery_codes_renewed(*, actor: Accountable, at: datetime, person: Person) -> None:
    """Write down that ``person`` has new recovery codes; the old ones are void."""
    audit.record(actor=actor, at=at, verb="accounts.renew_recovery_codes", subject=person)
