"""The audit trail: who, when, from where, what, before and after, success or refusal. Append-only."""

from lianxue.kernel.audit.record import ACTS, act_label, name_act, record, record_refusal, snapshot

__all__ = ["ACTS", "act_label", "name_act", "record", "record_refusal", "snapshot"]
