"""Use cases of accounts."""

from lianxue.accounts.operations.change_contact import change_contact
from lianxue.accounts.operations.choose_preferences import choose_preferences
from lianxue.accounts.operations.create_person import create_person
from lianxue.accounts.operations.passwords import change_password, renew_password
from lianxue.accounts.operations.second_factor import (
    record_recovery_codes_renewed,
    record_second_factor_added,
    record_second_factor_removed,
)
from lianxue.accounts.operations.sign_in import (
    attempt_sign_in,
    forget_attempts,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
)

__all__ = [
    "attempt_sign_in",
    "change_contact",
    "change_password",
    "choose_preferences",
    "create_person",
    "forget_attempts",
    "record_failed_sign_in",
    "record_recovery_codes_renewed",
    "record_second_factor_added",
    "record_second_factor_removed",
    "record_sign_in",
    "record_sign_out",
    "renew_password",
]
