"""Taking personal data away as a spreadsheet is written down."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Role
from lianxue.orgs.models import Actor


@operation("orgs.export_people", label=_("Export people as a spreadsheet"))
def record_people_export(*, actor: Actor, at: datetime, count: int, query: str) -> None:
    """Write down that ``actor`` takes away ``count`` posts with the people who hold them. Raise ``NotAllowed``."""
    if not actor.is_administrator:
        raise NotAllowed
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.export_people",
        subject=None,
        after={"rows": count, "query": query[:500]},
    )


@operation("orgs.export_audit_trail", label=_("Export the audit trail as a spreadsheet"))
def record_audit_export(*, actor: Actor, at: datetime, count: int, query: str) -> None:
    """Write down that ``actor`` takes away ``count`` entries of the audit trail. Raise ``NotAllowed``."""
    if actor.role != Role.AUDITOR:
        raise NotAllowed
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.export_audit_trail",
        subject=None,
        after={"rows": count, "query": query[:500]},
    )
