"""Tables of the kernel."""

from lianxue.kernel.models.audit_entry import AuditEntry, Outcome
from lianxue.kernel.models.done_request import DoneRequest
from lianxue.kernel.models.stored_file import StoredFile

__all__ = ["AuditEntry", "DoneRequest", "Outcome", "StoredFile"]
