"""``lianxue check_ledger``: compare the stock ledger with its balances."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from lianxue.distribution.public import check_ledger, retention_violations


class Command(BaseCommand):
    """Say whether the stock ledger is sound; leave with status 1 when it is not."""

    help = "Compare the stock ledger with its balances and look for titles without a displayed copy."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Check and tell."""
        found = check_ledger()
        for entry_id in found.entries_out_of_balance:
            self.stdout.write(f"entry {entry_id}: its legs do not sum to zero")
        for (place, title, lot), kept, true in found.wrong_balances:
            self.stdout.write(f"place {place}, title {title}, lot {lot}: balance {kept}, legs say {true}")
        for place, title, lot in found.below_zero:
            self.stdout.write(f"place {place}, title {title}, lot {lot}: below zero")
        self.stdout.write(f"lots without a displayed copy: {retention_violations()}")
        self.stdout.write("the ledger is sound" if found.is_sound else "THE LEDGER IS NOT SOUND")
        if not found.is_sound:
            sys.exit(1)
