"""The audit trail: who, when, from where, what, before and after, success or refusal. Append-only."""

from lianxue.kernel.audit.record import record, record_refusal, snapshot

__all__ = ["record", "record_refusal", "snapshot"]
