"""The audit trail: who, when, from where, what, before and after, success or refusal. Append-only."""

from lianxue.kernel.audit.record import (
    ACTS,
    Change,
    act_label,
    name_act,
    record,
    record_many,
    record_refusal,
    snapshot,
)

__all__ = ["ACTS", "Change", "act_label", "name_act", "record", "record_many", "record_refusal", "snapshot"]
