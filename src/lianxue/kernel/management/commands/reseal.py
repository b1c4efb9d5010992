"""``lianxue reseal``: seal all personal data anew with the first of the sealing keys."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from lianxue.kernel.sealing import SealedTextField, reseal


class Command(BaseCommand):
    """Move every sealed value to the first key; afterwards the older keys open nothing that is still there."""

    help = "Seal all personal data anew with the first of the sealing keys. The site may go on running."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Go through every table that holds sealed values and tell how many rows changed."""
        for model in apps.get_models():
            if any(isinstance(field, SealedTextField) for field in model._meta.get_fields()):
                self.stdout.write(f"{model._meta.label}: {reseal(model)} rows sealed anew")
