"""What a program may do with distribution."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.api.scopes import register_scope

READS_ROUNDS, READS_DEMAND, WRITES_DEMAND = "rounds:read", "demand:read", "demand:write"
READS_SHIPMENTS, WRITES_SHIPMENTS = "shipments:read", "shipments:write"
READS_STOCK, READS_REGISTERS, WRITES_LOANS = "stock:read", "registers:read", "loans:write"


def register_scopes() -> None:
    """Add the scopes of this feature."""
    register_scope(READS_ROUNDS, _("Read rounds and their titles"))
    register_scope(READS_DEMAND, _("Read the own demand and its aggregation"))
    register_scope(WRITES_DEMAND, _("Write down and submit the own demand"))
    register_scope(READS_SHIPMENTS, _("Read shipments"))
    register_scope(WRITES_SHIPMENTS, _("Dispatch and receive shipments"))
    register_scope(READS_STOCK, _("Read how many copies are where"))
    register_scope(READS_REGISTERS, _("Read the registers of loans and issues"))
    register_scope(WRITES_LOANS, _("Lend, take back and issue copies"))
